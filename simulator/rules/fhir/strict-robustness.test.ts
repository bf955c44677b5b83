import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { locatorIn, positionsIn, readTree } from '../json/json-text.ts'
import { MOST_ISSUES, STRICT_DEFAULTS, validateStrict } from './strict.ts'
import { MAX_DEPTH } from './walker.ts'

const RUNS = { seed: 20260602, numRuns: 400 }

/** Names and values that lie near valid resources, so that runs get past the first check. */
const NAMES = [
  'resourceType',
  'id',
  'meta',
  'contained',
  'extension',
  '_extension',
  'url',
  'value',
  'valueString',
  '_valueString',
  'valueQuantity',
  'valuePatient',
  'valueFoo',
  'status',
  'STATUS',
  '_status',
  'type',
  'author',
  'section',
  'entry',
  'resource',
  'name',
  'given',
  '_given',
  'identifier',
  'multipleBirthInteger',
  'deceasedBoolean',
  'deceased',
  '__proto__',
  'constructor',
  'toString',
  '',
  '_',
  '~/',
  '0',
]
const WORDS = [
  '',
  ' ',
  'final',
  'Patient',
  'Composition',
  'Bundle',
  'Meta',
  'Bundle.entry',
  '__proto__',
  '2026-02-30',
  '\ud800',
  '"\\',
]

const { node } = fc.letrec<{ node: unknown }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 6 },
    fc.constantFrom(null, true, 0, -1.5, 1e300, ...WORDS),
    fc.array(tie('node'), { maxLength: 3 }),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), tie('node')), { maxLength: 6 }).map(Object.fromEntries),
  ),
}))

const resource = fc
  .tuple(
    fc.constantFrom('Patient', 'Composition', 'Bundle', 'Parameters'),
    fc.array(fc.tuple(fc.constantFrom(...NAMES), node), { maxLength: 8 }),
  )
  .map(([resourceType, members]) => ({ ...Object.fromEntries(members), resourceType }))

const option = fc.record({
  sdk: fc.constantFrom(5 as const, 6 as const),
  dotnet: fc.constantFrom(6 as const, 8 as const),
  mode: fc.constantFrom('default' as const, 'strict' as const),
  mostIssues: fc.constantFrom(10, 1000),
  whitespaceOnlyStrings: fc.constantFrom('accepted' as const, 'rejected' as const),
})

/** Issues whose line and column lie outside of the text, or whose pointer leads nowhere and whose owner's does not either. */
function misplaced(text: string, options = STRICT_DEFAULTS): readonly unknown[] {
  const { root } = readTree(text, MAX_DEPTH)
  const last = positionsIn(text)(text.length)
  return validateStrict(text, options).issues.filter(({ rule, line = 0, column = 0, pointer }) => {
    const outside = line < 1 || column < 1 || line > last.line || (line === last.line && column > last.column)
    if (root === undefined || pointer === undefined) return outside
    const owner = rule === 'r4-missing-element' ? pointer.slice(0, pointer.lastIndexOf('/')) : pointer
    return outside || locatorIn(root)(owner) === undefined
  })
}

describe('whatever the text', () => {
  test('arbitrary text gets an answer in place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(misplaced(text)).toEqual([])
      }),
      RUNS,
    )
  })

  test('arbitrary JSON gets an answer in place', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        expect(misplaced(text)).toEqual([])
      }),
      RUNS,
    )
  })

  test('resources with anything in them get an answer in place', () => {
    fc.assert(
      fc.property(resource, option, (value, options) => {
        expect(misplaced(JSON.stringify(value, null, 1), options)).toEqual([])
      }),
      RUNS,
    )
  })

  test('resources cut off or with a character changed get an answer in place', () => {
    fc.assert(
      fc.property(
        resource,
        fc.nat(),
        fc.constantFrom('', '"', '{', ']', ',', '\\', '/*', '\n'),
        (value, at, inserted) => {
          const text = JSON.stringify(value)
          const cut = at % (text.length + 1)
          expect(misplaced(text.slice(0, cut) + inserted)).toEqual([])
          expect(misplaced(text.slice(0, cut) + inserted + text.slice(cut))).toEqual([])
        },
      ),
      RUNS,
    )
  })
})

describe('long inputs', () => {
  const LENGTH = 1_000_000
  const literals = ['0', ' ', 'a ', '=', 'urn:oid:1.1', '2026-01-01T00:00:00.0', '-', '\\', '"', '🙂', '.0e', ',1']

  test.each(literals)('%j repeated is read in time, as every type', (piece) => {
    const long = piece.repeat(LENGTH / piece.length)
    const types = [
      'Base64Binary',
      'Code',
      'Date',
      'DateTime',
      'Id',
      'Instant',
      'Oid',
      'Time',
      'Uri',
      'Uuid',
      'Integer64',
    ]
    const extension = types.map((type) => ({ url: 'x', [`value${type}`]: long }))
    const { issues } = validateStrict(JSON.stringify({ resourceType: 'Patient', extension, multipleBirthInteger: 1 }))
    expect(issues.every(({ expression }) => expression?.startsWith('Patient.extension['))).toBe(true)
  })

  const MANY = 60_000
  const repeat = (piece: (index: number) => string) => Array.from({ length: MANY }, (_, index) => piece(index)).join()

  test.each([
    ['empty strings', `{"resourceType":"Patient","name":[${repeat(() => '{"text":""}\n')}]}`],
    ['unknown properties', `{"resourceType":"Patient",${repeat((index) => `"x${index}":0`)}}`],
    ['duplicates', `{"resourceType":"Patient","active":true,${repeat(() => '"active":true')}}`],
    ['wrong codes', `{"resourceType":"Patient","contact":[${repeat(() => '{"gender":"x"}')}]}`],
  ])('many issues do not take many readings of the text: %s', (_name, text) => {
    const { issues, more } = validateStrict(text)
    expect(issues).toHaveLength(MOST_ISSUES)
    expect(more).toBe(MANY - MOST_ISSUES)
  })
})
