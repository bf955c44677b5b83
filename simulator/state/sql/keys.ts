import type { Jwk, KeyChain, SigningKeys } from '../../ground/keys.ts'
import { createSigningKeys } from '../memory/keys.ts'
import type { Database } from './database.ts'

/** The keys of all sandboxes and processes: who makes one first, makes it for all. */
export async function openSigningKeys({ query }: Database): Promise<SigningKeys> {
  const rows = await query('SELECT name, data FROM jftsim.signing_key')
  const kept: KeyChain = Object.fromEntries(rows.map(({ name, data }) => [name, JSON.parse(String(data)) as Jwk]))
  return createSigningKeys(kept, async (name, key) => {
    await query('INSERT INTO jftsim.signing_key VALUES ($1, $2) ON CONFLICT DO NOTHING', [name, JSON.stringify(key)])
    const [row] = await query('SELECT data FROM jftsim.signing_key WHERE name = $1', [name])
    return row ? (JSON.parse(String(row.data)) as Jwk) : key
  })
}
