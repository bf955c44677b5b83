import { describe, expect, test } from 'vitest'
import { completions, filterRows, type Grammar, type Searchable, vocabularyOf } from './search.ts'

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

const GRAMMAR: Grammar = { status: 'status', rule: 'any', vendor: 'any', type: 'any', municipality: 'any' }

describe('filterRows', () => {
  test('gives all without a search, what it finds, and none where it was not understood', () => {
    const found = (search: string) => filterRows([row], search, GRAMMAR, (one) => one).length
    expect(['', 'status:400', 'status:401', 'stats:400'].map(found)).toEqual([1, 1, 0, 0])
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
