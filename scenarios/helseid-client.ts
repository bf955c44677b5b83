import {
  base64url,
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import { type JwtKey, type JwtParts, signJwt } from './jwt.ts'

/** The parts of a HelseID configuration file that a client needs (VKP.Samples, HelseId.json). */
export interface ClientFile {
  readonly authority: string
  readonly clientId: string
  readonly scopes: readonly string[]
  /** A JWK as a JSON string. */
  readonly privateJwk: string
}

/** A DPoP-bound access token and the key that it is bound to. */
export interface BoundToken {
  readonly accessToken: string
  /** Seconds. */
  readonly expiresIn: number
  readonly proofKey: ProofKey
}

/** A key pair for DPoP proofs, ES256. */
export interface ProofKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** What a token is asked for. */
export interface TokenRequest {
  /** Main unit of the municipality; for multi-tenant clients. */
  readonly orgnr?: string
  /** Space separated; all that the client may have when absent. */
  readonly scope?: string
}

/** How a client reaches HelseID, and what time it has. */
export interface ClientOptions {
  /** The global `fetch` by default. */
  readonly fetch?: (request: Request) => Promise<Response>
  /** Milliseconds since the epoch; the machine's time by default. */
  readonly now?: () => number
}

/** HelseID refused; `message` has its whole answer. */
export class TokenRefused extends Error {}

/**
 * Gets a token as NHN's own libraries do: discovery, client assertion, DPoP with the nonce round trip (client
 * credentials). Throws a `TokenRefused` with what HelseID answered.
 */
export async function requestToken(
  file: ClientFile,
  wanted: TokenRequest = {},
  { fetch = globalThis.fetch, now = Date.now }: ClientOptions = {},
): Promise<BoundToken> {
  const means = { fetch, now }
  const endpoint = await tokenEndpoint(file.authority, means)
  const proofKey = await newProofKey()
  const post = async (nonce?: string) => {
    const target = { method: 'POST', url: endpoint, ...(nonce === undefined ? {} : { nonce }) }
    const headers = { dpop: await createProof(proofKey, target, now) }
    return fetch(new Request(endpoint, { method: 'POST', headers, body: await tokenForm(file, wanted, now) }))
  }
  const first = await post()
  const nonce = first.headers.get('dpop-nonce')
  const answer = nonce === null ? first : await post(nonce)
  if (!answer.ok) throw new TokenRefused(`${endpoint} answered ${answer.status}: ${await answer.text()}`)
  const { access_token: accessToken, expires_in: expiresIn } = (await answer.json()) as {
    access_token: string
    expires_in: number
  }
  return { accessToken, expiresIn, proofKey }
}

/** What a proof is for (RFC 9449, section 4.2). `url` may have a query: it is left out of `htu`. */
export interface ProofTarget {
  readonly method: string
  readonly url: string
  readonly accessToken?: string
  readonly nonce?: string
}

/** Signs a DPoP proof with a fresh `jti`. */
export async function createProof(key: ProofKey, target: ProofTarget, now: () => number = Date.now): Promise<string> {
  return signJwt(await proofParts(key, target, now), { privateKey: key.privateKey, alg: 'ES256' })
}

/** What a DPoP proof for the target says, with a fresh `jti`. */
export async function proofParts(
  key: ProofKey,
  { method, url, accessToken, nonce }: ProofTarget,
  now: () => number,
): Promise<JwtParts> {
  const { origin, pathname } = new URL(url)
  return {
    header: { typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk },
    claims: {
      htm: method,
      htu: origin + pathname,
      jti: crypto.randomUUID(),
      iat: secondsOf(now),
      ...(accessToken === undefined ? {} : { ath: await hashOf(accessToken) }),
      ...(nonce === undefined ? {} : { nonce }),
    },
  }
}

/** Tokens whose hash is remembered at once. */
const REMEMBERED = 1_000

const hashes = new Map<string, Promise<string>>()

/** The hash of a token, which goes into each of its proofs. */
export function hashOf(accessToken: string): Promise<string> {
  const hash = hashes.get(accessToken) ?? sha256(accessToken)
  if (hashes.size >= REMEMBERED) hashes.clear()
  hashes.set(accessToken, hash)
  return hash
}

/** base64url(SHA-256(text)). */
async function sha256(text: string): Promise<string> {
  return base64url.encode(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))))
}

/** The headers of one API call with a bound token. */
export async function authorize(
  token: BoundToken,
  method: string,
  url: string,
  now: () => number = Date.now,
): Promise<{ readonly authorization: string; readonly dpop: string }> {
  const proof = await createProof(token.proofKey, { method, url, accessToken: token.accessToken }, now)
  return { authorization: `DPoP ${token.accessToken}`, dpop: proof }
}

/** A new key pair for DPoP proofs. Its private key can be exported. */
export async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256', { extractable: true })
  return { privateKey, publicJwk: await exportJWK(publicKey) }
}

async function tokenEndpoint(authority: string, { fetch }: Required<ClientOptions>): Promise<string> {
  const url = `${authority}/.well-known/openid-configuration`
  const answer = await fetch(new Request(url))
  if (!answer.ok) throw new TokenRefused(`${url} answered ${answer.status}.`)
  return ((await answer.json()) as { token_endpoint: string }).token_endpoint
}

async function tokenForm(
  file: ClientFile,
  { orgnr, scope }: TokenRequest,
  now: () => number,
): Promise<URLSearchParams> {
  const key = await clientKey(file)
  const assertion = await signJwt(await assertionParts(file, orgnr, now), key)
  return new URLSearchParams({ ...formMembers(file, assertion), ...(scope === undefined ? {} : { scope }) })
}

/** The members of a token request for client credentials (RFC 6749, section 4.4; RFC 7523, section 2.2). */
export function formMembers({ clientId }: ClientFile, assertion: string): Record<string, string> {
  return {
    grant_type: 'client_credentials',
    client_id: clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
  }
}

/** The key that a client signs its assertions with, and its `kid`. */
export function clientKey({ privateJwk }: ClientFile): Promise<JwtKey & { readonly kid: string }> {
  if (!privateJwk) throw new Error(KEPT_BACK)
  const key = clientKeys.get(privateJwk) ?? importClientKey(JSON.parse(privateJwk) as JWK)
  clientKeys.set(privateJwk, key)
  return key
}

const KEPT_BACK =
  'The client file has no private key. A simulator that other machines can reach gives one out only with --hand-out-keys.'

/** A program has few clients; each key is read once. */
const clientKeys = new Map<string, Promise<JwtKey & { readonly kid: string }>>()

async function importClientKey(jwk: JWK): Promise<JwtKey & { readonly kid: string }> {
  const alg = jwk.alg ?? 'RS256'
  const privateKey = await importJWK(jwk, alg)
  if (privateKey instanceof Uint8Array) throw new TypeError('privateJwk is a symmetric key.')
  return { privateKey, alg, kid: jwk.kid ?? (await calculateJwkThumbprint(jwk)) }
}

/** What a client assertion says: 30 seconds, and the parent unit that the client acts for. */
export async function assertionParts(
  file: ClientFile,
  orgnr: string | undefined,
  now: () => number,
): Promise<JwtParts> {
  const { authority, clientId } = file
  const { kid, alg } = await clientKey(file)
  const at = secondsOf(now)
  const details = orgnr === undefined ? {} : { assertion_details: organization(orgnr) }
  const own = { iss: clientId, sub: clientId, aud: authority, jti: crypto.randomUUID() }
  return {
    header: { typ: 'client-authentication+jwt', alg, kid },
    claims: { ...own, iat: at, nbf: at, exp: at + 30, ...details },
  }
}

/** HelseID, "Organisation numbers": the parent unit of a multi-tenant client. */
function organization(orgnr: string) {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}

/** A time in milliseconds as a NumericDate (RFC 7519, section 2). */
export function secondsOf(now: () => number): number {
  return Math.floor(now() / 1000)
}
