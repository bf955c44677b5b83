import { type AccessToken, ALGORITHMS, CLAIM, checkAccessToken, keyOf, scopesOf, textClaim } from '../rules/claims.ts'
import { checkProof, type Proof } from '../rules/dpop.ts'
import { finding, type Members, quote } from '../rules/finding.ts'
import type { Issue } from '../rules/issue.ts'
import type { World } from '../world.ts'
import type { Context } from './context.ts'
import { headerText } from './pipeline.ts'
import { Rejection } from './rejection.ts'
import { isSignedBy, parseJwt, sha256 } from './tokens/jwt.ts'
import { createMemo, type Memo } from './tokens/memo.ts'
import { readProof, urlsOf } from './tokens/proof.ts'
import { signingKey } from './tokens/signing-key.ts'

/** Who calls an API, as the access token tells. */
export interface Caller {
  readonly clientId: string
  readonly clientName?: string
  /** `orgnr_parent`: the main unit of the municipality that the caller acts for. */
  readonly municipality?: string
  /** `orgnr_child`. */
  readonly child?: string
  /** `orgnr_supplier`, of multi-tenant clients only. */
  readonly supplier?: string
  readonly scopes: readonly string[]
  /** All claims of the token; empty when there was no token to read. */
  readonly claims: Members
}

/** The request header that names the municipality under `--auth relaxed`, where no token does. */
const MUNICIPALITY_HEADER = 'jftsim-municipality'

/** Seconds around now that an API takes in a proof's `iat`, and for which it remembers a `jti` (NHN's validator). */
const WINDOW = { past: 6, future: 5 }
const REMEMBERED = 11

/**
 * Who calls: checks the access token and the DPoP proof of a request (RFC 9449, section 7), and reports all that is
 * wrong with them at once. Throws a `Rejection` 401; under `--auth relaxed` goes on with what could be read.
 */
export async function authenticate(ctx: Context, audience: string): Promise<Caller> {
  const { token, issues: credentialIssues } = await readAccessToken(ctx)
  const caller = callerOf(ctx, token?.payload ?? {})
  identify(ctx, caller)
  const { proof, issues: proofIssues } = await readProof(ctx.request.headers)
  const issues = [
    ...credentialIssues,
    ...(token ? checkAccessToken(token, await accessTokenUse(ctx.world, audience)) : []),
    ...(proof ? checkProof(proof, proofUse(ctx, token)) : proofIssues),
  ]
  const refused = issues.length === 0 && proof ? replays(ctx, proof) : issues
  if (refused.length > 0) ctx.refuse(unauthorized(refused))
  return caller
}

/** Demands a scope of the caller's token. Throws a `Rejection`, by default 403. */
export function requireScope(ctx: Context, caller: Caller, scope: string): void {
  if (caller.scopes.includes(scope)) return
  const found = caller.scopes.length > 0 ? caller.scopes.join(', ') : 'no scope'
  const issue = finding('token-scope', `The access token has ${found}; this API needs ${scope}.`, scope, caller.scopes)
  const headers = challenge(`error="insufficient_scope", scope="${scope}"`)
  ctx.refuse(new Rejection(ctx.world.assumptions.missingScopeStatus, [issue], { headers }))
}

/** An access token whose signature was checked. */
interface ReadToken extends AccessToken {
  /** base64url(SHA-256(token)), as the proof must repeat it. */
  readonly ath: string
}

async function readAccessToken(ctx: Context): Promise<{ token?: ReadToken; issues: Issue[] }> {
  const header = ctx.request.headers.get('authorization')
  if (header === null) return { issues: [noToken('token-missing', 'The request has no Authorization header.')] }
  const [scheme = '', text = '', ...rest] = header.trim().split(/\s+/)
  const issues = scheme.toLowerCase() === 'dpop' ? [] : [wrongScheme(scheme)]
  const token = rest.length === 0 ? await verify(ctx.world, text) : undefined
  if (token) return { token, issues }
  return { issues: [...issues, noToken('token-malformed', 'The Authorization header has no JWT in compact form.')] }
}

function noToken(rule: 'token-missing' | 'token-malformed', message: string): Issue {
  return finding(rule, message, 'Authorization: DPoP <token>')
}

function wrongScheme(scheme: string): Issue {
  const known = /^[a-z]{1,20}$/i.test(scheme) ? scheme : 'something else'
  return finding('token-scheme', `The Authorization header has the scheme ${known}; it must be DPoP.`, 'DPoP', known)
}

/** Tokens with a good signature, by their text. What depends on the time is checked on each use. */
const verified = new WeakMap<World, Memo<ReadToken>>()

async function verify(world: World, text: string): Promise<ReadToken | undefined> {
  const kept = verified.get(world) ?? createMemo<ReadToken>(1_000)
  verified.set(world, kept)
  const known = kept.get(text)
  if (known) return known
  const token = await readToken(world, text)
  if (token?.signature === 'good') kept.put(text, token)
  return token
}

async function readToken(world: World, text: string): Promise<ReadToken | undefined> {
  const jwt = parseJwt(text)
  if (!jwt) return undefined
  const { publicKey } = await signingKey(world)
  const good = jwt.header.alg === 'RS256' && (await isSignedBy(text, publicKey))
  return { ...jwt, signature: good ? 'good' : 'bad', ath: await sha256(text) }
}

async function accessTokenUse(world: World, audience: string) {
  const { kid } = await signingKey(world)
  return { audience, issuers: world.origins.issuers, kid, now: world.clock.now() }
}

function proofUse(ctx: Context, token: ReadToken | undefined) {
  return {
    method: ctx.request.method,
    urls: urlsOf(ctx),
    now: ctx.world.clock.now(),
    window: WINDOW,
    ath: token?.ath,
    jkt: token && keyOf(token.payload),
  }
}

/** Only what passed everything else is remembered, so that a refused proof does not use up its `jti`. */
function replays(ctx: Context, { payload: { jti } }: Proof): Issue[] {
  const now = ctx.world.clock.now()
  if (!ctx.world.replays.seen(`${ctx.surface} ${jti}`, now, now + REMEMBERED * 1000)) return []
  const message = `A proof with jti ${quote(jti)} was used here less than ${REMEMBERED} seconds ago.`
  return [finding('dpop-replay', message, 'a new jti', jti)]
}

function callerOf(ctx: Context, claims: Members): Caller {
  const text = (name: string) => textClaim(claims, name)
  const relaxed = ctx.world.auth === 'relaxed' ? ctx.request.headers.get(MUNICIPALITY_HEADER) : null
  const clientName = text(CLAIM.clientName)
  const municipality = text(CLAIM.parent) ?? relaxed ?? undefined
  const child = text(CLAIM.child)
  const supplier = text(CLAIM.supplier)
  return {
    clientId: text('client_id') ?? 'anonymous',
    ...(clientName === undefined ? {} : { clientName }),
    ...(municipality === undefined ? {} : { municipality }),
    ...(child === undefined ? {} : { child }),
    ...(supplier === undefined ? {} : { supplier }),
    scopes: scopesOf(claims),
    claims,
  }
}

/** For the journal; a strict request without a token has nobody to name. */
function identify(ctx: Context, { clientId, clientName, municipality, claims }: Caller): void {
  if (ctx.world.auth === 'strict' && claims.client_id === undefined) return
  ctx.identify({
    clientId,
    ...(clientName === undefined ? {} : { clientName }),
    ...(municipality === undefined ? {} : { municipality }),
  })
}

/** A request without any credentials gets a challenge without an error (RFC 6750, section 3.1). */
function unauthorized(issues: readonly Issue[]): Rejection {
  const bare = issues.some((issue) => issue.rule === 'token-missing')
  if (bare) return new Rejection(401, issues, { headers: challenge() })
  const error = issues.every((issue) => issue.rule.startsWith('dpop-')) ? 'invalid_dpop_proof' : 'invalid_token'
  const description = headerText(issues.map((issue) => issue.message).join(' '))
  const quoted = description.replace(/["\\]/g, "'")
  return new Rejection(401, issues, { headers: challenge(`error="${error}", error_description="${quoted}"`) })
}

function challenge(...parameters: readonly string[]): Record<string, string> {
  return { 'www-authenticate': `DPoP ${[...parameters, `algs="${ALGORITHMS.join(' ')}"`].join(', ')}` }
}
