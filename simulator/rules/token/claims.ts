import { finding, type Members, quote } from '../finding.ts'
import type { Issue } from '../issue.ts'
import { extensionOf } from './key.ts'
import { checkExpiry, checkNotBefore, type LifetimeCheck } from './lifetime.ts'

/** Names that HelseID gives its claims. */
export const CLAIM = {
  parent: 'helseid://claims/client/claims/orgnr_parent',
  child: 'helseid://claims/client/claims/orgnr_child',
  supplier: 'helseid://claims/client/claims/orgnr_supplier',
  clientName: 'helseid://claims/client/client_name',
  tenancy: 'helseid://claims/client/client_tenancy',
  keyType: 'helseid://claims/client/amr',
  journalId: 'nhn:sfm:journal-id',
} as const

/** The algorithms that HelseID takes for assertions and proofs, and announces in its discovery document. */
export const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512'] as const

/** An access token that was read, and what its signature turned out to be. */
export interface AccessToken {
  readonly header: Members
  readonly payload: Members
  readonly signature: 'good' | 'bad'
}

/** What an API asks of an access token. */
export interface AccessTokenUse {
  /** The short name of the API, for example `nhn:jft`; absent where the token is not used at an API. */
  readonly audience?: string
  readonly issuers: readonly string[]
  /** The `kid` of each key in the JWKS, newest first. */
  readonly kids: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
}

/** A few seconds of leeway, as NHN asks of every API (validering_av_access_token_enmd). */
const LIFETIME: LifetimeCheck = {
  subject: 'The access token',
  expired: 'token-expired',
  notYetValid: 'token-not-yet-valid',
  leeway: 5,
}

type Check = (token: AccessToken, use: AccessTokenUse) => Issue | undefined

/** Everything that an API with DPoP must refuse in an access token: what any API refuses, and a token without `cnf`. */
export function checkAccessToken(token: AccessToken, use: AccessTokenUse): Issue[] {
  return [...checkBearerToken(token, use), ...binding(token)]
}

/** Everything that an API without DPoP must refuse in an access token. */
export function checkBearerToken(token: AccessToken, use: AccessTokenUse): Issue[] {
  return CHECKS.flatMap((check) => check(token, use) ?? [])
}

const extension: Check = ({ header }) => {
  const found = extensionOf(header)
  return found === undefined ? undefined : finding('token-malformed', `The access token has ${found}.`, 'no extension')
}

const algorithm: Check = ({ header }) => {
  if (header.alg === 'RS256') return undefined
  return finding(
    'token-alg',
    `The access token's alg is ${quote(header.alg)}; HelseID signs with RS256.`,
    'RS256',
    header.alg,
  )
}

const signature: Check = ({ header, signature: result }, { kids }) => {
  if (result === 'good' || header.alg !== 'RS256' || extensionOf(header) !== undefined) return undefined
  const known = kids.find((kid) => kid === header.kid)
  const keys = kids.length === 1 ? `the only key of this issuer is ${kids[0]}` : `this issuer has ${kids.join(', ')}`
  const message =
    known === undefined
      ? `The access token was signed with key ${quote(header.kid)}; ${keys}. Was the token made by the real HelseID, or before a reset?`
      : `The access token's signature is wrong for key ${known}: the token was changed, or signed with another key.`
  return finding('token-signature', message, kids.join(', '), header.kid)
}

const type: Check = ({ header }) => {
  const typ = String(header.typ).toLowerCase()
  if (typ === 'at+jwt' || typ === 'jwt') return undefined
  const message = `The access token's typ is ${quote(header.typ)}; it must be at+jwt or JWT.`
  return finding('token-typ', message, ['at+jwt', 'JWT'], header.typ)
}

const issuer: Check = ({ payload }, { issuers }) => {
  if (issuers.some((known) => known === payload.iss)) return undefined
  const message = `The access token's iss is ${quote(payload.iss)}; it must be one of ${issuers.join(', ')}.`
  return finding('token-issuer', message, issuers, payload.iss)
}

const audience: Check = ({ payload }, { audience: expected }) => {
  if (expected === undefined || [payload.aud].flat().includes(expected)) return undefined
  const message = `The access token's aud is ${quote(payload.aud)}; this API is ${quote(expected)}.`
  return finding('token-audience', message, expected, payload.aud)
}

const expiry: Check = ({ payload }, { now }) => checkExpiry(payload, now, LIFETIME)
const notBefore: Check = ({ payload }, { now }) => checkNotBefore(payload, now, LIFETIME)

function binding({ payload }: AccessToken): Issue[] {
  if (keyOf(payload) !== undefined) return []
  const message = 'The access token has no cnf.jkt: it is a Bearer token, bound to no key.'
  return [finding('token-binding', message, 'cnf.jkt, the thumbprint of the DPoP key', payload.cnf)]
}

const CHECKS: readonly Check[] = [extension, signature, algorithm, type, issuer, audience, expiry, notBefore]

/** The thumbprint of the key that a token is bound to (RFC 9449, section 6). */
export function keyOf(payload: Members): string | undefined {
  const { cnf } = payload
  if (typeof cnf !== 'object' || cnf === null || !('jkt' in cnf)) return undefined
  return typeof cnf.jkt === 'string' && cnf.jkt !== '' ? cnf.jkt : undefined
}

/** The scopes of a token: HelseID writes an array; a space-delimited string (RFC 9068) is read too. */
export function scopesOf(payload: Members): readonly string[] {
  const { scope } = payload
  if (typeof scope === 'string') return scope.split(' ').filter((one) => one !== '')
  return Array.isArray(scope) ? scope.filter((one): one is string => typeof one === 'string') : []
}

/** A claim that is a string with something in it. */
export function textClaim(payload: Members, name: string): string | undefined {
  const value = payload[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}
