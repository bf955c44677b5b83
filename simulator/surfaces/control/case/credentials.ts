import { exportJWK, generateKeyPair } from 'jose'
import type { Members } from '../../../rules/finding.ts'
import { type Jwt, parseJwt, publicMembers, sha256, thumbprintOf } from '../../../services/tokens/jwt.ts'
import { type OwnKey, signJwt } from '../../../services/tokens/own-key.ts'
import { signToken } from '../../../services/tokens/sign.ts'
import type { World } from '../../../state/world.ts'
import type { Recorded, RecordedOutcome } from './schema.ts'

/** Stands in for the clients of a replay: has a key of its own to prove possession of. */
export interface CredentialRenewer {
  readonly world: World
  readonly key: OwnKey
  readonly jkt: string | undefined
}

/** One with a fresh key. */
export async function createCredentialRenewer(world: World): Promise<CredentialRenewer> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  const publicJwk = publicMembers({ ...(await exportJWK(publicKey)) })
  return { world, key: { alg: 'ES256', privateKey, publicJwk }, jkt: await thumbprintOf(publicJwk) }
}

/** What became of the token at the time. */
export function wasRefusedAtToken({ steps }: Pick<RecordedOutcome, 'steps'>): boolean {
  return steps.some(({ name, outcome }) => name === 'token' && outcome === 'stopped')
}

/**
 * The headers that prove who calls `url`: the recorded claims, signed again by this simulator and bound to the renewer's
 * key, with a proof to match. What is not a JWT, or was refused, stays as it was recorded.
 */
export async function renewed(
  renewer: CredentialRenewer,
  recorded: Recorded,
  url: string,
): Promise<[string, string][]> {
  const sent = new Map(recorded.request.headers)
  const authorization = sent.get('authorization')
  const dpop = sent.get('dpop')
  const judged = recorded.steps.some(
    ({ name, outcome }) => name === 'token' && /^(passed|waived|switched-off)$/.test(outcome),
  )
  const [scheme = '', token] = judged ? await tokenAgain(renewer, authorization) : []
  const proof = judged ? await proofAgain(renewer, dpop, url, token) : dpop
  const credentials = token === undefined ? authorization : `${scheme} ${token}`
  return [...pair('authorization', credentials), ...pair('dpop', proof)]
}

function pair(name: string, value: string | undefined): [string, string][] {
  return value === undefined ? [] : [[name, value]]
}

async function tokenAgain({ world, jkt }: CredentialRenewer, authorization = ''): Promise<[string, string] | []> {
  const [scheme = '', text = ''] = authorization.split(' ')
  const jwt = unsigned(text)
  if (!jwt) return []
  const bound = 'cnf' in jwt.payload ? { cnf: { jkt } } : {}
  const claims = { ...jwt.payload, iss: world.net.origins.local.helseid, ...bound }
  return [scheme, await signToken(world.state, claims, typeOf(jwt.header))]
}

function typeOf({ typ }: Members): { typ?: string } {
  return typeof typ === 'string' ? { typ } : {}
}

async function proofAgain(
  { key }: CredentialRenewer,
  dpop: string | undefined,
  url: string,
  token: string | undefined,
) {
  const jwt = unsigned(dpop ?? '')
  if (!jwt) return dpop
  const ath = token === undefined ? {} : { ath: await sha256(token) }
  const payload = { ...jwt.payload, htu: url.replace(/\?[\s\S]*$/, ''), ...ath }
  return signJwt(key, { ...typeOf(jwt.header), jwk: key.publicJwk }, payload)
}

/** A JWT whose signature the journal cut off. */
function unsigned(text: string): Jwt | undefined {
  const [header = '', payload = ''] = text.split('.')
  return parseJwt(`${header}.${payload}.`)
}
