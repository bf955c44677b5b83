import { createHash, randomUUID } from 'node:crypto'
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose'

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

/** A key pair for DPoP proofs. */
export interface ProofKey {
  readonly privateKey: CryptoKeyLike
  readonly publicJwk: JWK
}

type CryptoKeyLike = Awaited<ReturnType<typeof generateKeyPair>>['privateKey']

/** What a token is asked for. */
export interface TokenRequest {
  /** Main unit of the municipality; for multi-tenant clients. */
  readonly orgnr?: string
  /** Space separated; all that the client may have when absent. */
  readonly scope?: string
}

/** How a client reaches HelseID, and what time it has. */
export interface Means {
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
  { fetch = globalThis.fetch, now = Date.now }: Means = {},
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
export function createProof(
  key: ProofKey,
  { method, url, accessToken, nonce }: ProofTarget,
  now: () => number = Date.now,
): Promise<string> {
  const { origin, pathname } = new URL(url)
  const ath = accessToken === undefined ? {} : { ath: createHash('sha256').update(accessToken).digest('base64url') }
  const claims = {
    htm: method,
    htu: origin + pathname,
    jti: randomUUID(),
    ...ath,
    ...(nonce === undefined ? {} : { nonce }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .setIssuedAt(secondsOf(now))
    .sign(key.privateKey)
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

async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { privateKey, publicJwk: await exportJWK(publicKey) }
}

async function tokenEndpoint(authority: string, { fetch }: Required<Means>): Promise<string> {
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
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: file.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(file, orgnr, secondsOf(now)),
    ...(scope === undefined ? {} : { scope }),
  })
}

/** `now`: seconds since the epoch. */
async function signAssertion(file: ClientFile, orgnr: string | undefined, now: number): Promise<string> {
  const jwk = JSON.parse(file.privateJwk) as JWK
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  const details = orgnr === undefined ? {} : { assertion_details: organization(orgnr) }
  return new SignJWT({ ...details, jti: randomUUID() })
    .setProtectedHeader({ typ: 'client-authentication+jwt', alg: jwk.alg ?? 'RS256', kid })
    .setIssuer(file.clientId)
    .setSubject(file.clientId)
    .setAudience(file.authority)
    .setIssuedAt(now)
    .setNotBefore(now)
    .setExpirationTime(now + 30)
    .sign(await importJWK(jwk, jwk.alg ?? 'RS256'))
}

/** HelseID, "Organisation numbers": the parent unit of a multi-tenant client. */
function organization(orgnr: string) {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}

function secondsOf(now: () => number): number {
  return Math.floor(now() / 1000)
}
