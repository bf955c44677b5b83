import { describe, expect, test } from 'vitest'
import { findPlace, foldsOf, type Line, linesAsSent, linesFormatted, offsetOf } from './json-text.ts'

const drawn = (lines: readonly Line[]) =>
  lines.map(({ indent, tokens }) => ' '.repeat(indent) + tokens.map(({ text }) => text).join(''))

const MINIFIED = '{"a":[],"b":{"c":1.50,"d":["x,y",null]},"e":{}}'

describe('linesAsSent', () => {
  test('draws the text as it is', () => {
    const text = '{\n  "author" : {"reference": "Practitioner/1"},\n\t"n": -1.5e3\n}\n'
    expect(drawn(linesAsSent(text)).join('\n')).toBe(text)
  })

  test('tells keys, strings and literals apart', () => {
    const kinds = linesAsSent('{"a": "b", "c": true, d}')
      .flatMap(({ tokens }) => tokens)
      .filter(({ kind }) => kind !== 'space' && kind !== 'punctuation')
      .map(({ kind, text }) => [text, kind])
    expect(kinds).toEqual([
      ['"a"', 'key'],
      ['"b"', 'string'],
      ['"c"', 'key'],
      ['true', 'literal'],
      ['d', 'other'],
    ])
  })

  test.each(['', 'no JSON <b>at all</b>', '{"never closed', '"a\\"b"', '{"a"\r\n: 1}'])(
    'loses nothing of %j',
    (text) => {
      expect(drawn(linesAsSent(text)).join('\n')).toBe(text)
    },
  )
})

describe('linesFormatted', () => {
  test('lays a single line out, values untouched', () => {
    expect(drawn(linesFormatted(MINIFIED))).toEqual([
      '{',
      '  "a": [],',
      '  "b": {',
      '    "c": 1.50,',
      '    "d": [',
      '      "x,y",',
      '      null',
      '    ]',
      '  },',
      '  "e": {}',
      '}',
    ])
  })

  test('unbalanced text is laid out too', () => {
    expect(drawn(linesFormatted('}{"a":1'))).toEqual(['}{', '  "a": 1'])
  })
})

describe('findPlace', () => {
  test('finds the same token in both layouts', () => {
    const offset = offsetOf(MINIFIED, 1, MINIFIED.indexOf('1.50') + 1)
    const sent = findPlace(linesAsSent(MINIFIED), offset)
    const formatted = findPlace(linesFormatted(MINIFIED), offset)
    expect(sent).toMatchObject({ line: 0, token: { text: '1.50' } })
    expect(formatted).toMatchObject({ line: 3, token: { text: ' 1.50' } })
  })

  test('counts lines and columns from 1', () => {
    const text = '{\n  "a": 1,\n  "b": 2\n}'
    expect(findPlace(linesAsSent(text), offsetOf(text, 3, 3))).toMatchObject({ line: 2, token: { text: '"b"' } })
  })

  test('behind the end is the last line', () => {
    expect(findPlace(linesAsSent('{\n'), 99)).toEqual({ line: 1, token: undefined })
  })
})

describe('foldsOf', () => {
  test('what opens on a line, and closes at least two lines later, can be folded', () => {
    const lines = linesAsSent('{\n  "a": [\n    1\n  ],\n  "b": {\n  }\n}')
    expect([...foldsOf(lines)].sort()).toEqual([
      [0, 6],
      [1, 3],
    ])
  })

  test('brackets that nothing opens are passed over', () => {
    expect([...foldsOf(linesAsSent(']\n}\n'))]).toEqual([])
  })
})
