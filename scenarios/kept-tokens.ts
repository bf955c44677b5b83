import type { BoundToken } from './helseid-client.ts'

/**
 * Keeps tokens by a key, and gets another where there is none, the last try failed, or the last one is used up: after
 * `usedFor` seconds of what it lives. `now`: milliseconds since the epoch; the machine's time by default.
 */
export function keptTokens(usedFor: (expiresIn: number) => number, now: () => number = Date.now) {
  const tokens = new Map<string, Promise<BoundToken & { readonly until: number }>>()
  return async (key: string, get: () => Promise<BoundToken>): Promise<BoundToken> => {
    const known = await tokens.get(key)?.catch(() => undefined)
    if (known && known.until > now()) return known
    const fresh = get().then((token) => ({ ...token, until: now() + usedFor(token.expiresIn) * 1_000 }))
    tokens.set(key, fresh)
    return fresh
  }
}
