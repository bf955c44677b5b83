import { maskIdentityNumbers } from '../ground/text/mask/mask.ts'
import { issueOf } from '../rules/catalogue.ts'
import { finding, type Members, quote } from '../rules/finding.ts'
import type { Issue } from '../rules/issue.ts'
import { CLAIM, checkAccessToken, checkBearerToken, keyOf, scopesOf, textClaim } from '../rules/token/claims.ts'
import { adviseOnProof, checkProof, type Proof } from '../rules/token/dpop.ts'
import { accessTokenUse, type ReadToken, readAccessToken } from '../services/tokens/access-token.ts'
import { isGoodNonce, makeNonce } from '../services/tokens/nonce.ts'
import { readProof } from '../services/tokens/proof.ts'
import { challenge, type Scheme } from './challenge.ts'
import type { Context } from './context.ts'
import { headerTextOf } from './header-text.ts'
import { headerText } from './pipeline.ts'
import { Rejection } from './rejection.ts'

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
 * Who calls an API with DPoP: checks the access token and the proof of a request (RFC 9449, section 7), and reports all
 * that is wrong with them at once. Throws a `Rejection` 401; under `--auth relaxed` continues with what could be read.
 */
export async function authenticate(ctx: Context, audience: string): Promise<Caller> {
  const { token, issues: credentialIssues } = await readCredentials(ctx, 'DPoP')
  const caller = callerOf(ctx, token?.payload ?? {})
  identify(ctx, caller)
  const { proof, issues: proofIssues } = await readProof(ctx.request.headers.get('dpop'))
  const issues = ctx.activeIssues([
    ...credentialIssues,
    ...(token ? checkAccessToken(token, { audience, ...(await accessTokenUse(ctx.world, ctx.now)) }) : []),
    ...(proof ? checkProof(proof, proofUse(ctx, token)) : proofIssues),
  ])
  const refused = issues.length === 0 && proof ? ctx.activeIssues(await replays(ctx, proof)) : issues
  if (proof) ctx.warn(adviseOnProof(proof))
  if (refused.length > 0) ctx.refuseUnlessRelaxed(unauthorized(refused, challengeOf(ctx)))
  else if (proof) await demandNonce(ctx, proof)
  return caller
}

/** An API may demand a nonce of its own (RFC 9449, section 9). JFT is not known to do so: only a fault makes it. */
async function demandNonce(ctx: Context, { payload: { nonce } }: Proof): Promise<void> {
  const { faults, keys } = ctx.world.state
  if (faults.idle) return
  if (typeof nonce === 'string' && (await isGoodNonce(keys, 'api', nonce, ctx.now))) return
  if (!(await ctx.injected('dpop-nonce'))) return
  const description = 'Resource server requires nonce in DPoP proof'
  const headers = {
    ...challenge('DPoP', 'error="use_dpop_nonce"', `error_description="${description}"`),
    'dpop-nonce': await makeNonce(keys, 'api', ctx.world.time.clock.now()),
  }
  ctx.refuse(new Rejection(401, [issueOf('injected-nonce', `${description}.`)], { headers, injected: true }))
}

/**
 * Who calls an API without DPoP: checks the Bearer token of a request (RFC 6750, section 2.1). Throws a `Rejection` 401;
 * under `--auth relaxed` continues with what could be read.
 */
export async function authenticateBearer(ctx: Context, audience: string): Promise<Caller> {
  const { token, issues: credentialIssues } = await readCredentials(ctx, 'Bearer')
  const caller = callerOf(ctx, token?.payload ?? {})
  identify(ctx, caller)
  const tokenIssues = token ? checkBearerToken(token, { audience, ...(await accessTokenUse(ctx.world, ctx.now)) }) : []
  const issues = ctx.activeIssues([...credentialIssues, ...tokenIssues])
  if (issues.length > 0) ctx.refuseUnlessRelaxed(unauthorized(issues, { ...DOCUMENTED, scheme: 'Bearer' }))
  else if (token && keyOf(token.payload) !== undefined) ctx.warn([issueOf('vkp-token-bound', BOUND)])
  return caller
}

const BOUND = 'The Bearer token is bound to a DPoP key (cnf); it was taken without a proof of that key.'

/** Demands one of the scopes of the caller's token. Throws a `Rejection`, by default 403. */
export function requireScope(ctx: Context, caller: Caller, scopes: readonly string[]): void {
  if (scopes.some((scope) => caller.scopes.includes(scope))) return
  const found = caller.scopes.length > 0 ? caller.scopes.join(', ') : 'no scope'
  const needed = scopes.join(' or ')
  const issue = finding(
    'token-scope',
    `The access token has ${found}; this API needs ${needed}.`,
    needed,
    caller.scopes,
  )
  const headers = explains(ctx) ? insufficientScope('DPoP', scopes.join(' ')) : {}
  ctx.refuseUnlessRelaxed(new Rejection(ctx.world.settings.assumptions.missingScopeStatus, [issue], { headers }))
}

/** The challenge to a token without the scope (RFC 6750, section 3.1). */
export function insufficientScope(scheme: Scheme, scope: string): Record<string, string> {
  return challenge(scheme, `error="insufficient_scope", scope="${scope}"`)
}

/** The rules that an API with that scheme has for the header itself. */
const SCHEME_RULES = {
  DPoP: { missing: 'token-missing', wrong: 'token-scheme' },
  Bearer: { missing: 'vkp-token-missing', wrong: 'vkp-token-scheme' },
} as const

async function readCredentials(ctx: Context, scheme: Scheme): Promise<{ token?: ReadToken; issues: Issue[] }> {
  const header = ctx.request.headers.get('authorization')
  const expected = `Authorization: ${scheme} <token>`
  if (header === null) {
    return { issues: [finding(SCHEME_RULES[scheme].missing, 'The request has no Authorization header.', expected)] }
  }
  const [sent = '', text = '', ...rest] = header.trim().split(/\s+/)
  const issues = sent.toLowerCase() === scheme.toLowerCase() ? [] : [wrongScheme(scheme, sent)]
  const token = rest.length === 0 ? await readAccessToken(ctx.world.state, text) : undefined
  if (token) return { token, issues }
  const message = 'The Authorization header has not a compact JWT.'
  return { issues: [...issues, finding('token-malformed', message, expected)] }
}

function wrongScheme(scheme: Scheme, sent: string): Issue {
  const known = /^[a-z]{1,20}$/i.test(sent) ? sent : 'something else'
  const message = `The Authorization header has the scheme ${known}; it must be ${scheme}.`
  return finding(SCHEME_RULES[scheme].wrong, message, scheme, known)
}

/**
 * The URLs that `htu` may name: below the origin that was called, and the URL as it arrived. They differ where a
 * client calls a real host name over plain http, by way of a proxy or a hosts file.
 */
export function urlsOf({ origins, surface, path, url }: Context): string[] {
  return [origins[surface] + path, url.origin + url.pathname]
}

function proofUse(ctx: Context, token: ReadToken | undefined) {
  return {
    method: ctx.request.method,
    urls: urlsOf(ctx),
    now: ctx.now,
    window: WINDOW,
    ath: token?.ath,
    jkt: token && keyOf(token.payload),
  }
}

/** Only what passed everything else is remembered, so that a refused proof does not use up its `jti`. */
async function replays(ctx: Context, { payload: { jti } }: Proof): Promise<Issue[]> {
  if (typeof jti !== 'string') return []
  const { now, surface } = ctx
  if (!(await ctx.world.state.replays.seen(`${surface} ${jti}`, now, now + REMEMBERED * 1000))) return []
  const message = `A proof with jti ${quote(jti)} was used here less than ${REMEMBERED} seconds ago. If your program makes one for each request, its HTTP library has sent this one again on its own.`
  return [finding('dpop-replay', message, 'a new jti', jti)]
}

/** Claims end up in events and in the journal; a name can have anything in it. */
function masked(value: string | undefined): string | undefined {
  return value === undefined ? undefined : maskIdentityNumbers(value)
}

function callerOf(ctx: Context, claims: Members): Caller {
  const text = (name: string) => masked(textClaim(claims, name))
  const relaxed = ctx.world.settings.auth === 'relaxed' ? headerTextOf(ctx.request.headers, MUNICIPALITY_HEADER) : null
  const clientName = text(CLAIM.clientName)
  const municipality = text(CLAIM.parent) ?? masked(relaxed ?? undefined)
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
  if (ctx.world.settings.auth === 'strict' && claims.client_id === undefined) return
  ctx.identify({
    clientId,
    ...(clientName === undefined ? {} : { clientName }),
    ...(municipality === undefined ? {} : { municipality }),
  })
}

/** A proof by another key is one that the token is not good with: `invalid_token` (RFC 9449, section 7.1, figure 15). */
function isOfProof({ rule }: Issue): boolean {
  return rule.startsWith('dpop-') && rule !== 'dpop-thumbprint'
}

/** How a 401 is worded. */
interface Wording {
  readonly scheme: Scheme
  /** Whether a fault of the proof has an error of its own, and a description. */
  readonly namesProof: boolean
}

const DOCUMENTED: Wording = { scheme: 'DPoP', namesProof: true }

const explains = ({ world }: Context) => world.settings.assumptions.apiChallenge === 'rfc-9449'

/** An API on ASP.NET's Bearer handler, as NHN's samples have it, knows one scheme and one error. */
function challengeOf(ctx: Context): Wording {
  return explains(ctx) ? DOCUMENTED : { scheme: 'Bearer', namesProof: false }
}

/** A request without any credentials gets a challenge without an error (RFC 6750, section 3.1). */
function unauthorized(issues: readonly Issue[], { scheme, namesProof }: Wording): Rejection {
  const missing: readonly string[] = Object.values(SCHEME_RULES).map((rules) => rules.missing)
  if (issues.some(({ rule }) => missing.includes(rule))) {
    return new Rejection(401, issues, { headers: challenge(scheme) })
  }
  const isProofs = issues.every(isOfProof)
  if (isProofs && !namesProof)
    return new Rejection(401, issues, { headers: challenge(scheme, 'error="invalid_token"') })
  const error = isProofs ? 'invalid_dpop_proof' : 'invalid_token'
  const description = headerText(issues.map((issue) => issue.message).join(' '))
  const quoted = description.replace(/["\\]/g, "'")
  return new Rejection(401, issues, { headers: challenge(scheme, `error="${error}", error_description="${quoted}"`) })
}
