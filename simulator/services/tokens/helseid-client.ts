import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK } from 'jose'
import type { Clock } from '../../ground/clock.ts'
import type { Ids } from '../../ground/ids.ts'
import type { Jwk } from '../../ground/keys.ts'
import { isMembers } from '../../rules/finding.ts'
import { sha256 } from './jwt.ts'
import { createMemo } from './memo.ts'
import { type SigningPair, signJwt } from './own-key.ts'

/**
 * What a client of HelseID sends, for whoever is one: VKP, the robots, and tests. Sending is left to them: they know the way,
 * and what becomes of a connection that breaks.
 */

/** The time that a client has, and its identifiers. */
export interface Moment {
  readonly clock: Pick<Clock, 'now'>
  readonly ids: Pick<Ids, 'uuid'>
}

/** The key of a client, for its assertions. */
export interface ClientKey extends SigningPair {
  readonly kid?: string
}

/** A key for DPoP proofs (RFC 9449). */
export interface ProofKey extends SigningPair {
  readonly publicJwk: Jwk
}

/** A token that is asked for. */
export interface TokenRequest {
  /** HelseID's base URL. */
  readonly authority: string
  readonly clientId: string
  readonly key: ClientKey
  /** Seconds for which the client assertion is good. */
  readonly lifetime: number
  /** Organisation number of the municipality that a multi-tenant client acts for. */
  readonly municipality?: string | undefined
  /** `grant_type`, `scope`, and what else the grant takes. */
  readonly grant: Readonly<Record<string, string>>
  /** What the token is to be bound to; without it, it is a Bearer token. */
  readonly proofKey?: ProofKey | undefined
}

/** A form to POST. */
export interface TokenPost {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** What HelseID answered. */
export interface TokenReply {
  readonly status: number
  /** The header `dpop-nonce`. */
  readonly nonce: string | null
  readonly text: string
}

/** The token, or the answer that has none. */
export type TokenAnswer =
  | { readonly accessToken: string; readonly expiresIn: number; readonly refused?: undefined }
  | { readonly accessToken?: undefined; readonly expiresIn?: undefined; readonly refused: TokenReply }

/**
 * Asks for a token with private_key_jwt (RFC 7523), and once more with the nonce where HelseID demands one (RFC 9449, section
 * 8). Rejects with what `post` rejects with.
 */
export async function requestToken(
  request: TokenRequest,
  moment: Moment,
  post: (form: TokenPost) => Promise<TokenReply>,
): Promise<TokenAnswer> {
  const first = await post(await formFor(request, moment))
  const { nonce } = first
  const reply = isGranted(first) || nonce === null ? first : await post(await formFor(request, moment, nonce))
  const { access_token: accessToken, expires_in: expiresIn } = membersOf(reply)
  if (!isGranted(reply) || typeof accessToken !== 'string') return { refused: reply }
  return { accessToken, expiresIn: Number(expiresIn) }
}

/** Why HelseID gave no token, in its own words. */
export function reasonOf(refused: TokenReply): string {
  const { error, error_description: description } = membersOf(refused)
  return [error, description].filter(Boolean).join(', ') || `it answered ${refused.status}`
}

/** The headers of one API call. A token without a key is a Bearer token. */
export async function authorization(
  { accessToken, proofKey }: { readonly accessToken: string; readonly proofKey?: ProofKey | undefined },
  target: { readonly method: string; readonly url: string },
  moment: Moment,
): Promise<Readonly<Record<string, string>>> {
  if (!proofKey) return { authorization: `Bearer ${accessToken}` }
  const dpop = await signProof(proofKey, { ...target, ath: await sha256(accessToken) }, moment)
  return { authorization: `DPoP ${accessToken}`, dpop }
}

/** A new key for proofs. */
export async function newProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { alg: 'ES256', privateKey, publicJwk: { ...(await exportJWK(publicKey)) } }
}

const clientKeys = createMemo<Promise<ClientKey>>(100)

/** The key in a client's configuration file, a JWK as JSON in a string. It has a `kid`: its thumbprint where it names none. */
export function clientKey(privateJwk: string): Promise<ClientKey> {
  const known = clientKeys.get(privateJwk) ?? importClientKey(JSON.parse(privateJwk) as Jwk)
  clientKeys.put(privateJwk, known)
  return known
}

async function importClientKey(jwk: Jwk): Promise<ClientKey> {
  const alg = String(jwk.alg ?? 'RS256')
  const privateKey = (await importJWK(jwk, alg)) as CryptoKey
  return { alg, privateKey, kid: String(jwk.kid ?? (await calculateJwkThumbprint(jwk))) }
}

const isGranted = ({ status }: TokenReply) => status >= 200 && status < 300

/** What is not JSON is not a token either. */
function membersOf({ text }: TokenReply): Readonly<Record<string, unknown>> {
  try {
    const body: unknown = JSON.parse(text)
    return isMembers(body) ? body : {}
  } catch {
    return {}
  }
}

async function formFor(request: TokenRequest, moment: Moment, nonce?: string): Promise<TokenPost> {
  const url = `${request.authority}/connect/token`
  const form = new URLSearchParams({
    client_id: request.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(request, moment),
    ...request.grant,
  })
  const { proofKey } = request
  const proof = proofKey ? { dpop: await signProof(proofKey, { method: 'POST', url, nonce }, moment) } : {}
  const headers = { 'content-type': 'application/x-www-form-urlencoded', ...proof }
  return { url, headers, body: form.toString() }
}

function signAssertion({ key, clientId, authority, lifetime, municipality }: TokenRequest, moment: Moment) {
  const { kid } = key
  const now = secondsOf(moment)
  const details = municipality === undefined ? {} : { assertion_details: parentOrganization(municipality) }
  return signJwt(
    key,
    { typ: 'client-authentication+jwt', ...(kid === undefined ? {} : { kid }) },
    {
      ...{ iss: clientId, sub: clientId, aud: authority, jti: moment.ids.uuid() },
      ...{ iat: now, nbf: now, exp: now + lifetime, ...details },
    },
  )
}

/** HelseID, "The usage of organization numbers": the parent unit that a multi-tenant client acts for. */
function parentOrganization(orgnr: string) {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}

interface ProofTarget {
  readonly method: string
  readonly url: string
  readonly nonce?: string | undefined
  readonly ath?: string
}

/** RFC 9449, section 4.2. */
function signProof(key: ProofKey, { method, url, nonce, ath }: ProofTarget, moment: Moment): Promise<string> {
  const { origin, pathname } = new URL(url)
  const own = { htm: method, htu: origin + pathname, jti: moment.ids.uuid(), iat: secondsOf(moment) }
  return signJwt(key, { typ: 'dpop+jwt', jwk: key.publicJwk }, { ...own, nonce, ath })
}

function secondsOf({ clock }: Moment): number {
  return Math.floor(clock.now() / 1000)
}
