import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { generate } from '../../../scripts/generate-r4.ts'
import { R4_TYPES } from './r4.generated.ts'
import { findType, findTypeAnyCase } from './table.ts'

const { text, counts } = generate()

const elementsOf = (type: string) => findType(type)?.elements.map(({ name }) => name) ?? []

describe('the R4 table', () => {
  test('is what the generator makes of the definitions', () => {
    expect(text === readFileSync(new URL('./r4.generated.ts', import.meta.url), 'utf8')).toBe(true)
  })

  test('has the known numbers of R4 4.0.1', () => {
    expect(counts).toEqual({
      // 146 concrete ones, Resource and DomainResource
      resources: 148,
      // 662 with the backbones, 20 primitives, integer64
      types: 683,
      valueSets: 212,
      requiredCodes: 352,
      // without 12 mime types and CapabilityStatement.rest.resource.type
      checkedCodes: 339,
    })
  })

  test.each([
    ['Binary', 'url'],
    ['DeviceDefinition', 'bodySite'],
    ['DeviceDefinition', 'classification'],
    ['ObservationDefinition', 'publisher'],
    ['Meta', 'project'],
    ['Meta', 'author'],
    ['Meta', 'account'],
    ['Meta', 'compartment'],
  ])('has no %s.%s, which Medplum added', (type, element) => {
    expect(elementsOf(type)).not.toHaveLength(0)
    expect(elementsOf(type)).not.toContain(element)
  })

  test.each([
    'Project',
    'Bot',
    'ClientApplication',
    'User',
    'Login',
    'DeviceDefinition.classification',
    'SimpleQuantity',
  ])('has no type %s', (type) => {
    expect(findType(type)).toBeUndefined()
  })

  test('resolves every type that an element has', () => {
    for (const line of R4_TYPES.split('\n')) {
      const type = findType(line.slice(0, line.indexOf(' ')))
      for (const { element, kind, type: typeOf } of type?.properties.values() ?? []) {
        if (kind !== 'native') expect([element.name, typeOf().name.length > 0]).toEqual([element.name, true])
      }
    }
  })
})

describe('a type', () => {
  test('has the elements of its bases first', () => {
    expect(elementsOf('Composition').slice(0, 10)).toEqual([
      'id',
      'meta',
      'implicitRules',
      'language',
      'text',
      'contained',
      'extension',
      'modifierExtension',
      'identifier',
      'status',
    ])
  })

  test('has cardinality, types and required codes', () => {
    const elements = new Map(findType('MedicationDispense')?.elements.map((element) => [element.name, element]))
    expect(elements.get('status')).toMatchObject({ mandatory: true, repeats: false, types: ['code'] })
    expect(elements.get('status')?.valueSet?.name).toBe('MedicationDispenseStatusCodes')
    expect(elements.get('status')?.valueSet?.codes.has('completed')).toBe(true)
    expect(elements.get('medication')).toMatchObject({
      mandatory: true,
      choice: true,
      types: ['CodeableConcept', 'Reference'],
    })
    expect(elements.get('performer')).toMatchObject({ repeats: true, types: ['MedicationDispense.performer'] })
  })

  test('follows content references', () => {
    expect(findType('Bundle.entry')?.properties.get('link')?.type().name).toBe('Bundle.link')
    expect(findType('Composition.section')?.properties.get('section')?.type().name).toBe('Composition.section')
  })

  test('differs from R4 where the library does', () => {
    expect(findType('Signature')?.mandatoryBits).toBe(0)
    expect(findType('Extension')?.properties.has('valueNarrative')).toBe(true)
    expect(findType('ElementDefinition')?.properties.has('minValueInteger64')).toBe(true)
    expect(findType('ElementDefinition')?.properties.has('minValueBoolean')).toBe(false)
    const [comparator] = findType('Quantity')?.elements.filter(({ name }) => name === 'comparator') ?? []
    expect([...(comparator?.valueSet?.codes ?? [])]).toEqual(['<', '<=', '>=', '>', 'ad'])
  })

  test('is found in any letter case unless it is a backbone', () => {
    expect(findTypeAnyCase('composition')?.name).toBe('Composition')
    expect(findTypeAnyCase('Bundle.entry')).toBeUndefined()
    expect(['__proto__', 'constructor', 'toString', ''].map(findTypeAnyCase)).toEqual(Array(4).fill(undefined))
  })
})
