import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { correct } from './correct.ts'
import { validateLenient } from './lenient.ts'
import { validateStrict } from './strict.ts'

/** Data that this project did not write; absent from a clone, and then these tests are skipped. */
const FOLDER = new URL('../../../../shared/corpora/fhir-test-cases/', import.meta.url)
const SKIPPED = '../shared/corpora/fhir-test-cases is not here'

const read = (path: string): string => new TextDecoder().decode(readFileSync(new URL(path, FOLDER)))

/** The files with that label. */
function filesLabelled(label: string): readonly string[] {
  const rows = read('LABELS.tsv').trim().split('\n').slice(1)
  return rows.map((row) => row.split('\t')).flatMap(([file = '', , found]) => (found?.startsWith(label) ? [file] : []))
}

const rejectedBy = (files: readonly string[], validate: typeof validateLenient): readonly string[] =>
  files.filter((file) => validate(read(`validator/${file}`)).issues.length > 0)

/** Files that are rejected, with the rule. */
const rulesOf = (files: readonly string[]): Record<string, string> =>
  Object.fromEntries(files.map((file) => [file, validateLenient(read(`validator/${file}`)).issues[0]?.rule ?? '']))

describe('the validator tests of fhir-test-cases', () => {
  test('labelled valid are accepted, but for those known', ({ skip }) => {
    if (!existsSync(FOLDER)) skip(SKIPPED)
    expect(rulesOf(rejectedBy(filesLabelled('valid'), validateLenient))).toEqual({
      'json-prop-key.json': 'vkp-resource-type',
      'matchetype/matchetype-pattern.json': 'vkp-literal',
    })
  })

  test('labelled structurally invalid: of those that JFT rejects, VKP rejects some', ({ skip }) => {
    if (!existsSync(FOLDER)) skip(SKIPPED)
    const files = filesLabelled('invalid-structural')
    const [jft, vkp] = [rejectedBy(files, validateStrict), rejectedBy(files, validateLenient)]
    expect([jft.length, vkp.length, vkp.filter((file) => !jft.includes(file))]).toEqual([61, 34, []])
    const cured = jft.filter((file) => validateStrict(correct(read(`validator/${file}`)).text).issues.length === 0)
    expect(cured).toEqual([
      'cs-meta-profile.json',
      'empty-array.json',
      'json-comments-1.json',
      'json-comments-2.json',
      'json-no-quotes-1.json',
      'json-comments.json',
    ])
  })
})
