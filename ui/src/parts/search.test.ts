import { describe, expect, test } from 'vitest'
import { completions, matches, parseSearch, type Searchable, vocabularyOf } from './search.ts'

const row: Searchable = {
  time: '2026-11-22T10:04:30.000Z',
  fields: {
    status: ['400'],
    rule: ['r4-array-expected', 'r4-empty-string'],
    vendor: ['Journal 1.0'],
    type: ['Composition'],
    municipality: [null],
  },
}

describe('parseSearch', () => {
  test('words, fields, quotes and exclusions', () => {
    expect(parseSearch('author status:400 -rule:dpop vendor:"Journal 1.0" !"two words"')).toEqual([
      { value: 'author', not: false },
      { field: 'status', value: '400', not: false },
      { field: 'rule', value: 'dpop', not: true },
      { field: 'vendor', value: 'journal 1.0', not: false },
      { value: 'two words', not: true },
    ])
  })

  test.each(['', '   ', 'status:', '""'])('%j has no condition', (text) => {
    expect(parseSearch(text)).toEqual([])
  })

  test('a URL is a value like any other', () => {
    expect(parseSearch('path:/write/v1')).toEqual([{ field: 'path', value: '/write/v1', not: false }])
  })
})

describe('matches', () => {
  test.each([
    ['', true],
    ['status:400', true],
    ['status:4xx', true],
    ['status:4', true],
    ['status:40x', true],
    ['status:5xx', false],
    ['status:401', false],
    ['-status:400', false],
    ['rule:array', true],
    ['rule:dpop', false],
    ['RULE:R4-Empty', true],
    ['vendor:"journal 1"', true],
    ['composition', true],
    ['composition bundle', false],
    ['-bundle', true],
    ['nowhere:400', false],
    ['municipality:313231593', false],
    ['before:2026-11-22T10:05:00Z', true],
    ['after:2026-11-22T10:05:00Z', false],
    ['after:2026-11-22', true],
    ['before:nonsense', false],
  ])('%s: %s', (search, found) => {
    expect(matches(parseSearch(search), row)).toBe(found)
  })

  test('a time of day is one of the day of the row, in the reader’s zone', () => {
    const at = (hours: number) => ({ ...row, time: new Date(2026, 10, 22, hours, 4).toISOString() })
    const terms = parseSearch('after:09:30 before:10:30')
    expect([8, 9, 10, 11].map((hours) => matches(terms, at(hours)))).toEqual([false, false, true, false])
  })
})

describe('completions', () => {
  const vocabulary = vocabularyOf([row, { fields: { ...row.fields, type: ['Bundle'] } }, row])

  test('the names of fields, then their values, the most frequent first', () => {
    expect(completions('ru', vocabulary)).toEqual([{ label: 'rule:', text: 'rule:' }])
    expect(completions('type:', vocabulary)).toEqual([
      { label: 'type:Composition', text: 'type:Composition ' },
      { label: 'type:Bundle', text: 'type:Bundle ' },
    ])
  })

  test('only the last word is completed, and an exclusion stays one', () => {
    expect(completions('author -rule:arr', vocabulary)).toEqual([
      { label: 'rule:r4-array-expected', text: 'author -rule:r4-array-expected ' },
    ])
  })

  test('values with blanks are quoted', () => {
    expect(completions('vendor:', vocabulary)).toEqual([
      { label: 'vendor:"Journal 1.0"', text: 'vendor:"Journal 1.0" ' },
    ])
    expect(completions('vendor:"Jou', vocabulary)).toEqual([
      { label: 'vendor:"Journal 1.0"', text: 'vendor:"Journal 1.0" ' },
    ])
  })
})
