import { z } from 'zod'

/** A public or private JSON Web Key (RFC 7517). */
export type Jwk = Readonly<Record<string, unknown>>

/** Keys by name, as they are kept between two runs. */
export type KeyChain = Readonly<Record<string, Jwk>>

/** Keeps key pairs. Implementations: memory, or a file of the machine. */
export interface SigningKeys {
  /**
   * The private JWK of that name, made with `generate` on first use. Two callers at once get the same key.
   * Throws what `generate` throws.
   */
  get(name: string, generate: () => Promise<Jwk>): Promise<Jwk>
}

/** What a key needs to be used: a secret has `k`, a private EC key its point and `d`, a private RSA key all of its numbers. */
const text = z.string().min(1)
const rsa = { n: text, e: text, d: text, p: text, q: text, dp: text, dq: text, qi: text }
const keyChainSchema = z.record(
  z.string(),
  z.discriminatedUnion('kty', [
    z.looseObject({ kty: z.literal('oct'), k: text }),
    z.looseObject({ kty: z.literal('EC'), crv: text, x: text, y: text, d: text }),
    z.looseObject({ kty: z.literal('RSA'), ...rsa }),
  ]),
)

/** Reads keys that were kept; `wrong` is the place of what is no key. */
export function readKeyChain(value: unknown): { readonly chain: KeyChain } | { readonly wrong: string } {
  const parsed = keyChainSchema.safeParse(value)
  if (parsed.success) return { chain: parsed.data }
  const [first] = parsed.error.issues
  return { wrong: first?.path.map(String).join('.') || 'all of it' }
}
