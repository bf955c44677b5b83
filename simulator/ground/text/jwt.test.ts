import { expect, test } from 'vitest'
import { tokensIn } from './jwt.ts'

test('finds what can be read of tokens', () => {
  expect(tokensIn('"eyJa.b.c","tokeyJa.b"; eyJ.b eyJa')).toEqual(['eyJa.b', 'eyJa.b'])
})
