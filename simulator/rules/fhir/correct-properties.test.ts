import { existsSync, readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { applyPatch, type Operation } from 'rfc6902'
import { describe, expect, test } from 'vitest'
import { alarmFactory, dispensingFactory, noteFactory } from '../../../fixtures/index.ts'
import { isWhole } from '../../sample.fixture.ts'
import { NOT_CURABLE } from '../cure.ts'
import { type Corrected, type CorrectionMode, correct } from './correct.ts'
import { validateLenient } from './lenient.ts'
import { STRICT_DEFAULTS, type StrictOptions, validateStrict } from './strict.ts'

const RUNS = { seed: 20260301, numRuns: isWhole ? 600 : 150 }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Owner = { [key: string]: Json } | Json[]

/** A place in a resource: the value stands in `owner` under `key`. */
interface Slot {
  readonly owner: Owner
  readonly key: string
  readonly value: Json
}

function slotsOf(owner: Json): Slot[] {
  if (typeof owner !== 'object' || owner === null) return []
  return Object.entries(owner).flatMap(([key, value]) => [{ owner, key, value }, ...slotsOf(value)])
}

const put = ({ owner, key }: Slot, value: Json) => Object.assign(owner, { [key]: value })

function rename({ owner, key, value }: Slot, name: string): void {
  if (Array.isArray(owner) || key === 'resourceType') return
  delete owner[key]
  owner[name] = value
}

/** What client programs send wrongly, and what the lenient parser lets pass. */
const SPOILERS: Record<string, (slot: Slot) => void> = {
  unwrap: (slot) => Array.isArray(slot.value) && slot.value.length === 1 && put(slot, slot.value[0] ?? null),
  wrap: (slot) => put(slot, [slot.value]),
  'wrap twice': (slot) => put(slot, [[slot.value]]),
  empty: (slot) => put(slot, ''),
  blank: (slot) => put(slot, ' \n'),
  'empty object': (slot) => put(slot, {}),
  'empty array': (slot) => put(slot, []),
  null: (slot) => put(slot, null),
  blanks: (slot) => typeof slot.value === 'string' && put(slot, ` ${slot.value}\t`),
  quoted: (slot) => typeof slot.value !== 'object' && put(slot, String(slot.value)),
  unquoted: (slot) => Number.isFinite(Number(slot.value)) && put(slot, Number(slot.value)),
  underscore: (slot) => rename(slot, `_${slot.key}`),
  parts: (slot) => typeof slot.value === 'string' && put(slot, { id: 'x' }),
  'parts beside': ({ owner, key }) => !Array.isArray(owner) && Object.assign(owner, { [`_${key}`]: { id: ' x ' } }),
  'list of parts': ({ owner, key }) =>
    !Array.isArray(owner) && Object.assign(owner, { [`_${key}`]: [null, { id: 'x' }] }),
  'one more empty': (slot) => Array.isArray(slot.value) && slot.value.unshift({ id: '' }, '', null),
  'lower-case type': (slot) =>
    rename(
      slot,
      slot.key.replace(/^(value|medication)([A-Z])/, (_, name, first) => name + first.toLowerCase()),
    ),
  comments: ({ owner }) => !Array.isArray(owner) && Object.assign(owner, { fhir_comments: ['x'] }),
  remove: ({ owner, key }) => !Array.isArray(owner) && key !== 'resourceType' && delete owner[key],
  offset: (slot) => typeof slot.value === 'string' && put(slot, slot.value.replace(/Z$|[+-]\d\d:\d\d$/, '')),
  unknown: ({ owner }) => !Array.isArray(owner) && Object.assign(owner, { unheardOf: true }),
}

const MEASUREMENT = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ code: 'x', userSelected: true }], text: 'x' },
  valueQuantity: { value: 36.5, unit: 'C' },
  performer: [{ identifier: { value: '4711' } }],
  component: [
    { code: { text: 'x' }, valueString: 'x' },
    { code: { text: 'y' }, valueInteger: 3 },
  ],
  extension: [{ url: 'http://example.org/x', valueDate: '2026-01-01' }],
  contained: [{ resourceType: 'Patient', name: [{ given: ['Ola', 'Nordmann'], _given: [null, { id: 'x' }] }] }],
}

const VALID = [noteFactory.build(), dispensingFactory.build(), alarmFactory.build(), MEASUREMENT].map((value) =>
  JSON.stringify(value),
)

/** A valid resource with up to four faults. */
const spoiled = fc
  .tuple(
    fc.constantFrom(...VALID),
    fc.array(fc.tuple(fc.nat(), fc.constantFrom(...Object.keys(SPOILERS))), { maxLength: 4 }),
  )
  .map(([text, faults]) => {
    const resource: Json = JSON.parse(text)
    for (const [at, name] of faults) {
      const slots = slotsOf(resource)
      const slot = slots[at % slots.length]
      if (slot !== undefined) SPOILERS[name]?.(slot)
    }
    return JSON.stringify(resource, null, 1)
  })

const isAccepted = (text: string) => validateLenient(text).issues.length === 0

const strictRules = (text: string, options?: StrictOptions) => [
  ...new Set(validateStrict(text, options).issues.map(({ rule }) => rule)),
]

/** The patch, applied to a copy of the sent value. */
function patched(text: string, { patch }: Corrected): unknown {
  const copy: unknown = JSON.parse(text)
  const faults = applyPatch(copy, [...(patch ?? [])] as Operation[]).filter((fault) => fault !== null)
  expect(faults).toEqual([])
  return copy
}

describe('whatever VKP accepts', () => {
  test('JFT accepts once it is corrected, or rejects only for what is listed as not curable', () => {
    let cured = 0
    fc.assert(
      fc.property(spoiled, (text) => {
        fc.pre(isAccepted(text))
        const left = strictRules(correct(text).text)
        const left6 = strictRules(correct(text).text, { ...STRICT_DEFAULTS, sdk: 6, whitespaceOnlyStrings: 'rejected' })
        expect([...left, ...left6].filter((rule) => !(rule in NOT_CURABLE))).toEqual([])
        if (left.length === 0 && strictRules(text).length > 0) cured++
      }),
      RUNS,
    )
    expect(cured).toBeGreaterThan(RUNS.numRuns / 6)
  })

  test('is not changed by a second correction', () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        fc.pre(isAccepted(text))
        const once = correct(text)
        const twice = correct(once.text)
        expect(twice.corrections).toEqual([])
        expect(twice.text).toBe(once.text)
      }),
      RUNS,
    )
  })

  test('becomes the same by the edits, by the patch, and by writing it again', () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        fc.pre(isAccepted(text))
        const corrected = correct(text)
        expect(correct(corrected.edited).text).toBe(corrected.text)
        expect(correct(JSON.stringify(patched(text, corrected))).resource).toEqual(corrected.resource)
      }),
      RUNS,
    )
  })

  test('comes with a correction whenever its value is changed', () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        fc.pre(isAccepted(text))
        const { corrections, resource, edited } = correct(text)
        if (corrections.length === 0) expect(resource).toEqual(JSON.parse(text))
        if (corrections.length === 0) expect(edited).toBe(text)
      }),
      RUNS,
    )
  })
})

describe('whatever the text', () => {
  const mode = fc.constantFrom<CorrectionMode>('since-2026-03', 'documented-only', 'none')

  test('there is an answer', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 100 }),
      fc.json({ maxDepth: 5 }),
      fc
        .tuple(spoiled, fc.nat(), fc.constantFrom('', '"', '{', ']', ',', '\\', '/*', "'", '//x\n'))
        .map(([whole, at, piece]) => {
          const cut = at % (whole.length + 1)
          return whole.slice(0, cut) + piece + whole.slice(cut)
        }),
    )
    fc.assert(
      fc.property(text, mode, (sent, how) => {
        const { issues } = validateLenient(sent)
        expect(issues.length).toBeLessThanOrEqual(1)
        const corrected = correct(sent, how)
        if (issues.length > 0) expect(corrected).toMatchObject({ text: sent, corrections: [] })
        else if (how === 'since-2026-03') expect(isAccepted(corrected.text)).toBe(true)
      }),
      RUNS,
    )
  })

  test('the documented corrections are only wrapping an object and dropping an empty value', () => {
    fc.assert(
      fc.property(spoiled, (text) => {
        const { corrections, edited } = correct(text, 'documented-only')
        expect(JSON.parse(edited)).toBeTypeOf('object')
        for (const { kind, pointer, before } of corrections) {
          if (kind === 'drop-empty') expect([pointer.split('/').at(-1), before]).toEqual(['value', ''])
          else expect([kind, typeof before]).toEqual(['wrap', 'object'])
        }
      }),
      RUNS,
    )
  })
})

describe('a resource that JFT accepts', () => {
  test('says the same after VKP, and has nothing to mend', () => {
    for (const text of VALID) {
      const { corrections, edited, patch } = correct(text)
      expect(corrections.filter(({ kind }) => kind !== 'rewrite')).toEqual([])
      expect([edited, patch]).toEqual([text, []])
    }
  })

  const EXAMPLES = new URL('../../../../shared/corpora/r4-official-examples/', import.meta.url)

  test('so has every official example of R4, but for what R4 does not allow', ({ skip }) => {
    if (!existsSync(EXAMPLES)) skip('../shared/corpora is not here')
    const files = readdirSync(EXAMPLES).filter((file) => file.endsWith('.json') && file !== 'PACKAGE.json')
    const rejected: string[] = []
    const kinds: string[] = []
    let changed = 0
    for (const file of files) {
      const text = new TextDecoder().decode(readFileSync(new URL(file, EXAMPLES)))
      const [issue] = validateLenient(text).issues
      if (issue !== undefined) rejected.push(`${file}: ${issue.message}`)
      const { corrections, resource } = correct(text)
      kinds.push(...corrections.map(({ kind }) => kind))
      if (corrections.length === 0) expect(resource).toEqual(JSON.parse(text))
      else changed++
    }
    expect(rejected).toEqual([
      "Observation-decimal.json: Invalid Json encountered. Details: Input string '-1.000000000000000000E+245' is not a valid decimal. Path 'component[6].valueQuantity.value', line 72, position 43.",
    ])
    expect([changed, new Set(kinds)]).toEqual([71, new Set(['rewrite', 'trim'])])
    expect(files).toHaveLength(722)
  })
})
