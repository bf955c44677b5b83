import { describe, expect, test } from 'vitest'
import { MAX_DEPTH, TOKEN, TokenReader, tokenName, Unreadable } from './strict-tokens.ts'

/** The names of all tokens that can be read, and what ends the reading. */
function tokensOf(text: string): readonly string[] {
  const reader = new TokenReader(text)
  const names: string[] = []
  try {
    while (reader.read()) names.push(tokenName(reader.token))
  } catch (error) {
    if (error instanceof Unreadable) return [...names, error.kind]
    throw error
  }
  return names
}

describe('a reader of tokens', () => {
  test('reads up to what is no JSON', () => {
    expect(tokensOf('{"a":[1,true,null]}')).toEqual([
      'StartObject',
      'PropertyName',
      'StartArray',
      'Number',
      'True',
      'Null',
      'EndArray',
      'EndObject',
    ])
    expect(tokensOf('{"a":1,}')).toEqual(['StartObject', 'PropertyName', 'Number', 'syntax'])
    expect(tokensOf('[1 2]')).toEqual(['StartArray', 'Number', 'syntax'])
    expect(tokensOf('[] x')).toEqual(['StartArray', 'EndArray', 'syntax'])
    expect(tokensOf('')).toEqual(['syntax'])
  })

  test.each(['01', '1.', '.5', '1e', '+1', 'NaN', "'a'", '"\n"', '"\\x"', '"\\u12"', 'tru', '/**/1', '[1,]', '{a:1}'])(
    '%s is no JSON',
    (text) => {
      expect(tokensOf(text).at(-1)).toBe('syntax')
    },
  )

  test('goes as deep as System.Text.Json', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(tokensOf(nested(MAX_DEPTH)).at(-1)).toBe('EndArray')
    expect(tokensOf(nested(MAX_DEPTH + 1)).at(-1)).toBe('syntax')
  })

  test('skips a value, and goes back', () => {
    const reader = new TokenReader('{"a":{"b":[1]}, "c":2}')
    reader.read()
    reader.read()
    reader.skip()
    expect([reader.string(), reader.depth]).toEqual(['c', 1])
    reader.moveTo(0)
    reader.skip()
    expect(reader.is(TOKEN.EndObject)).toBe(true)
    expect([reader.read(), reader.isBehind]).toEqual([false, true])
  })

  test('resolves escapes, but not half of a pair', () => {
    const reader = new TokenReader('["\\u00e5\\ud83d\\ude00", "\\ud83d"]')
    reader.read()
    reader.read()
    expect(reader.string()).toBe('å😀')
    reader.read()
    expect(() => reader.string()).toThrow(Unreadable)
  })

  test('counts and finds the items of an array', () => {
    const reader = new TokenReader('[{"a":1}, [2], 3]')
    reader.read()
    expect(reader.countItems()).toBe(3)
    expect([0, 1, 2, 3].map((index) => reader.tokenOfItem(index))).toEqual([1, 5, 8, undefined])
  })
})
