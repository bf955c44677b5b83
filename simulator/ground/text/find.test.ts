import { describe, expect, test } from 'vitest'
import { fulfils, type Grammar, parseSearch, type Searchable, sayMistake } from './find.ts'

const row: Searchable = {
  time: '2026-11-22T10:04:30.000Z',
  fields: {
    status: ['400'],
    rule: ['r4-array-expected', 'r4-empty-string'],
    vendor: ['Journal 1.0'],
    type: ['Composition'],
    municipality: [null],
  },
  long: { body: () => 'Pasienten har det BRA', header: () => 'nhn-event-id: 77' },
}

const GRAMMAR: Grammar = {
  status: 'status',
  rule: 'any',
  vendor: 'any',
  type: 'any',
  municipality: 'any',
  path: 'any',
  body: 'any',
  header: 'any',
  is: ['rejected', 'accepted'],
  method: ['GET', 'POST'],
  long: Array.from({ length: 13 }, (_, index) => String(index)),
  before: 'time',
  after: 'time',
}

describe('parseSearch', () => {
  test('words, fields, quotes, exclusions and OR', () => {
    const { clauses, mistakes } = parseSearch(
      'author status:400 OR status:401 -rule:dpop vendor:"Journal 1.0"',
      GRAMMAR,
    )
    expect(clauses).toEqual([
      [{ value: 'author', not: false }],
      [
        { field: 'status', value: '400', not: false },
        { field: 'status', value: '401', not: false },
      ],
      [{ field: 'rule', value: 'dpop', not: true }],
      [{ field: 'vendor', value: 'journal 1.0', not: false }],
    ])
    expect(mistakes).toEqual([])
  })

  test.each(['', '   ', 'status:', '""'])('%j has no condition', (text) => {
    expect(parseSearch(text, GRAMMAR)).toEqual({ clauses: [], mistakes: [] })
  })

  test('a URL is a value like any other, and a word without a field', () => {
    const { clauses } = parseSearch('path:/write/v1 http://localhost:7357', GRAMMAR)
    expect(clauses).toEqual([
      [{ field: 'path', value: '/write/v1', not: false }],
      [{ value: 'http://localhost:7357', not: false }],
    ])
  })

  test.each([
    ['stats:400', 'unknown field stats, did you mean status?'],
    ['nonsense:1', 'unknown field nonsense'],
    ['is:acepted', 'unknown value acepted of is, did you mean accepted?'],
    ['is:unread', 'unknown value unread of is: it is rejected, accepted'],
    ['status:read', 'unknown value read of status: it is 400, 4xx'],
    ['method:psot', 'unknown value psot of method, did you mean POST?'],
    ['long:nothing', 'unknown value nothing of long: it is 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …'],
    ['before:99:99', '99:99 is not a time: write 10:04 or 2026-05-26T10:04'],
    ['after:yesterday', 'yesterday is not a time: write 10:04 or 2026-05-26T10:04'],
    ['OR author', 'OR stands between two conditions'],
    ['author OR', 'OR stands between two conditions'],
    ['a OR OR b', 'OR stands between two conditions'],
    ['author AND title', 'leave AND out: all conditions must hold anyway'],
    ['NOT author', 'write -word instead of NOT word'],
    ['constructor:x', 'unknown field constructor'],
  ])('%s: %s', (text, words) => {
    expect(parseSearch(text, GRAMMAR).mistakes.map(sayMistake)).toEqual([words])
  })
})

describe('fulfils', () => {
  test.each([
    ['', true],
    ['status:400', true],
    ['status:4xx', true],
    ['status:4', true],
    ['status:40x', true],
    ['status:5xx', false],
    ['status:401', false],
    ['-status:400', false],
    ['status:401 OR status:400', true],
    ['status:401 OR -status:500', true],
    ['status:401 OR status:402', false],
    ['status:401 OR status:400 bundle', false],
    ['rule:array', true],
    ['rule:dpop', false],
    ['RULE:R4-Empty', true],
    ['vendor:"journal 1"', true],
    ['composition', true],
    ['composition bundle', false],
    ['-bundle', true],
    ['municipality:313231593', false],
    ['pasienten', true],
    ['body:bra', true],
    ['header:bra', false],
    ['-body:bra', false],
    ['header:77', true],
    ['before:2026-11-22T10:05:00Z', true],
    ['after:2026-11-22T10:05:00Z', false],
    ['after:2026-11-22', true],
  ])('%s: %s', (search, found) => {
    expect(fulfils(parseSearch(search, GRAMMAR).clauses, row)).toBe(found)
  })

  test('a time of day is one of the day of the row, in the reader’s zone', () => {
    const at = (hours: number) => ({ ...row, time: new Date(2026, 10, 22, hours, 4).toISOString() })
    const { clauses } = parseSearch('after:09:30 before:10:30', GRAMMAR)
    expect([8, 9, 10, 11].map((hours) => fulfils(clauses, at(hours)))).toEqual([false, false, true, false])
  })
})
