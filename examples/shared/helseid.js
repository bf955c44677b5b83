// @ts-check
import { createHash, randomUUID } from 'node:crypto'
import { exportJWK, importJWK, SignJWT } from 'jose'
import * as oidc from 'openid-client'

/** @typedef {import('./program.js').Settings} Settings */
/** @typedef {{ accessToken: string, expires: number }} Token `expires`: milliseconds since the epoch */

/** @typedef {Record<string, string | undefined>} ProofClaims */

/** Milliseconds before its end at which a token is renewed. */
const RENEWAL = 30_000

/**
 * Tokens from HelseID, and the DPoP proofs that go with them.
 * @typedef {object} HelseId
 * @property {() => Promise<Token>} token the token in use, or a new one where there is none that lasts
 * @property {(token: Token) => boolean} lasts
 * @property {() => void} forgetToken the API did not take it
 * @property {(answer: { url: string, headers: Headers } | undefined) => void} keepNonce for the proofs to come
 * @property {(method: string, url: string, headers: Headers) => Promise<void>} authorize sets the two headers of a request
 * @property {(method: string, url: string, token: Token) => ProofClaims} claimsOf
 * @property {(claims: ProofClaims) => Promise<string>} signProof
 */

/**
 * @param {Settings} settings
 * @returns {HelseId}
 */
export function createHelseId(settings) {
  /** @type {Token | undefined} */
  let token
  /** @type {Awaited<ReturnType<typeof connect>> | undefined} */
  let connection
  /** @type {Map<string, string>} */
  const nonces = new Map()
  const connected = async () => {
    connection ??= await connect(settings)
    return connection
  }
  /** @type {HelseId} */
  const helseid = {
    async token() {
      if (token === undefined || !helseid.lasts(token)) token = await requestToken(await connected(), settings)
      return token
    },
    lasts: ({ expires }) => Date.now() < expires - RENEWAL,
    forgetToken() {
      token = undefined
    },
    /** RFC 9449, section 8.2: any answer may bring a new nonce, for requests to the same origin. */
    keepNonce(answer) {
      const nonce = answer?.headers.get('dpop-nonce')
      if (answer && nonce) nonces.set(new URL(answer.url).origin, nonce)
    },
    async authorize(method, url, headers) {
      const current = await helseid.token()
      headers.set('authorization', `DPoP ${current.accessToken}`)
      headers.set('dpop', await helseid.signProof(helseid.claimsOf(method, url, current)))
    },
    /** RFC 9449, section 4.2: a new `jti` each time, and `htu` without the query. */
    claimsOf(method, url, { accessToken }) {
      const { origin, pathname } = new URL(url)
      const ath = createHash('sha256').update(accessToken).digest('base64url')
      return { jti: randomUUID(), htm: method, htu: origin + pathname, ath, nonce: nonces.get(origin) }
    },
    async signProof(claims) {
      const { keys } = await connected()
      return new SignJWT(claims)
        .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: await exportJWK(keys.publicKey) })
        .setIssuedAt()
        .sign(keys.privateKey)
    },
  }
  return helseid
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
 * A token that is bound to the key; openid-client answers HelseID's demand for a nonce by itself.
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
