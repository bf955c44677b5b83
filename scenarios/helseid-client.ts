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

/** HelseID refused; `message` has its whole answer. */
export class TokenRefused extends Error {}

/**
 * Gets a token as NHN's own libraries do: discovery, client assertion, DPoP with the nonce round trip (client
 * credentials). Throws a `TokenRefused` with what HelseID answered.
 */
export async function requestToken(file: ClientFile, wanted: TokenRequest = {}): Promise<BoundToken> {
  const endpoint = await tokenEndpoint(file.authority)
  const proofKey = await newProofKey()
  const first = await post(endpoint, file, wanted, await createProof(proofKey, { method: 'POST', url: endpoint }))
  const nonce = first.headers.get('dpop-nonce')
  const answer =
    nonce === null
      ? first
      : await post(endpoint, file, wanted, await createProof(proofKey, { method: 'POST', url: endpoint, nonce }))
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
export function createProof(key: ProofKey, { method, url, accessToken, nonce }: ProofTarget): Promise<string> {
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
    .setIssuedAt()
    .sign(key.privateKey)
}

/** The headers of one API call with a bound token. */
export async function authorize(token: BoundToken, method: string, url: string): Promise<Record<string, string>> {
  const proof = await createProof(token.proofKey, { method, url, accessToken: token.accessToken })
  return { authorization: `DPoP ${token.accessToken}`, dpop: proof }
}

async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { privateKey, publicJwk: await exportJWK(publicKey) }
}

async function tokenEndpoint(authority: string): Promise<string> {
  const url = `${authority}/.well-known/openid-configuration`
  const answer = await fetch(url)
  if (!answer.ok) throw new TokenRefused(`${url} answered ${answer.status}.`)
  return ((await answer.json()) as { token_endpoint: string }).token_endpoint
}

async function post(endpoint: string, file: ClientFile, wanted: TokenRequest, proof: string): Promise<Response> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: file.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(file, wanted.orgnr),
    ...(wanted.scope === undefined ? {} : { scope: wanted.scope }),
  })
  return fetch(endpoint, { method: 'POST', body, headers: { dpop: proof } })
}

async function signAssertion(file: ClientFile, orgnr: string | undefined): Promise<string> {
  const jwk = JSON.parse(file.privateJwk) as JWK
  const kid = jwk.kid ?? (await calculateJwkThumbprint(jwk))
  const details = orgnr === undefined ? {} : { assertion_details: organization(orgnr) }
  return new SignJWT({ ...details, jti: randomUUID() })
    .setProtectedHeader({ typ: 'client-authentication+jwt', alg: jwk.alg ?? 'RS256', kid })
    .setIssuer(file.clientId)
    .setSubject(file.clientId)
    .setAudience(file.authority)
    .setIssuedAt()
    .setNotBefore('0s')
    .setExpirationTime('30s')
    .sign(await importJWK(jwk, jwk.alg ?? 'RS256'))
}

/** HelseID, "Organisation numbers": the parent unit of a multi-tenant client. */
function organization(orgnr: string) {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}
