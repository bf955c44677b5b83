import { expect, test } from 'vitest'
import { createSigningKeys } from './keys.ts'

const made = (kid: string) => async () => ({ kty: 'oct', k: kid })

test('two callers at once get one key, and whoever keeps it is told before', async () => {
  const kept: string[] = []
  const keys = createSigningKeys({}, async (name, key) => {
    await Promise.resolve()
    kept.push(name)
    return key
  })
  const both = await Promise.all([keys.get('a', made('1')), keys.get('a', made('2'))])
  expect([both, kept]).toEqual([
    [
      { kty: 'oct', k: '1' },
      { kty: 'oct', k: '1' },
    ],
    ['a'],
  ])
})

test('the key that somebody else kept first holds', async () => {
  const keys = createSigningKeys({}, () => ({ kty: 'oct', k: 'theirs' }))
  expect([await keys.get('a', made('1')), await keys.get('a', made('2'))]).toEqual([
    { kty: 'oct', k: 'theirs' },
    { kty: 'oct', k: 'theirs' },
  ])
})

test('a key that could not be made is made at the next use', async () => {
  const keys = createSigningKeys()
  await expect(keys.get('a', () => Promise.reject(new Error('no entropy')))).rejects.toThrow('no entropy')
  expect(await keys.get('a', made('1'))).toEqual({ kty: 'oct', k: '1' })
})
