import { expect, test } from 'vitest'
import { mandatoryElements } from './strict6-order.ts'
import { findType } from './table.ts'

/* As 6.8.0 on .NET 10 lists them, with two processors. */
test.each([
  ['Composition', ['date', 'type', 'status', 'author', 'title']],
  ['StructureDefinition', ['name', 'url', 'abstract', 'status', 'kind', 'type']],
  ['Questionnaire.item.enableWhen', ['operator', 'answer', 'question']],
  ['Narrative', ['div', 'status']],
])('the mandatory elements of %s', (name, expected) => {
  const type = findType(name)
  expect(type && mandatoryElements(type).map((element) => element.name)).toEqual(expected)
})
