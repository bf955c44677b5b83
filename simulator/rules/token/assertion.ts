import { finding, type Members, numericDate, quote } from '../finding.ts'
import type { Issue } from '../issue.ts'
import { ALGORITHMS } from './claims.ts'
import { extensionOf } from './key.ts'
import { checkExpiry, checkNotBefore, type LifetimeCheck } from './lifetime.ts'

/** A client assertion (RFC 7523) that was read, and what its signature turned out to be. */
export interface Assertion {
  readonly header: Members
  readonly payload: Members
  /** `unchecked`: the client is unknown, or the algorithm is none that HelseID takes. */
  readonly signature: 'good' | 'bad' | 'unchecked'
  /** Why it is bad. */
  readonly fault?: string | undefined
}

/** Where and when an assertion is used. */
export interface AssertionUse {
  /** The form's `client_id`, which may be absent. */
  readonly clientId?: string | undefined
  /** The issuer that was called, then all other names of the same server. */
  readonly issuers: readonly string[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** How many keys the client has. */
  readonly keys: number
}

const LIFETIME: LifetimeCheck = {
  subject: 'The client assertion',
  expired: 'assertion-expired',
  notYetValid: 'assertion-not-yet-valid',
  leeway: 10,
}

/** Seconds that an assertion may live at the most (HelseID on Confluence, page 541982723). */
const LONGEST = 60

/** Paths that Duende takes as the audience of an assertion without the newer `typ`. */
const ENDPOINTS = ['/connect/token', '/connect/par', '/connect/ciba']

type Check = (assertion: Assertion, use: AssertionUse) => Issue | undefined

/** Everything that HelseID must refuse in a client assertion. `iat` and `kid` are let through as there. */
export function checkAssertion(assertion: Assertion, use: AssertionUse): Issue[] {
  return CHECKS.flatMap((check) => check(assertion, use) ?? [])
}

/** What HelseID's pages ask for beyond what it is known to refuse. */
export function adviseOnAssertion({ payload }: Assertion, { now }: AssertionUse): Issue[] {
  const exp = numericDate(payload.exp)
  if (exp === undefined || exp <= now / 1000 + LONGEST + LIFETIME.leeway) return []
  const ahead = Math.round(exp - now / 1000)
  return [
    finding(
      'assertion-lifetime',
      `The client assertion's exp is ${ahead} seconds ahead; ${LONGEST} is the most.`,
      LONGEST,
      ahead,
    ),
  ]
}

const client: Check = ({ payload: { iss, sub } }, { clientId }) => {
  const named = typeof sub === 'string' && sub !== ''
  if (named && iss === sub && (clientId === undefined || clientId === sub)) return undefined
  const message = `The client assertion has iss ${quote(iss)} and sub ${quote(sub)}, the form has client_id ${quote(clientId)}; all must be the client id.`
  return finding('assertion-client', message, sub ?? clientId, { iss, sub, client_id: clientId })
}

const algorithm: Check = ({ header }) => {
  if (ALGORITHMS.some((known) => known === header.alg)) return undefined
  const message = `The client assertion's alg is ${quote(header.alg)}; it must be one of ${ALGORITHMS.join(', ')}.`
  return finding('assertion-alg', message, ALGORITHMS, header.alg)
}

const extension: Check = ({ header }) => {
  const found = extensionOf(header)
  if (found === undefined) return undefined
  return finding('assertion-malformed', `The client assertion has ${found}.`, 'no extension')
}

const signature: Check = ({ header, signature: result, fault }, { keys }) => {
  if (result !== 'bad') return undefined
  const registered = keys === 1 ? 'the key that is registered' : `any of the ${keys} keys that are registered`
  const message = `The client assertion is not signed with ${registered} for this client (alg ${quote(header.alg)}, kid ${quote(header.kid)})${fault === undefined ? '' : `: ${fault}`}.`
  return finding('assertion-signature', message, `${keys} registered`, header.kid)
}

const audience: Check = ({ header, payload }, { issuers }) => {
  const strict = header.typ === 'client-authentication+jwt'
  const accepted = strict ? issuers : issuers.flatMap((one) => [one, ...ENDPOINTS.map((path) => one + path)])
  const found = [payload.aud].flat()
  const fits = (one: unknown) => typeof one === 'string' && accepted.includes(one.replace(/\/$/, ''))
  if (strict ? found.length === 1 && found.every(fits) : found.some(fits)) return undefined
  const alone = strict ? ' alone, since typ is client-authentication+jwt' : ''
  const message = `The client assertion's aud is ${quote(payload.aud)}; it must be ${quote(issuers[0])}${alone}.`
  return finding('assertion-audience', message, issuers[0], payload.aud)
}

const expiry: Check = ({ payload }, { now }) => checkExpiry(payload, now, LIFETIME)
const notBefore: Check = ({ payload }, { now }) => checkNotBefore(payload, now, LIFETIME)

const identifier: Check = ({ payload }) => {
  if (typeof payload.jti === 'string' && payload.jti !== '') return undefined
  return finding(
    'assertion-jti',
    `The client assertion's jti is ${quote(payload.jti)}; it must be a string.`,
    'a string',
    payload.jti,
  )
}

const CHECKS: readonly Check[] = [extension, client, algorithm, signature, audience, expiry, notBefore, identifier]
