import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Places } from './strict-places.ts'
import { TokenReader } from './strict-tokens.ts'
import { Reader5 } from './strict5.ts'
import { Reader6 } from './strict6.ts'
import { Walker } from './walker.ts'

const SETTINGS = { dotnet: 8, rejectBlankStrings: false, mode: 'default', limit: 10 } as const

function findings(text: string, sdk: 5 | 6): number {
  const reader = new TokenReader(text)
  const library = sdk === 5 ? new Reader5(reader, new Places(text), SETTINGS) : new Reader6(reader, SETTINGS)
  library.root()
  return library.findings.count
}

/** Each of them now and then, so that most of what is made is valid. */
const some = (members: Readonly<Record<string, fc.Arbitrary<unknown>>>) =>
  fc.subarray(Object.keys(members), { maxLength: Math.min(3, Object.keys(members).length) }).chain((keys) => {
    const chosen = keys.map((key) => [key, members[key] ?? fc.constant(0)] as const)
    return fc.record(Object.fromEntries(chosen))
  })
const mostly = <T>(good: T, ...others: T[]) =>
  fc.oneof({ weight: 8, arbitrary: fc.constant(good) }, fc.constantFrom(good, ...others))
const text = fc.constantFrom('x', ' x', '2026', 'http://x.no', 'urn:oid:1.2')
const element = fc.constantFrom({ id: 'x' }, { extension: [{ url: 'http://x.no', valueCode: 'x' }] })
const values = some({
  valueString: text,
  _valueString: element,
  valueCode: text,
  valueBoolean: fc.boolean(),
  _valueBoolean: element,
  valueDecimal: fc.constantFrom(1, 1.5, 1e28),
  valueQuantity: fc.constant({ value: 1.0 }),
  valueAge: fc.constant({ value: 1 }),
})
const extension = values.map((members) => ({ url: 'http://x.no', ...members }))
const items = <T>(item: fc.Arbitrary<T>) => fc.array(item, { minLength: 1, maxLength: 2 })
const name = some({ given: items(fc.option(text)), _given: items(fc.option(element)), family: text, _family: element })
const patient = some({
  id: mostly('a', 'a b'),
  _id: element,
  extension: items(extension),
  name: items(name),
  gender: mostly('male', 'x'),
  _gender: element,
  birthDate: mostly('2026-05-26', '2026-02-30'),
  deceasedBoolean: fc.boolean(),
  _deceasedDateTime: element,
  multipleBirthInteger: mostly(1, -1),
  photo: items(some({ size: mostly(5, -1, 0), data: mostly('QUI=', 'QQ=') })),
  contained: items(fc.constant({ resourceType: 'Patient', active: true })),
}).map((members) => ({ resourceType: 'Patient', ...members }))

test.each([5, 6] as const)('what the walk accepts, the reader of SDK %i finds nothing in', (sdk) => {
  let accepted = 0
  const property = fc.property(patient, (resource) => {
    if (!new Walker({ sdk, dotnet: 8 }, false).resource(resource)) return
    accepted++
    expect(findings(JSON.stringify(resource), sdk)).toBe(0)
  })
  fc.assert(property, { seed: 20261128, numRuns: 4000 })
  expect(accepted).toBeGreaterThan(100)
})

test('a companion of another type than the value is left to the readers', () => {
  const resource = (members: object) => ({ resourceType: 'Patient', extension: [{ url: 'x', ...members }] })
  const walk = (members: object) => new Walker({ sdk: 6, dotnet: 8 }, false).resource(resource(members))
  expect(walk({ valueString: 'x', _valueString: { id: 'y' } })).toBe(true)
  expect(walk({ valueString: 'x', _valueBoolean: { id: 'y' } })).toBe(false)
  expect(findings(JSON.stringify(resource({ _valueBoolean: { id: 'y' }, valueString: 'x' })), 6)).toBe(1)
})
