import { describe, expect, test } from 'vitest'
import { DOCUMENTS, type DocumentKey, listedRules } from '../../simulator/index.ts'
import { citationsOf, textFiles } from '../citations.ts'
import { jftsim } from '../here.fixture.ts'
import { jftsim as started } from '../jftsim.fixture.ts'
import { packsOf, requirementFiles, verifyPacks } from '../pack-files.ts'

const KEYS = Object.keys(DOCUMENTS) as DocumentKey[]
const FILES = {
  requirements: requirementFiles(),
  packs: packsOf([]),
  verifyPacks: verifyPacks(),
  texts: [{ file: 'page.md', lines: ['', 'As RFC 6585 has it.'] }],
}
const CITED = new Map(KEYS.map((key) => [key, citationsOf(key, FILES)]))

describe('what cites a document', () => {
  test('each source of each rule is listed once, with its service', () => {
    const sources = listedRules().flatMap(({ id, sources }) =>
      Object.entries(sources).flatMap(([service, { document }]) => (document ? [`${document} ${id} ${service}`] : [])),
    )
    const listed = [...CITED].flatMap(([key, { rules }]) =>
      rules.flatMap(({ rule, services }) => services.map((service) => `${key} ${rule} ${service}`)),
    )
    expect(listed.sort()).toEqual(sources.sort())
  })

  test('each requirement is listed once', () => {
    const all = FILES.requirements.flatMap(({ requirements }) => requirements.map(({ id }) => id))
    expect([...CITED.values()].flatMap(({ requirements }) => requirements).sort()).toEqual(all.sort())
  })

  test('a setting, a scenario that proves a requirement, a judgment, and a line of prose', () => {
    expect(CITED.get('jft-write')?.settings).toContain('sizeLimitBytes')
    expect(CITED.get('jft-write')?.packs).toContain('jft-write/write-size')
    expect(CITED.get('rfc-9112')?.packs).toEqual(['verify ehr/survives-cut', 'verify pit-vendor/survives-cut'])
    expect(CITED.get('rfc-6585')?.texts).toEqual(['page.md:2'])
  })

  test('prose is looked for in the documentation, the packs and the comments, not in tests or in the table', () => {
    const files = textFiles().map(({ file }) => file)
    for (const file of ['README.md', 'scenarios/verify/ehr.yaml', 'simulator/rules/verdicts.ts'])
      expect(files).toContain(file)
    expect(files.filter((file) => /\.test\.ts$|ground\/documents\.ts$/.test(file))).toEqual([])
  })
})

describe('jftsim documents', () => {
  test('lists them, each with its address and how often it is cited', async () => {
    const { code, stdout } = await started('documents')
    const { title, date, address } = DOCUMENTS['pit-overview']
    expect(code).toBe(0)
    expect(stdout).toContain(`pit-overview\n  ${title} (${date}), Norsk helsenett\n  ${address}\n  rules: `)
    expect(stdout).toContain(
      'vkp-memo\n  Beslutningsnotat rundt modernisering av VKP, Norsk helsenett\n  no public address is known\n',
    )
  })

  test('of one, lists what cites it, as JSON with --json', async () => {
    const { stdout } = await jftsim('documents', 'jft-write')
    expect(stdout).toContain('  organization-number-invalid (jft, pit)\n')
    const { citedBy, ...document } = JSON.parse((await jftsim('documents', 'jft-write', '--json')).stdout)
    expect(document).toEqual({ key: 'jft-write', ...DOCUMENTS['jft-write'] })
    const { texts, ...others } = CITED.get('jft-write') ?? { texts: [] }
    expect(texts).toEqual([])
    expect(citedBy).toMatchObject(others)
  })

  test('an unknown key is told which was meant', async () => {
    expect(await jftsim('documents', 'jft-wirte')).toMatchObject({
      code: 2,
      stderr: 'jftsim: There is no document jft-wirte. Did you mean jft-write?\n',
    })
    for (const key of ['zzzzzzzz', 'constructor'])
      expect((await jftsim('documents', key)).stderr).toBe(
        `jftsim: There is no document ${key}. jftsim documents lists them.\n`,
      )
  })
})
