import { Text } from '@codemirror/state'
import { expect, test } from 'vitest'
import { diagnosticsOf, offsetAt } from './code-places.ts'

const JSON_TEXT = Text.of(['{', '  "title": "",', '  "author": { "display": "KRASS" }', '}'])

/** What is marked, as it stands in the text. */
function marked(text: Text, line: number, column: number): string[] {
  return diagnosticsOf(text, [{ line, column, message: 'm' }]).map(({ from, to }) => text.sliceString(from, to))
}

test('a place is marked with the token that is there', () => {
  expect(marked(JSON_TEXT, 2, 3)).toEqual(['"title"'])
  expect(marked(JSON_TEXT, 2, 12)).toEqual(['""'])
  expect(marked(JSON_TEXT, 3, 13)).toEqual(['{'])
  expect(marked(Text.of(['steps:', '  - savee: note']), 2, 5)).toEqual(['savee'])
})

test('a place behind the end is the nearest there is', () => {
  expect(offsetAt(JSON_TEXT, 4, 9)).toBe(JSON_TEXT.length)
  expect(offsetAt(JSON_TEXT, 9, 1)).toBe(JSON_TEXT.length - 1)
  expect(offsetAt(JSON_TEXT, 0, 0)).toBe(0)
  expect(marked(JSON_TEXT, 1, 2)).toEqual([''])
})

test('what has no place is not marked, and names lose their backticks', () => {
  expect(diagnosticsOf(JSON_TEXT, [{ message: 'status is missing' }])).toEqual([])
  expect(diagnosticsOf(JSON_TEXT, [{ line: 1, message: '`status` is missing' }])).toEqual([
    { from: 0, to: 1, severity: 'error', message: 'status is missing' },
  ])
})

test('of a value that is as long as the text the beginning is marked', () => {
  const [mark] = diagnosticsOf(Text.of([`"${'x'.repeat(10_000)}"`]), [{ line: 1, message: 'm' }])
  expect(mark).toMatchObject({ from: 0, to: 500 })
})
