import type { Jwk, KeyChain, SigningKeys } from '../../ground/keys.ts'

/** Keeps a key under a name, and gives the one that holds: another may have been kept under that name first. */
export type KeepKey = (name: string, key: Jwk) => Promise<Jwk> | Jwk

/** Creates keys over what was kept before; `keep` is told each new key before anybody gets it. */
export function createSigningKeys(kept: KeyChain = {}, keep: KeepKey = (_name, key) => key): SigningKeys {
  const known = new Map(Object.entries(kept))
  const pending = new Map<string, Promise<Jwk>>()
  const make = async (name: string, generate: () => Promise<Jwk>) => {
    try {
      const key = await keep(name, await generate())
      known.set(name, key)
      return key
    } finally {
      pending.delete(name)
    }
  }
  return {
    get(name, generate) {
      const key = known.get(name)
      if (key) return Promise.resolve(key)
      const running = pending.get(name) ?? make(name, generate)
      pending.set(name, running)
      return running
    },
  }
}
