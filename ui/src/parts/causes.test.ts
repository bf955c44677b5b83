import { expect, test } from 'vitest'
import type { Issue } from '../data/api.ts'
import { causeOf, elementOf } from './causes.ts'

const issue = (rule: Issue['rule'], expression?: string): Issue => ({
  rule,
  code: rule,
  severity: 'error',
  message: rule,
  certainty: 'documented',
  source: 'a page',
  fix: 'mend it',
  patch: null,
  ...(expression === undefined ? {} : { expression }),
})

test.each([
  [issue('r4-array-expected', 'Bundle.entry[2].resource.author'), 'r4-array-expected Bundle.entry.resource.author'],
  [issue('token-missing'), 'token-missing'],
  [{ ...issue('json-syntax'), advice: { key: 'json-xml', values: {} } } as const, 'json-syntax json-xml'],
])('the same rule at the same element is one cause, whatever the index', (one, key) => {
  expect(causeOf(one)).toBe(key)
})

test.each([
  ['Composition.author[0]', 'author'],
  ['Bundle.entry[2].resource.identifier[0].value', 'value'],
  ['Composition', 'Composition'],
  ['', ''],
])('the element of %j is %j', (place, element) => {
  expect(elementOf(place)).toBe(element)
})
