import { describe, expect, test } from 'vitest'
import { changedLines } from './changed-lines.ts'

const shown = (before: string, after: string) =>
  changedLines(before, after).map(({ change, text, indent, number }) => [change, number, indent, text])

describe('the lines of a payload before and after a fix', () => {
  test('are one list, each with its number in the text that it is of', () => {
    expect(shown('{"a":{"b":1},"c":2}', '{"a":[{"b":1}],"c":2}')).toEqual([
      ['none', 1, 0, '{'],
      ['del', 2, 2, '"a": {'],
      ['ins', 2, 2, '"a": ['],
      ['ins', 3, 4, '{'],
      ['none', 3, 6, '"b": 1'],
      ['del', 4, 2, '},'],
      ['ins', 5, 4, '}'],
      ['ins', 6, 2, '],'],
      ['none', 5, 2, '"c": 2'],
      ['none', 6, 0, '}'],
    ])
  })

  test('are the same where only the layout is another', () => {
    expect(shown('{"a":1}', '{\n    "a" : 1\n}').map(([change]) => change)).toEqual(['none', 'none', 'none'])
  })

  test('are not compared where too many are others', () => {
    const list = (from: number) => JSON.stringify(Array.from({ length: 1_500 }, (_, at) => from + at))
    expect(changedLines(list(0), list(5_000))).toEqual([])
  })

  test('are as they were sent where it is not JSON', () => {
    expect(shown('{\n  // a note\n  "a": 1\n}', '{\n  "a": 1\n}')).toEqual([
      ['none', 1, 0, '{'],
      ['del', 2, 0, '  // a note'],
      ['none', 3, 0, '  "a": 1'],
      ['none', 4, 0, '}'],
    ])
  })
})
