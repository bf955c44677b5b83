import type { Jwk, KeyChain, SigningKeys } from '../../ground/keys.ts'

/** Creates keys over what was kept before; `keep` is told the whole chain after each new key. */
export function createSigningKeys(kept: KeyChain = {}, keep: (chain: KeyChain) => void = () => {}): SigningKeys {
  const pending = new Map<string, Promise<Jwk>>()
  let chain: KeyChain = kept
  const make = async (name: string, generate: () => Promise<Jwk>) => {
    const key = await generate()
    chain = { ...chain, [name]: key }
    keep(chain)
    return key
  }
  return {
    get(name, generate) {
      const known = chain[name]
      if (known) return Promise.resolve(known)
      const running = pending.get(name) ?? make(name, generate)
      pending.set(name, running)
      return running
    },
  }
}
