import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sayAdvice } from '../fixes/advice.ts'
import { decodeAnyway, decodeJson } from './encoding.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

describe('bytes are UTF-8', () => {
  test('with or without a byte order mark, which is skipped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        fc.pre(!text.startsWith('\uFEFF') && !text.includes('\0'))
        expect(decodeJson(bytesOf(text))).toEqual({ text, hasByteOrderMark: false })
        expect(decodeJson(bytesOf(`\uFEFF${text}`))).toEqual({ text, hasByteOrderMark: true })
      }),
    )
  })

  test.each([
    [[0xf0, 0x8f, 0xbf, 0xbf]],
    [[0xf0, 0x90, 0x80, 0x80]],
    [[0xe0, 0x9f, 0xbf]],
    [[0xed, 0xa0, 0x80]],
    [[0xf4, 0x90, 0x80, 0x80]],
  ])('at the edges of what four and three bytes may say: %j', (list) => {
    const bytes = Uint8Array.from([0x22, ...list, 0x22])
    expect(decodeJson(bytes).issue === undefined).toBe(isUtf8(bytes))
  })

  test('exactly where the platform says so', () => {
    const anything = fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .array(fc.constantFrom(0x41, 0x80, 0xa0, 0xbf, 0xc1, 0xc2, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0x90), {
          maxLength: 6,
        })
        .map((list) => Uint8Array.from(list)),
    )
    fc.assert(
      fc.property(anything, (bytes) => {
        fc.pre(!bytes.includes(0) && bytes[0] !== 0xff && bytes[0] !== 0xfe)
        expect(decodeJson(bytes).issue === undefined).toBe(isUtf8(bytes))
      }),
      { numRuns: 2_000 },
    )
  })
})

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

describe('other bytes are an error with the place', () => {
  test('Windows-1252, with the letter that it has there', () => {
    const bytes = Uint8Array.from('{\r\n  "æ": "Bjørn"\r\n}', (character) => character.charCodeAt(0))
    const { issue } = decodeJson(bytes)
    expect(issue).toMatchObject({
      rule: 'http-encoding',
      severity: 'fatal',
      line: 2,
      column: 4,
      message: 'The byte 0xE6 at offset 6 is not UTF-8. It looks like Windows-1252, where that byte is æ.',
      patch: null,
    })
    expect(issue?.advice && sayAdvice(issue.advice)).toBe(
      'Write the file, or send the body, as UTF-8: it looks like Windows-1252.',
    )
    expect(decodeAnyway(bytes)).toContain('Bj\uFFFDrn')
  })

  test('the column counts the characters before it, not the bytes', () => {
    const bytes = Uint8Array.from([...bytesOf('{"🫀å": "'), 0x81])
    expect(decodeJson(bytes).issue).toMatchObject({ line: 1, column: 10, evidence: { offset: 12 } })
  })

  test.each([
    ['UTF-16 (little endian)', Buffer.from('\uFEFF{"a":1}', 'utf16le')],
    ['UTF-16 (little endian)', Buffer.from('{"a":1}', 'utf16le')],
    ['UTF-16 (big endian)', Buffer.from('\uFEFF{"a":1}', 'utf16le').swap16()],
    ['UTF-16 (big endian)', Buffer.from('{"a":1}', 'utf16le').swap16()],
    ['UTF-32', Uint8Array.from([0xff, 0xfe, 0, 0, 0x7b, 0, 0, 0])],
    ['UTF-32', Uint8Array.from([0, 0, 0, 0x7b, 0, 0, 0, 0x7d])],
  ])('%s is named', (name, bytes) => {
    expect(decodeJson(bytes).issue).toMatchObject({
      rule: 'http-encoding',
      message: `The text is ${name}, not UTF-8.`,
      line: 1,
      column: 1,
    })
  })
})
