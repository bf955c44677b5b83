import { expect, test } from 'vitest'
import { cutSignatures, tokensIn } from './jwt.ts'

test('cuts the signature off each token, and nothing else', () => {
  expect(cutSignatures('DPoP eyJa.eyJb.c-d_e, eyJa.b.c.d and eyJa.b')).toBe(
    'DPoP eyJa.eyJb.[signature removed], eyJa.b.[signature removed].d and eyJa.b',
  )
  expect(cutSignatures('xeyJa.b.c x-eyJa.b.c eyJ.b.c eyJa..c')).toBe(
    'xeyJa.b.c x-eyJa.b.[signature removed] eyJ.b.c eyJa..c',
  )
})

test('finds what can be read of tokens', () => {
  expect(tokensIn('"eyJa.b.c","tokeyJa.b"; eyJ.b eyJa')).toEqual(['eyJa.b', 'eyJa.b'])
})
