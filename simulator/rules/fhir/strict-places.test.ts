import { expect, test } from 'vitest'
import { Places } from './strict-places.ts'

const at = (text: string, offset: number) => new Places(text).of({ path: '', offset, back: 0 })

test('positions count bytes of UTF-8 from 1, lines end with LF', () => {
  expect(at('abc', 3)).toEqual({ line: 1, position: 4 })
  expect(at('å😀x', 4)).toEqual({ line: 1, position: 8 })
  expect(at('a\r\nbå\nc', 5)).toEqual({ line: 2, position: 4 })
})

test('in a long line, at any offset', () => {
  const text = 'æ'.repeat(20_000) + '€'.repeat(20_000)
  const places = new Places(text)
  const offsets = [0, 1, 4095, 4096, 4097, 20_000, 20_001, 39_999, 40_000]
  const positions = offsets.map((offset) => places.of({ path: '', offset, back: 0 }).position)
  expect(positions).toEqual(offsets.map((offset) => Buffer.byteLength(text.slice(0, offset)) + 1))
})

test('the library may take the length of the token off again', () => {
  expect(new Places('{"a":"b"}').of({ path: '', offset: 8, back: 3 })).toEqual({ line: 1, position: 6 })
})
