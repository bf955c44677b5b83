import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runPacks } from '../../scenarios/runner/run.ts'
import { type Jft, startJft } from '../../simulator/adapters/testing/start-jft.ts'
import { packsOf } from '../pack-files.ts'
import { described } from '../run-target.ts'

let folder: string
let jft: Jft

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-target-'))
  jft = await startJft()
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await jft.close()
})

function targetFile(text: string): string {
  const file = join(folder, 'target.yaml')
  writeFileSync(file, text)
  return file
}

const WHOLE = (urls: Readonly<Record<string, string>>) => `name: Our environment
municipality: "313231593"
urls:
  helseid: ${urls.helseid}
  jft-write: ${urls['jft-write']}/
  jft-read: ${urls['jft-read']}
clients: { response-centre: ./vendor.json, ehr: ./ehr.json }
`

test('a file of base URLs and clients is an environment that packs run against', async () => {
  writeFileSync(join(folder, 'vendor.json'), JSON.stringify(await jft.client('Bruno-Local')))
  writeFileSync(join(folder, 'ehr.json'), JSON.stringify(await jft.client('EHR-Local')))
  const { target } = described(targetFile(WHOLE(jft.urls)))
  expect([target.name, target.urls['jft-write']]).toEqual(['Our environment', jft.urls['jft-write']])

  const only = (_: unknown, { id }: { readonly id: string }) => id === 'read-pages' || id === 'vkp-proxy-flow'
  const { scenarios } = await runPacks(packsOf(['jft-read']), target, { seed: '1', selected: only })
  expect(scenarios.map(({ id, outcome }) => [id, outcome])).toEqual([['read-pages', 'passed']])
})

test.each([
  ['urls:', 'ulrs:', /target\.yaml:\d+:1 ulrs: There is no key ulrs\. Did you mean urls\?/],
  ['"313231593"', '"31323159"', /target\.yaml:2:1 municipality: must be nine digits/],
  ['ehr: ./ehr.json', 'her: ./ehr.json', /clients\.her: There is no party her\. Did you mean ehr\?/],
  ['./ehr.json', './none.json', /none\.json cannot be read/],
])('%s instead of %s is told with its place', (part, wrong, message) => {
  expect(() => described(targetFile(WHOLE(jft.urls).replace(part, wrong)))).toThrow(message)
})
