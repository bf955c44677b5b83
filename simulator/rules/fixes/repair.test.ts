import { describe, expect, test } from 'vitest'
import { applyEdits } from '../json/edits.ts'
import { mendSyntax } from './syntax.ts'

const mended = (text: string) => {
  const { advice, edits } = mendSyntax(text)
  return [advice.key, edits.length === 0 ? undefined : applyEdits(text, edits)]
}

describe('what somebody meant is clear: it is mended, and nothing else is touched', () => {
  test.each([
    ['a comma before a brace', '{"a":1 , }', '{"a":1  }', 'json-comma'],
    ['a comma before a bracket', '[1,]', '[1]', 'json-comma'],
    ['a comma in front', '[,1]', '[1]', 'json-comma'],
    ['nothing but a comma', '[,]', '[]', 'json-comma'],
    ['a comma twice', '[1,,2]', '[1,2]', 'json-comma'],
    ['no comma between two properties', '{"a":1 "b":2}', '{"a":1, "b":2}', 'json-no-comma'],
    ['no comma between two items', '["a""b"]', '["a","b"]', 'json-no-comma'],
    ['a comment to the end of the line', '{"a":1} // see\n', '{"a":1} \n', 'json-comment'],
    ['the same before a carriage return', '{// see\r\n"a":1}', '{\r\n"a":1}', 'json-comment'],
    ['the same at the end', '[1]//', '[1]', 'json-comment'],
    ['a comment in a block', '{"a":/* * / */1}', '{"a":1}', 'json-comment'],
    ['a name without quotes', '{æ_1-b:1}', '{"æ_1-b":1}', 'json-name'],
    ['True of Python', '[True]', '[true]', 'json-word'],
    ['FALSE', '[FALSE]', '[false]', 'json-word'],
    ['None', '{"a":None}', '{"a":null}', 'json-word'],
    ['no digit before the point', '[.5]', '[0.5]', 'json-digits'],
    ['no digit behind the point', '[5.]', '[5]', 'json-digits'],
    ['neither, with an exponent', '[-.5e3]', '[-0.5e3]', 'json-digits'],
    ['a plus', '[+5]', '[5]', 'json-digits'],
    ['a date without quotes', '{"a":2026-05-26}', '{"a":"2026-05-26"}', 'json-bare'],
    ['a month without quotes', '[2026-05,1]', '["2026-05",1]', 'json-bare'],
    ['a time without quotes', '[2026-05-26T10:06:17.12+02:00]', '["2026-05-26T10:06:17.12+02:00"]', 'json-bare'],
    ['a time in UTC without quotes', '[2026-05-26T10:06Z]', '["2026-05-26T10:06Z"]', 'json-bare'],
    ['a line break in a text', '["a\nb"]', '["a\\nb"]', 'json-control'],
    ['another control character in a text', '["a\u0001b"]', '["a\\u0001b"]', 'json-control'],
    ['a backslash that escapes nothing', '["C:\\data"]', '["C:\\\\data"]', 'json-escape'],
    ['half an escape', '["\\u00f"]', '["\\\\u00f"]', 'json-escape'],
    ['a space without a break', '{\u00a0"a":1}', '{"a":1}', 'json-space'],
    ['a byte order mark inside', '[1,\uFEFF2]', '[1,2]', 'json-space'],
  ])('%s', (_, text, right, key) => {
    expect(mended(text)).toEqual([key, right])
    expect(() => JSON.parse(right)).not.toThrow()
  })

  test.each([
    ["{'a':'b'}", '{"a":"b"}', 4],
    [`['say "x"']`, '["say \\"x\\""]', 4],
    [`['it\\'s']`, `["it's"]`, 3],
    ['{a:True,}', '{"a":true}', 3],
  ])('several places: %s', (text, right, count) => {
    const { advice, edits } = mendSyntax(text)
    expect(applyEdits(text, edits)).toBe(right)
    expect([advice.key, advice.values.count]).toEqual(['json-more', count])
  })
})

describe('somebody has to look: it says at what, and changes nothing', () => {
  test.each([
    ['', 'json-empty'],
    [' \n', 'json-empty'],
    ['<Composition/>', 'json-xml'],
    ['<?xml version="1.0"?>', 'json-xml'],
    ['{"a":1', 'json-truncated'],
    ['{"a":"b', 'json-truncated'],
    ['{"a":', 'json-truncated'],
    ['{"a":/* 1', 'json-truncated'],
    ['{"a":[1}', 'json-bracket'],
    ['[1}', 'json-bracket'],
    ['{"a" 1}', 'json-colon'],
    ['{"a":1}}', 'json-after'],
    ['{"a":1} x', 'json-after'],
    ['{"a":final}', 'json-bare'],
    ['{"a":NaN}', 'json-number'],
    ['{"a":-}', 'json-number'],
    ['{"a":1.2.3}', 'json-number'],
    ['{"a":12x}', 'json-number'],
    ['{"a":1-2}', 'json-number'],
    ['{"a":2026-5-26}', 'json-number'],
    ['{"a":10:06}', 'json-number'],
    ['{"a":012}', 'json-zeros'],
    ['{"a":-012}', 'json-zeros'],
    ['{"a":#}', 'json'],
    ['{"a":1 / 2}', 'json'],
    ['{#:1}', 'json'],
    ['['.repeat(65) + ']'.repeat(65), 'json-deep'],
  ])('%s', (text, key) => {
    expect(mendSyntax(text)).toMatchObject({ advice: { key }, edits: [] })
  })

  test('what comes before is said first', () => {
    expect(mendSyntax('{a:1,"b":NaN}')).toMatchObject({ advice: { key: 'json-name' }, edits: [] })
    expect(mendSyntax('{"b":NaN,a:1}')).toMatchObject({ advice: { key: 'json-number' }, edits: [] })
  })
})
