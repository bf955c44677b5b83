import { describe, expect, test } from 'vitest'
import { countMembers, locatorIn, membersOf, positionsIn, readTree } from './json-text.ts'

const DEPTH = 64

function faultOf(text: string) {
  const { fault } = readTree(text, DEPTH)
  return fault && { ...positionsIn(text)(fault.offset), message: fault.message }
}

function rootOf(text: string) {
  const { root } = readTree(text, DEPTH)
  if (root === undefined) throw new Error(`Not JSON: ${text}`)
  return root
}

describe('members of an object', () => {
  test('have the spans of their keys and values, untouched by what is nested in them', () => {
    const text = ' { "id" : "a,}\\"" ,"decimal":1.50, "list":[{"id":"b"},[]],"\\u0069d": null }'
    const members = membersOf(text)
    expect(members.map(({ key, valueStart, valueEnd }) => [key, text.slice(valueStart, valueEnd)])).toEqual([
      ['id', '"a,}\\""'],
      ['decimal', '1.50'],
      ['list', '[{"id":"b"},[]]'],
      ['id', 'null'],
    ])
    expect(members.map(({ keyStart }) => text[keyStart])).toEqual(['"', '"', '"', '"'])
  })

  test('can be read of a nested object', () => {
    const text = '{"meta":{"versionId":"1","tag":[]},"id":"x"}'
    expect(membersOf(text, text.indexOf('{', 1)).map(({ key }) => key)).toEqual(['versionId', 'tag'])
  })

  test('of an empty object, an array or nothing are none', () => {
    expect([membersOf('{ }'), membersOf('[{"a":1}]'), membersOf('')]).toEqual([[], [], []])
  })

  test('keep decimals when one of them is cut out and put back', () => {
    const text = '{"value":2.00,"id":"old"}'
    const id = membersOf(text).find(({ key }) => key === 'id')
    expect(id && `${text.slice(0, id.valueStart)}"new"${text.slice(id.valueEnd)}`).toBe('{"value":2.00,"id":"new"}')
  })
})

describe('counting', () => {
  test.each([
    ['{}', 0],
    ['{"a":1}', 1],
    ['{"a":"b:c","d\\"":{"e":":"}}', 3],
    ['{"a\\\\":1,"b" : [ {"c"\n:2} ]}', 3],
    ['["a","b:"]', 0],
    ['{"a":1,"a":2}', 2],
  ])('%s has %i properties', (text, count) => {
    expect(countMembers(text)).toBe(count)
  })
})

describe('places', () => {
  const text = '{\n  "a": [\n    1,\n    {"b~c/d": true}\n  ],\n  "a": 2\r\n}'

  test('are found by pointer, keys and values apart', () => {
    const root = rootOf(text)
    const place = locatorIn(root)('/a')
    const position = positionsIn(text)
    expect(position(place?.keyStart ?? -1)).toEqual({ line: 6, column: 3 })
    expect(position(place?.node.start ?? -1)).toEqual({ line: 6, column: 8 })
    expect(locatorIn(root)('')?.node).toBe(root)
  })

  test('count UTF-16 code units in columns and LF as the end of a line', () => {
    const position = positionsIn('{"😀":\r\n1}')
    expect([position(0), position(5), position(8)]).toEqual([
      { line: 1, column: 1 },
      { line: 1, column: 6 },
      { line: 2, column: 1 },
    ])
  })

  test('take escapes of RFC 6901 and array indexes', () => {
    const root = rootOf('{"x":[0,{"b~c/d":true}]}')
    expect(locatorIn(root)('/x/1/b~0c~1d')?.node.kind).toBe('boolean')
  })

  test.each(['/nothing', '/x/2', '/x/01', '/x/-', '/x/0/deeper'])('%s leads nowhere', (pointer) => {
    expect(locatorIn(rootOf('{"x":[0,1]}'))(pointer)).toBeUndefined()
  })
})

describe('syntax errors say where and what', () => {
  test.each([
    ['', 1, 1, 'The body is empty; expected a JSON object.'],
    [' \n ', 2, 2, 'The body is empty; expected a JSON object.'],
    ['\uFEFF{}', 1, 1, 'The text begins with a byte order mark (U+FEFF); JSON must not.'],
    ['{"a":1,}', 1, 7, 'A comma must not stand before }.'],
    ['[1,2\n,]', 2, 1, 'A comma must not stand before ].'],
    ['{"a":1 "b":2}', 1, 8, 'Expected a comma or } after this property, but found a string.'],
    ['[1 2]', 1, 4, 'Expected a comma or ] after this item, but found 2.'],
    ['{a:1}', 1, 2, 'The property name a must be in double quotes.'],
    ["{'a':1}", 1, 2, 'A property name must be in double quotes, not in single quotes.'],
    ['{"a":\'b\'}', 1, 6, 'Text must be in double quotes, not in single quotes.'],
    ['{"a" 1}', 1, 6, 'Expected a colon after the property name "a", but found 1.'],
    ['{"a":}', 1, 6, 'Expected a value for the property "a", but found }.'],
    ['{"a":abc}', 1, 6, 'Expected a value for the property "a", but found abc; text must be in double quotes.'],
    ['{"a":1} x', 1, 9, 'Found x after the end of the JSON value.'],
    ['{"a":1', 1, 7, 'The text ends before the closing }.'],
    ['{"a":"b', 1, 6, 'The text ends inside a string.'],
    ['{"a":', 1, 6, 'The text ends where a value for the property "a" should be.'],
    ['{', 1, 2, 'The text ends before the closing }.'],
    ['[1}', 1, 3, 'Expected ], but found }.'],
    ['{"a":1]', 1, 7, 'Expected }, but found ].'],
    ['{"a":1 // why\n}', 1, 8, 'JSON has no comments.'],
    ['{/* why */}', 1, 2, 'JSON has no comments.'],
    ['{"a":"b\nc"}', 1, 8, 'A string must not contain the control character U+000A; write it as an escape.'],
    ['{"a":"\\x"}', 1, 7, 'The escape \\x does not exist in JSON.'],
    ['{"a":"\\u12"}', 1, 7, 'An escape \\u needs four hexadecimal digits.'],
    ['{"a":01}', 1, 6, 'This is not a JSON number.'],
    ['{"a":1.}', 1, 6, 'This is not a JSON number.'],
    ['{"a":-}', 1, 6, 'Expected a value for the property "a", but found -.'],
    ['NaN', 1, 1, 'Expected a JSON value, but found NaN; text must be in double quotes.'],
    ['{"a":\u00a01}', 1, 6, 'Expected a value for the property "a", but found the character U+00A0.'],
  ])('%j', (text, line, column, message) => {
    expect(() => JSON.parse(text)).toThrow()
    expect(faultOf(text)).toEqual({ line, column, message })
  })

  test('nesting has an end', () => {
    const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth)
    expect(faultOf(nested(DEPTH))).toBeUndefined()
    expect(faultOf(nested(DEPTH + 1))).toEqual({
      line: 1,
      column: DEPTH + 1,
      message: 'Objects and arrays are nested deeper than 64 levels.',
    })
    expect(faultOf('['.repeat(1_000_000))?.column).toBe(DEPTH + 1)
  })
})
