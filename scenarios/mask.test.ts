import { expect, test } from 'vitest'
import { mask, realSeries } from './mask.ts'

/** In the form of the real series, of a day that has not come; built here, since no file has such a number. */
const UNBORN = ['2412', '39', '99999'].join('')

test('what has the form of a real number is masked, a synthetic one is not', () => {
  expect(mask(`a ${UNBORN} b 02850097219 c`)).toBe('a 241239***** b 02850097219 c')
  expect(mask(`${UNBORN}0`)).toBe(`${UNBORN}0`)
  expect(realSeries(`${UNBORN} 02850097219 241239*****`)).toEqual(['241239*****', '241239*****'])
})

test('a token loses its signature, a key its private members', () => {
  expect(mask('DPoP eyJhbGciOiJub25lIn0.eyJhIjoxfQ.c2lnbmF0dXJl')).toBe(
    'DPoP eyJhbGciOiJub25lIn0.eyJhIjoxfQ.[signature removed]',
  )
  expect(mask('{"kty":"EC","d":"abcdefghijklmnopqrstuvwxyz"}')).toBe('{"kty":"EC","d":"[removed]"}')
})
