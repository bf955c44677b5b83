import { expect, test } from 'vitest'
import { in30 } from './schema-3.0.ts'

test.each([
  ['a constant is a list of one', { const: 3 }, { enum: [3] }],
  ['what may be null', { anyOf: [{ type: 'string' }, { type: 'null' }] }, { type: 'string', nullable: true }],
  [
    'several that may be null',
    { anyOf: [{ type: 'string' }, { const: 1 }, { type: 'null' }] },
    { anyOf: [{ type: 'string' }, { enum: [1] }], nullable: true },
  ],
  [
    'a tuple is a list of so many',
    { type: 'array', prefixItems: [{ type: 'string' }, { type: 'integer' }], items: false },
    { type: 'array', items: { anyOf: [{ type: 'string' }, { type: 'integer' }] }, minItems: 2, maxItems: 2 },
  ],
  ['a default, which clients would send', { type: 'integer', default: 5 }, { type: 'integer' }],
  ['an exclusive bound', { exclusiveMinimum: 0, maximum: 1 }, { minimum: 0, exclusiveMinimum: true, maximum: 1 }],
  [
    'names of keys are not limited',
    { type: 'object', propertyNames: { type: 'string' }, additionalProperties: {} },
    { type: 'object', additionalProperties: {} },
  ],
  [
    'a property may be called as a word of the language',
    { properties: { const: { type: 'string' }, anyOf: { const: 'a' } } },
    { properties: { const: { type: 'string' }, anyOf: { enum: ['a'] } } },
  ],
])('%s', (_name, schema, told) => {
  expect(in30(schema)).toEqual(told)
})
