import { describe, expect, test } from 'vitest'
import { correct } from './correct.ts'
import { validateLenient } from './lenient.ts'

/*
 * What a stranger sends costs work that grows no faster than the text: work is counted, not timed. A text of twice the
 * length may take twice the work, and a little more for what does not depend on it.
 */

const COUNTED = ['charCodeAt', 'charAt', 'slice', 'startsWith', 'indexOf', 'includes', 'replace', 'trim'] as const

/** Calls of the methods by which a text is read, while the work is done. */
function workOf(run: () => unknown): number {
  let calls = 0
  const originals = COUNTED.map((name) => [name, Object.getOwnPropertyDescriptor(String.prototype, name)] as const)
  for (const [name, original] of originals) {
    const method: (...args: readonly unknown[]) => unknown = original?.value
    const value = function (this: string, ...args: readonly unknown[]): unknown {
      calls++
      return Reflect.apply(method, this, args)
    }
    Object.defineProperty(String.prototype, name, { ...original, value })
  }
  try {
    run()
  } finally {
    for (const [name, original] of originals) Object.defineProperty(String.prototype, name, original ?? {})
  }
  return calls
}

const patient = (members: string): string => `{"resourceType":"Patient"${members === '' ? '' : `,${members}`}}`
const many = (count: number, make: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => make(index)).join(',')

/** Texts of many parts of one kind. */
const WIDE: Readonly<Record<string, (count: number) => string>> = {
  'good members': (count) => patient(`"name":[${many(count, (index) => `{"text":"${index}"}`)}]`),
  'empty members': (count) => patient(many(count, (index) => `"x${index}":""`)),
  'one name again and again': (count) => patient(many(count, () => '"active":true')),
  'single values for lists': (count) => patient(`"name":[${many(count, () => '{"given":"x"}')}]`),
  'empty items': (count) => patient(`"name":[${many(count, () => '""')},{"text":"x"}]`),
  'lists in lists': (count) => patient(`"name":[${many(count, () => '[1]')}]`),
  'blanks in a text': (count) => patient(`"name":[{"text":"a${' \\n'.repeat(count)}b"}]`),
  'blanks around a text': (count) => patient(`"name":[{"text":"${' '.repeat(count)}x${' '.repeat(count)}"}]`),
  escapes: (count) => patient(`"name":[{"text":"${'\\ud800'.repeat(count)}"}]`),
  comments: (count) => patient(`"active":true${'/* * */'.repeat(count)}`),
  commas: (count) => patient(`"name":[${','.repeat(count)}]`),
  digits: (count) => patient(`"extension":[{"url":"x","valueDecimal":0.${'1'.repeat(count)}}]`),
  'digits in a text': (count) => patient(`"extension":[{"url":"x","valueDecimal":"${'0'.repeat(count)}1.5"}]`),
  'fractions of a second': (count) =>
    patient(`"extension":[{"url":"x","valueInstant":"2026-05-26T10:06:17.${'9'.repeat(count)}Z"}]`),
  base64: (count) => patient(`"photo":[{"data":"${'AA AA '.repeat(count)}"}]`),
  companions: (count) =>
    patient(`"name":[{"given":[${many(count, () => 'null')}],"_given":[${many(count, () => '{"id":"x"}')}]}]`),
  'what follows the end': (count) => `${patient('')}${' x'.repeat(count)}`,
  'no end': (count) => patient(`"name":[${many(count, () => '{"text":"x"}')}`).slice(0, -1),
}

describe('work grows with the text', () => {
  test.each(Object.entries(WIDE))('%s', (_name, make) => {
    // Both are long: what is quoted of a long text is looked at before it is cut.
    const [small, large] = [make(1500), make(3000)]
    for (const run of [validateLenient, allOf]) {
      const [less, more] = [workOf(() => run(small)), workOf(() => run(large))]
      expect(more).toBeLessThan(less * 2.2 + 200)
    }
  })
})

function allOf(text: string) {
  const { corrections, edited, patch, text: forwarded } = correct(text)
  return { corrections, edited, patch, forwarded }
}

describe('no text is too wide or too deep', () => {
  test.each(Object.entries(WIDE))('%s, 60,000 times', (_name, make) => {
    const text = make(60_000)
    expect(validateLenient(text).issues.length).toBeLessThanOrEqual(1)
    const { corrections, forwarded } = allOf(text)
    expect(corrections.length).toBeLessThanOrEqual(1001)
    expect(forwarded.length).toBeLessThanOrEqual(text.length * 2)
  })

  test.each(['[', '{"a":', '[{"a":', '/*', '"\\u', '(', 'new x('])('%s, 100,000 times', (piece) => {
    expect(validateLenient(piece.repeat(100_000)).issues).toHaveLength(1)
    expect(correct(patient(`"name":${piece.repeat(100_000)}`)).corrections).toEqual([])
  })

  test('the first 1,000 corrections are given, and how many more there are', () => {
    const { corrections, moreCorrections, patch } = correct(patient(many(3000, (index) => `"x${index}":""`)))
    expect([corrections.length, moreCorrections, patch]).toEqual([1000, 2000, undefined])
    expect(corrections.at(-1)).toMatchObject({ kind: 'drop-empty', pointer: '/x999' })
  })

  test('a long value is shown by its beginning', () => {
    const { corrections, patch } = correct(patient(`"name":{"text":"${'x'.repeat(100_000)}"}`))
    expect(JSON.stringify([corrections, patch]).length).toBeLessThan(5_000)
  })
})
