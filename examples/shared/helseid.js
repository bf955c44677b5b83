// @ts-check
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, importJWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'

/** @typedef {import('./program.js').Settings} Settings */
/** @typedef {{ accessToken: string, expires: number }} Token `expires`: milliseconds since the epoch */

/** @typedef {Record<string, string | undefined>} ProofClaims */

/** Milliseconds before its end at which a token is renewed. */
const RENEWAL = 30_000

/** Tokens from HelseID, and the DPoP proofs that go with them. */
export class HelseId {
  #settings
  /** @type {Token | undefined} */
  #token
  /** @type {Awaited<ReturnType<typeof connect>> | undefined} */
  #connection
  /** By origin. @type {Map<string, string>} */
  #nonces = new Map()

  /** @param {Settings} settings */
  constructor(settings) {
    this.#settings = settings
  }

  /** The token in use, or a new one where there is none that lasts. */
  async token() {
    if (this.#token === undefined || !this.lasts(this.#token))
      this.#token = await requestToken(await this.#connected(), this.#settings)
    return this.#token
  }

  /** @param {Token} token */
  lasts({ expires }) {
    return Date.now() < expires - RENEWAL
  }

  /** The API did not take it. */
  forgetToken() {
    this.#token = undefined
  }

  /**
   * RFC 9449, section 8.2: any answer may bring a new nonce, for requests to the same origin.
   * @param {{ url: string, headers: Headers } | undefined} answer
   */
  keepNonce(answer) {
    const nonce = answer?.headers.get('dpop-nonce')
    if (answer && nonce) this.#nonces.set(new URL(answer.url).origin, nonce)
  }

  /**
   * Sets the two headers of a request.
   * @param {string} method
   * @param {string} url
   * @param {Headers} headers
   */
  async authorize(method, url, headers) {
    const token = await this.token()
    headers.set('authorization', `DPoP ${token.accessToken}`)
    headers.set('dpop', await this.signProof(this.claimsOf(method, url, token)))
  }

  /**
   * RFC 9449, section 4.2: a new `jti` each time, and `htu` without the query.
   * @param {string} method
   * @param {string} url
   * @param {Token} token
   * @returns {ProofClaims}
   */
  claimsOf(method, url, { accessToken }) {
    const { origin, pathname } = new URL(url)
    const ath = createHash('sha256').update(accessToken).digest('base64url')
    return { jti: randomUUID(), htm: method, htu: origin + pathname, ath, nonce: this.#nonces.get(origin) }
  }

  /** @param {ProofClaims} claims */
  async signProof(claims) {
    const { keys } = await this.#connected()
    return new SignJWT(claims)
      .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(keys.publicKey) })
      .setIssuedAt()
      .sign(keys.privateKey)
  }

  async #connected() {
    this.#connection ??= await connect(this.#settings)
    return this.#connection
  }
}

/**
 * Discovery, the client's own key, and a new key for the proofs. The assertion names the municipality that the client acts
 * for (HelseID, "Organisation numbers").
 * @param {Settings} settings
 */
async function connect({ authority, client, municipality }) {
  const jwk = JSON.parse(client.privateJwk)
  const key = /** @type {import('jose').CryptoKey} */ (await importJWK(jwk, jwk.alg ?? 'RS256'))
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${municipality}:` }
  const assertion = oidc.PrivateKeyJwt(
    { key, kid: jwk.kid },
    {
      [oidc.modifyAssertion]: (header, payload) => {
        header.typ = 'client-authentication+jwt'
        payload.assertion_details = {
          type: 'helseid_authorization',
          practitioner_role: { organization: { identifier } },
        }
      },
    },
  )
  // Only a HelseID on this machine speaks plain HTTP.
  const execute = authority.startsWith('http://') ? [oidc.allowInsecureRequests] : []
  const config = await oidc.discovery(new URL(authority), client.clientId, {}, assertion, { execute })
  const keys = await oidc.randomDPoPKeyPair('ES256')
  return { config, keys, DPoP: oidc.getDPoPHandle(config, keys) }
}

/**
 * A token that is bound to the key; openid-client answers HelseID's demand for a nonce on its own.
 * @param {Awaited<ReturnType<typeof connect>>} connection
 * @param {Settings} settings
 * @returns {Promise<Token>}
 */
async function requestToken({ config, DPoP }, { scope }) {
  const { access_token: accessToken, expires_in: seconds = 0 } = await oidc.clientCredentialsGrant(
    config,
    { scope },
    { DPoP },
  )
  return { accessToken, expires: Date.now() + seconds * 1000 }
}
