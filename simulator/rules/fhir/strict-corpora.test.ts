import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { validateStrict } from './strict.ts'

/** Data that this project did not write; absent from a clone, and then these tests are skipped. */
const SHARED = new URL('../../../../shared/', import.meta.url)

const pathOf = (path: string): string => fileURLToPath(new URL(path, SHARED))

/** Decodes as an HTTP body is decoded: a byte order mark goes. */
const read = (path: string): string => new TextDecoder().decode(readFileSync(pathOf(path)))

function filesIn(folder: string): readonly string[] {
  return readdirSync(pathOf(folder)).filter((file) => file.endsWith('.json') && file !== 'PACKAGE.json')
}

/** Skips with a message where the folder is absent. */
function withFolder(folder: string, title: string, run: () => void): void {
  test(title, ({ skip }) => {
    if (!existsSync(pathOf(folder))) skip(`${folder} is not here`)
    run()
  })
}

/** `code expression`, of each issue of a file. */
const issuesOf = (path: string): readonly string[] =>
  validateStrict(read(path)).issues.map(({ code, expression }) => `${code} ${expression}`)

/** The codes of all files that have issues. */
function faultyIn(folder: string): Readonly<Record<string, string>> {
  const codes = filesIn(folder).map((file) => [file, codesOf(`${folder}/${file}`)] as const)
  return Object.fromEntries(codes.filter(([, found]) => found !== ''))
}

function codesOf(path: string): string {
  return [...new Set(validateStrict(read(path)).issues.map(({ code }) => code))].join(' ')
}

describe('the official examples of R4', () => {
  const folder = 'corpora/r4-official-examples'

  withFolder(folder, 'have no other faults than those known', () => {
    expect(faultyIn(folder)).toEqual({
      'CapabilityStatement-example.json': 'PVAL112',
      'Observation-decimal.json': 'JSON108',
      'Questionnaire-qs1.json': 'PVAL105',
      'TerminologyCapabilities-example.json': 'PVAL112',
    })
    expect(filesIn(folder)).toHaveLength(722)
  })

  withFolder('corpora/fhir-test-cases/r4-examples', 'have the same faults in fhir-test-cases', () => {
    expect(faultyIn('corpora/fhir-test-cases/r4-examples')).toEqual({
      'bundle-questionnaire.json': 'PVAL105',
      'capabilitystatement-example.json': 'PVAL112',
      'observation-decimal.json': 'JSON108',
    })
  })
})

describe('the validator tests of fhir-test-cases', () => {
  const folder = 'corpora/fhir-test-cases'

  /** Codes per file with a label, of the files that have issues, and the files that have none. */
  function outcomes(label: string): { faulty: Record<string, string>; clean: string[] } {
    const rows = read(`${folder}/LABELS.tsv`).trim().split('\n').slice(1)
    const files = rows.map((row) => row.split('\t')).filter((row) => row[2]?.startsWith(label))
    const faulty: Record<string, string> = {}
    const clean: string[] = []
    for (const [file = ''] of files) {
      const codes = codesOf(`${folder}/validator/${file}`)
      if (codes === '') clean.push(file)
      else faulty[file] = codes
    }
    return { faulty, clean }
  }

  withFolder(folder, 'labelled valid are accepted, but for those known', () => {
    const { faulty, clean } = outcomes('valid')
    expect(faulty).toEqual({
      'contained-resource.json': 'PVAL109',
      'cs-order-prop.json': 'JSON110',
      'json-comments-1.json': 'json-syntax',
      'json-comments-2.json': 'json-syntax',
      'json-prop-key.json': 'JSON103',
      'matchetype/list-single-missing.json': 'JSON120',
      'matchetype/matchetype-pattern.json': 'PVAL108',
      'params-empty.json': 'JSON120',
      'patient-hs-1.json': 'PVAL104',
    })
    expect(clean.length).toBeGreaterThan(200)
  })

  withFolder(folder, 'labelled structurally invalid are rejected, but for an element id over 1 MB', () => {
    const { faulty, clean } = outcomes('invalid-structural')
    expect(clean).toEqual(['resource-invalid-eid-2.json'])
    // 61 rows, one file in two of them
    expect(Object.keys(faulty)).toHaveLength(60)
  })

  withFolder(folder, 'that break only profiles, terminology or invariants are accepted, but for those known', () => {
    const { faulty, clean } = outcomes('invalid-other')
    expect(faulty).toEqual({
      'bundle-sig-2.json': 'JSON101',
      'bundle-urn.json': 'PVAL112',
      'ips-htmlrefs-backwards.json': 'PVAL112',
      'matchetype/matchetype-pattern.json': 'PVAL108',
      'parameters-attachment.json': 'JSON106',
      'shc-file.json': 'JSON103',
    })
    expect(clean.length).toBeGreaterThan(150)
  })
})

describe('the samples of VKP', () => {
  withFolder('vkp-samples/official', "NHN's Bundle has exactly one fault", () => {
    const path = 'vkp-samples/official/Bundle_OppfolgingAvVarsel_TrygghetsAlarm.json'
    expect(issuesOf(path)).toEqual(['JSON127 Bundle.entry[2].resource.identifier[0].value'])
  })

  withFolder('vkp-samples/constructed', 'submissions and answers made from the profiles have none', () => {
    expect(faultyIn('vkp-samples/constructed')).toEqual({})
  })
})

interface Row {
  readonly id: string
  readonly jft_rule: string | null
  readonly jft_issues: readonly { readonly code: string; readonly path: string; readonly what: string }[]
}

/** The manifest names a missing element after the path of its object, and choices by their JSON name. */
function asInManifest(path: string): readonly string[] {
  return validateStrict(read(path)).issues.map(({ code, pointer = '', expression = '' }) => {
    const [root = ''] = expression.split('.')
    const place = pointer.replaceAll(/\/([0-9]+)/g, '[$1]').replaceAll('/', '.')
    return `${code} ${root}${code === 'PVAL105' ? place.slice(0, place.lastIndexOf('.')) : place}`
  })
}

describe('lenient against strict', () => {
  const folder = 'vkp-samples/lenient-vs-strict'

  withFolder(folder, 'every case has the issues that JFT should report', () => {
    const rows: readonly Row[] = JSON.parse(read(`${folder}/manifest.json`))
    const expected = rows.map((row) => [row.id, row.jft_rule === 'format' ? row.jft_issues : []] as const)
    expect(Object.fromEntries(rows.map(({ id }) => [id, asInManifest(`${folder}/${id}.in.json`)]))).toEqual(
      Object.fromEntries(expected.map(([id, issues]) => [id, issues.map(({ code, path }) => `${code} ${path}`)])),
    )
    expect(rows).toHaveLength(27)
  })

  withFolder(folder, 'every repaired case is clean', () => {
    const repaired = filesIn(folder).filter((file) => file.endsWith('.repaired.json'))
    expect(repaired.filter((file) => issuesOf(`${folder}/${file}`).length > 0)).toEqual([])
    expect(repaired).toHaveLength(19)
  })
})
