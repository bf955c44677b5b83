import { expect, test } from 'vitest'
import { cutText } from './cut.ts'
import { IN_JSON, NUMBER, SPELLINGS, shows } from './mask.fixture.ts'

const MOST = 60

test('a short text is as it was, of a longer one there is the beginning', () => {
  expect(cutText('a'.repeat(MOST), MOST)).toBe('a'.repeat(MOST))
  expect(cutText('a'.repeat(MOST + 1), MOST)).toBe(`${'a'.repeat(MOST)}…`)
  expect(cutText('12 3'.repeat(20), MOST)).toBe(`${'12 3'.repeat(15)}…`)
})

test.each(Object.entries({ ...SPELLINGS, ...IN_JSON }))(
  'no part of a number is left where the cut goes through it: %s',
  (_, spelt) => {
    for (let before = 0; before <= MOST; before += 1) {
      const cut = cutText(`${'x'.repeat(before)} ${spelt} ${'y'.repeat(MOST)}`, MOST)
      expect(cut.length).toBeLessThanOrEqual(MOST + 1)
      expect(shows(cut)).toBe(false)
      const plain = cut.replace(/<[^<>]*>|[\s.+/_–\-\u200b\u00ad]/g, '')
      expect(plain).not.toContain(NUMBER.slice(0, 8))
    }
  },
)
