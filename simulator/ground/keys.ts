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
