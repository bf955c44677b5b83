import { existsSync, readFileSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { sayAdvice } from './advice.ts'
import type { FixOptions } from './fix.ts'
import { composed, eachAlone, fixesOf, patched, SDK_5, SDK_6 } from './fixes.fixture.ts'

/*
 * Systematic and random changes of official examples, as they were recorded with the real library; texts that are not in
 * the project are looked for beside it.
 */

const FOLDER = new URL('../../../../shared/corpora/firely/', import.meta.url)
const isThere = existsSync(FOLDER)

/** The texts of one file; every `nth` of them. */
function textsOf(name: string, nth: number): readonly string[] {
  const lines = gunzipSync(readFileSync(new URL(`${name}.ndjson.gz`, FOLDER)))
    .toString()
    .split('\n')
  return lines.filter((line, index) => line !== '' && index % nth === 0).map((line) => String(JSON.parse(line).text))
}

/** What the validator does not read further, so that a fix brings to light what is wrong inside. */
const UNREAD = new Set([
  'r4-object-expected',
  'r4-value-is-object',
  'r4-value-is-array',
  'r4-array-expected',
  'r4-unknown-element',
  'r4-choice-without-type',
  'r4-choice-type-unknown',
  'r4-resource-type-missing',
  'r4-resource-type-not-string',
  'r4-resource-type-unknown',
  'r4-duplicate-property',
  'r4-wrong-native-type',
  'r4-number-out-of-range',
  'r4-underscore-not-allowed',
  'r4-companion-not-object',
  'r4-nested-array',
  'r4-empty-object',
  'r4-empty-array',
  'r4-only-nulls',
  'firely-throws',
])

const SETS: readonly [name: string, nth: number, options: FixOptions][] = [
  ['one-place', 4, SDK_5],
  ['one-place', 10, SDK_6],
  ['mutations', 40, SDK_5],
  ['mutations', 70, SDK_6],
  ['literals', 24, SDK_5],
]

/** What is not as it must be with the fixes of one text. */
function problemsOf(text: string, options: FixOptions): readonly string[] {
  const problems: string[] = []
  const hold = (holds: boolean, what: string) => holds || problems.push(`${what}: ${text}`)
  for (const { rule, advice, pointer } of fixesOf(text, options)) {
    const words = advice === undefined ? '' : sayAdvice(advice)
    hold(words !== '' && !/\{\w+\}|undefined|``/.test(words), `${rule} ${pointer} has no advice`)
  }
  for (const { issue, text: fixed, isGone, added } of eachAlone(text, options)) {
    const { rule, pointer, patch } = issue
    if (!UNREAD.has(rule)) hold(isGone && added.length === 0, `${rule} ${pointer} alone`)
    if (patch) hold(isDeepStrictEqual(patched(text, patch), JSON.parse(fixed)), `${rule} ${pointer} patch and text`)
  }
  const { patch, text: fixed, fixed: gone, of, rest } = composed(text, options)
  if (patch !== null) hold(isDeepStrictEqual(patched(text, patch), JSON.parse(fixed)), 'one patch and text')
  hold(rest.length === 0 ? of === gone : gone <= of, 'counts')
  hold((fixed === text) === (gone === 0), 'changed for nothing')
  return problems
}

describe.skipIf(!isThere)('recorded inputs (skipped where they are not beside the project)', () => {
  test.each(SETS)('%s, every %i. of them, %o', (name, nth, options) => {
    const texts = textsOf(name, nth)
    expect(texts.length).toBeGreaterThan(100)
    expect(texts.flatMap((text) => problemsOf(text, options))).toEqual([])
  })
})
