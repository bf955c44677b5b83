import { describe, expect, test } from 'vitest'
import type { ExchangeSummary, Issue } from '../shell/api.ts'
import { causeOf, elementOf, groupByCause } from './causes.ts'

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

const refused = (sequence: number, ...issues: Issue[]): ExchangeSummary => ({
  sequence,
  id: `x${sequence}`,
  surface: 'jft-write',
  time: `2026-11-22T10:00:0${sequence}.000Z`,
  milliseconds: 1,
  method: 'POST',
  url: 'http://localhost:7357/write/v1/Composition',
  status: 400,
  clientName: null,
  municipality: null,
  event: null,
  parent: null,
  steps: [],
  issues,
  warnings: [],
  injected: [],
})

const AUTHOR = 'r4-array-expected'

describe('groupByCause', () => {
  test('the same rule at the same element is one cause, whatever the index', () => {
    const list = [
      refused(3, issue(AUTHOR, 'Bundle.entry[2].resource.author')),
      refused(2, issue('r4-empty-string', 'Composition.title')),
      refused(1, issue(AUTHOR, 'Bundle.entry[0].resource.author'), issue(AUTHOR, 'Bundle.entry[1].resource.author')),
    ]
    const causes = groupByCause(list)
    expect(causes.map(({ key, count, exchanges }) => [key, count, exchanges.map(({ id }) => id)])).toEqual([
      ['r4-array-expected Bundle.entry.resource.author', 3, ['x3', 'x1']],
      ['r4-empty-string Composition.title', 1, ['x2']],
    ])
    expect(causes[0]?.issue.expression).toBe('Bundle.entry[2].resource.author')
  })

  test('an issue without a place is a cause by its rule', () => {
    const [cause] = groupByCause([refused(1, issue('token-missing'))])
    expect(cause?.key).toBe('token-missing')
    expect(cause?.place).toBeUndefined()
  })

  test('a request that names no rule has no cause', () => {
    expect(groupByCause([refused(1)])).toEqual([])
  })
})

test('the key of a cause is the one that its issues have', () => {
  const one = issue(AUTHOR, 'Composition.author')
  expect(groupByCause([refused(1, one)])[0]?.key).toBe(causeOf(one))
})

test.each([
  ['Composition.author[0]', 'author'],
  ['Bundle.entry[2].resource.identifier[0].value', 'value'],
  ['Composition', 'Composition'],
  ['', ''],
])('the element of %j is %j', (place, element) => {
  expect(elementOf(place)).toBe(element)
})
