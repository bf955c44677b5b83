import { urlsOf } from '../../http/caller.ts'
import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import type { RuleId } from '../../rules/catalogue.ts'
import { finding, quote } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { adviseOnProof, checkProof, type Proof } from '../../rules/token/dpop.ts'
import { isGoodNonce, makeNonce, NONCE_LIFETIME } from '../../services/tokens/nonce.ts'
import { readProof } from '../../services/tokens/proof.ts'
import type { Client } from '../../state/records.ts'
import { oauthError } from './refusal.ts'

/** Seconds that a proof's `iat` may differ at the token endpoint, where the nonce says that it is new. */
const WINDOW = { past: 300, future: 300 }

/** Duende's texts, in its words. */
const DESCRIPTIONS: Readonly<Partial<Record<RuleId, string>>> = {
  'dpop-missing': 'Client requires DPoP and a DPoP header value was not provided.',
  'dpop-multiple': 'Too many DPoP headers provided.',
  'dpop-malformed': 'Malformed DPoP token.',
  'dpop-typ': "Invalid 'typ' value.",
  'dpop-alg': "Invalid 'alg' value.",
  'dpop-jwk': "Invalid 'jwk' value.",
  'dpop-private-key': "'jwk' value contains a private key.",
  'dpop-signature': 'Invalid signature on DPoP token.',
  'dpop-jti': "Invalid 'jti' value.",
  'dpop-htm': "Invalid 'htm' value.",
  'dpop-htu': "Invalid 'htu' value.",
  'dpop-iat': "Invalid 'iat' value.",
  'dpop-replay': 'Detected replay of DPoP proof token.',
}

/**
 * The thumbprint of the key that the token is to be bound to: checks the proof, then its nonce, then that it is new.
 * `undefined` where there is none: the client need not send a proof, or the rules about it are switched off. Its token is
 * then a Bearer token.
 * Throws a `Rejection` 400: `invalid_request` without a proof, `invalid_dpop_proof`, or `use_dpop_nonce` with a nonce.
 */
export async function boundKey(ctx: Context, { dpop }: Client): Promise<string | undefined> {
  if (dpop === 'optional' && !ctx.request.headers.has('dpop')) return undefined
  const { proof, issues } = await readProof(ctx.request.headers.get('dpop'))
  if (!proof) {
    ctx.refuse(refusedHeader(issues))
    return undefined
  }
  const use = { method: ctx.request.method, urls: urlsOf(ctx), now: ctx.now, window: WINDOW }
  const found = ctx.activeIssues(checkProof(proof, use))
  if (found.length > 0) throw invalidProof(found)
  ctx.warn(adviseOnProof(proof))
  await requireNonce(ctx, proof)
  await requireNew(ctx, proof)
  return proof.thumbprint
}

function refusedHeader(issues: readonly Issue[]): Rejection {
  const malformed = issues.some((issue) => issue.rule === 'dpop-malformed')
  return malformed ? invalidProof(issues) : oauthError('invalid_request', issues, descriptionOf(issues))
}

function invalidProof(issues: readonly Issue[]): Rejection {
  return oauthError('invalid_dpop_proof', issues, descriptionOf(issues))
}

function descriptionOf([first]: readonly Issue[]): string | undefined {
  return first && DESCRIPTIONS[first.rule]
}

async function requireNonce(ctx: Context, { payload: { nonce } }: Proof): Promise<void> {
  const { state, time } = ctx.world
  const { keys } = state
  if (typeof nonce === 'string' && (await isGoodNonce(keys, 'helseid', nonce, ctx.now))) return
  const missing = nonce === undefined
  const message = missing
    ? 'The proof has no nonce. HelseID answers the first request so, with a nonce for the second.'
    : `The proof's nonce was not given out here in the last ${NONCE_LIFETIME / 1000} seconds.`
  const description = missing ? "Missing 'nonce' value." : "Invalid 'nonce' value."
  const headers = { 'dpop-nonce': await makeNonce(keys, 'helseid', time.clock.now()) }
  const issue = finding('dpop-nonce', message, 'the DPoP-Nonce header', nonce)
  ctx.refuse(oauthError('use_dpop_nonce', [issue], description, headers))
}

/** The nonce ends with its lifetime, and with it the chance to use the proof again. */
async function requireNew(ctx: Context, { payload: { jti } }: Proof): Promise<void> {
  if (typeof jti !== 'string') return
  const { now, surface } = ctx
  if (!(await ctx.world.state.replays.seen(`${surface} ${jti}`, now, now + NONCE_LIFETIME))) return
  const message = `A proof with jti ${quote(jti)} was used here before.`
  ctx.refuse(invalidProof([finding('dpop-replay', message, 'a new jti', jti)]))
}
