import { describe, expect, test } from 'vitest'
import { SPELLINGS, shows } from '../../../simulator/ground/text/mask/mask.fixture.ts'
import { maskNumbers } from './reveal.ts'

describe('maskNumbers', () => {
  test.each([
    ['"value": "02850097219"', '"value": "028500•••••"'],
    ['subject=urn:oid:2.16.578.1.12.4.1.4.1|02850097219', 'subject=urn:oid:2.16.578.1.12.4.1.4.1|028500•••••'],
    ['Ringte 02850097219.', 'Ringte 028500•••••.'],
    ['02850097219, 11845599620', '028500•••••, 118455•••••'],
  ])('%s', (text, masked) => {
    expect(maskNumbers(text)).toBe(masked)
  })

  test.each(['313231593', '123456789012', '1.02850097219', 'x02850097219', '0285-02850097219-1'])(
    '%s is not an identity number',
    (text) => {
      expect(maskNumbers(text)).toBe(text)
    },
  )
})

test.each(Object.entries(SPELLINGS))('what looks like a real number is hidden: %s', (_, text) => {
  expect(shows(maskNumbers(text))).toBe(false)
  expect(maskNumbers(text)).toHaveLength(text.length)
})
