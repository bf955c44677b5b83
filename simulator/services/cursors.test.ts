import { afterEach, expect, test } from 'vitest'
import { hmacSha256 } from '../adapters/hmac.ts'
import type { Cursor } from '../rules/search/cursor.ts'
import { openCursor, type Sealing, writeCursor } from './cursors.ts'
import { setHmac } from './own-hmac.ts'

/*
 * The platform's own primitive and Web Crypto seal alike: a cursor of a process with it is opened by one without, and a
 * changed one by neither.
 */

afterEach(() => setHmac(undefined))

/** A seed is all that a seal is made with where there is one. */
function sealing(seed: string): Sealing {
  const state = {} as Sealing['state']
  return { state, settings: { seed } }
}

function cursor(changes: Partial<Cursor> = {}): Cursor {
  return {
    lastUpdated: 1_800_000_000_000_000,
    lastId: '6f3c1f6e-5b0c-4b9e-9d0b-0a4f1e0c7a11',
    type: 'Composition',
    municipality: '313231593',
    descending: false,
    count: 10,
    where: {},
    above: null,
    below: null,
    issued: 1_800_000_000_000,
    ...changes,
  }
}

const SEEDS = ['a', '', 'ÆØÅ 🙂', 'x'.repeat(5_000)]
const CURSORS = [
  cursor(),
  cursor({ lastId: 'é', count: 1, descending: true }),
  cursor({ where: { acknowledged: true } }),
]

async function written(): Promise<string[]> {
  const made = SEEDS.flatMap((seed) => CURSORS.map((one) => writeCursor(sealing(seed), one)))
  return Promise.all(made)
}

test('the same cursors get the same text from both', async () => {
  const byWebCrypto = await written()
  setHmac(hmacSha256)
  expect(await written()).toEqual(byWebCrypto)
  expect(new Set(byWebCrypto).size).toBe(SEEDS.length * CURSORS.length)
})

test('what one has sealed the other opens, and what was sealed with another secret neither', async () => {
  const use = { type: 'Composition', municipality: '313231593', now: 1_800_000_000_000, lifetimeSeconds: 3_600 }
  const text = await writeCursor(sealing('a'), cursor())
  for (const hmac of [undefined, hmacSha256]) {
    setHmac(hmac)
    expect((await openCursor(sealing('a'), text, use)).cursor).toEqual(cursor())
    expect((await openCursor(sealing('b'), text, use)).issues.map(({ rule }) => rule)).toEqual(['search-cursor'])
  }
})
