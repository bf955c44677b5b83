import { z } from 'zod'
import { maskText } from '../../ground/text/mask/mask.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { headerTextOf } from '../../http/header-text.ts'
import { parseBody } from '../../http/json-body.ts'
import { plainIssue } from '../../http/plain-issue.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { finding, isMembers } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { sha256, thumbprintOf } from '../../services/tokens/jwt.ts'
import { signToken } from '../../services/tokens/sign.ts'
import { testClaims } from './claims.ts'
import { makeProof, proofKey, type TestProofKey } from './proof.ts'
import { type TestTokenRequest, testTokenRequest, unknownIn } from './request.ts'

/** Bytes of a request. */
const LIMIT = 256 * 1024

/** What POST /v2/create-test-token-with-key does. No API key is asked for. */
async function createTestToken(ctx: Context): Promise<Answer> {
  return answer(ctx, await ctx.step('request', async () => readRequest(ctx, await readJson(ctx))))
}

/** The older endpoint: `audience` is a header, and the fields of the client have another name. */
async function createOlderTestToken(ctx: Context): Promise<Answer> {
  return answer(ctx, await ctx.step('request', async () => readRequest(ctx, renamed(ctx, await readJson(ctx)))))
}

async function answer(ctx: Context, request: TestTokenRequest): Promise<Answer> {
  const key = await ctx.step('key', () =>
    request.createDPoPTokenWithDPoPProof ? proofKey(ctx.world.state.keys, request) : undefined,
  )
  const token = await ctx.step('token', () => makeToken(ctx, request, key))
  const proof = await ctx.step('proof', () => (key ? proofFor(ctx, request, key, token) : null))
  const successResponse = { accessTokenJwt: token, dPoPProof: proof }
  return json(200, { isError: false, successResponse, errorResponse: { errorMessage: '' } })
}

async function readJson(ctx: Context): Promise<unknown> {
  // What it says of a person ends up in a token, which nobody can mask.
  return parseBody(maskText(await ctx.readBody(LIMIT)), (message) => finding('ttt-request', message))
}

function renamed(ctx: Context, body: unknown): unknown {
  if (!isMembers(body)) return body
  const audience = headerTextOf(ctx.request.headers, 'audience')
  const entries = Object.entries(body).map(([name, value]): [string, unknown] => [
    name.replace(/^general(?=ClaimsParameters)/i, 'client'),
    value,
  ])
  return { ...NOTHING_ASKED, ...(audience === null ? {} : { audience }), ...lowered(entries) }
}

/** At the older endpoint what is left out is the first value of its enumeration: a machine's token has no person in it. */
const NOTHING_ASKED = {
  clientClaimsParametersGeneration: 'GenerateNone',
  userClaimsParametersGeneration: 'GenerateNone',
}

/** Under the names that say otherwise, in whichever letter case they were sent. */
function lowered(entries: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const names = Object.keys(NOTHING_ASKED)
  const known = (sent: string) => names.find((name) => name.toLowerCase() === sent.toLowerCase()) ?? sent
  return Object.fromEntries(entries.map(([name, value]) => [known(name), value]))
}

/** Throws a `Rejection` 400 that names every field that is wrong. */
function readRequest(ctx: Context, body: unknown): TestTokenRequest {
  const result = testTokenRequest.safeParse(body)
  // A slip in a name is often why another field is missing.
  const unknown = unknownIn(body).map((message) => finding('ttt-unknown-field', message))
  if (!result.success) throw new Rejection(400, [...result.error.issues.map(fieldIssue), ...unknown])
  const missing = proofIssues(result.data)
  if (ctx.activeIssues(missing).length > 0) throw new Rejection(400, [...missing, ...unknown])
  ctx.warn(NOT_PLAYED.filter((name) => Boolean(result.data[name])).map(notPlayed))
  ctx.warn(unknown)
  return result.data
}

function fieldIssue({ path, message }: z.core.$ZodIssue): Issue {
  const text = `${z.core.toDotPath(path) || 'The request'} ${message}`
  return finding('ttt-request', text.endsWith('?') ? text : `${text}.`)
}

/** A proof is for one request; without its method and URL it would fail everywhere. */
function proofIssues({
  createDPoPTokenWithDPoPProof,
  dPoPProofParameters = {},
  issuerEnvironment,
}: TestTokenRequest): Issue[] {
  const { htuClaimValue, htmClaimValue } = dPoPProofParameters
  const wanted = createDPoPTokenWithDPoPProof ? { htuClaimValue, htmClaimValue } : {}
  const missing = Object.entries(wanted).flatMap(([name, value]) => (value === undefined ? [name] : []))
  const issues = missing.map((name) => finding('ttt-request', `dPoPProofParameters.${name} is required for a proof.`))
  if (issuerEnvironment === undefined || issuerEnvironment === 'Test') return issues
  return [
    ...issues,
    finding('ttt-request', `issuerEnvironment ${issuerEnvironment} has no issuer here.`, 'Test', issuerEnvironment),
  ]
}

/** Fields that are read and change nothing. */
const NOT_PLAYED = [
  'createTillitsrammeverkClaims',
  'tillitsrammeverkClaimsParameters',
  'getPersonFromPersontjenesten',
  'getHprNumberFromHprregisteret',
  'setPidPseudonym',
] as const

function notPlayed(name: string): Issue {
  return finding('ttt-not-played', `${name} changes nothing here.`)
}

async function makeToken(
  { world, origins }: Context,
  request: TestTokenRequest,
  key: TestProofKey | undefined,
): Promise<string> {
  const now = Math.floor(world.time.clock.now() / 1000)
  const jti = world.time.ids.hex(16)
  const use = { issuer: origins.helseid, now, jti, sid: await sessionOf(jti), jkt: await boundTo(request, key) }
  const { headerParameters, signJwtWithInvalidSigningKey } = request
  return signToken(world.state, testClaims(request, use), {
    ...(headerParameters?.typ === undefined ? {} : { typ: headerParameters.typ }),
    key: signJwtWithInvalidSigningKey ? 'foreign' : 'helseid',
  })
}

/** The session of the person is not the token. */
async function sessionOf(jti: string): Promise<string> {
  return (await sha256(`session ${jti}`)).slice(0, 32)
}

async function boundTo(request: TestTokenRequest, key: TestProofKey | undefined): Promise<string | undefined> {
  const { cnfJkt, cnfPublicKey } = request.clientClaimsParameters ?? {}
  if (request.dPoPProofParameters?.invalidDPoPProofParameters === 'SetAnInvalidJktValueInToken')
    return sha256('another key')
  return cnfJkt ?? (cnfPublicKey ? await thumbprintOf(cnfPublicKey) : key?.thumbprint)
}

async function proofFor(
  { world }: Context,
  request: TestTokenRequest,
  key: TestProofKey,
  token: string,
): Promise<string> {
  const { htuClaimValue, htmClaimValue, invalidDPoPProofParameters = 'None' } = request.dPoPProofParameters ?? {}
  const iat = Math.floor(world.time.clock.now() / 1000)
  const claims = { jti: world.time.ids.uuid(), htm: htmClaimValue, htu: htuClaimValue, iat, ath: await sha256(token) }
  return makeProof(key, claims, invalidDPoPProofParameters)
}

function refusal({ status, issues }: Rejection): Answer {
  const errorMessage = issues.map((issue) => issue.message).join(' ')
  const body = { isError: true, successResponse: null, errorResponse: { errorMessage } }
  return json(status, { ...body, jft_simulator: { issues: issues.map((issue) => plainIssue(issue, 'helseid')) } })
}

const common: Pick<Route, 'method' | 'steps'> = { method: 'POST', steps: ['request', 'key', 'token', 'proof'] }

const operation = {
  description: 'Names are read in any case, choices by name or number. X-Auth-Key is accepted and ignored.',
  headers: [{ name: 'X-Auth-Key', description: 'Any value, or none.' }],
  body: {
    'application/json': {
      audience: 'nhn:jft',
      withoutDefaultUserClaims: true,
      createDPoPTokenWithDPoPProof: true,
      dPoPProofParameters: { htuClaimValue: 'http://localhost:7357/write/v1/Bundle', htmClaimValue: 'POST' },
      clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: '313231593' },
    },
  },
  responses: { '200': 'An access token, and a proof where asked for.', '400': 'Every field that is wrong.' },
}

const routes: readonly Route[] = [
  {
    ...common,
    path: '/v2/create-test-token-with-key',
    summary: 'Make an access token and a DPoP proof, right or wrong in one chosen way',
    handler: createTestToken,
    operation,
  },
  {
    ...common,
    path: '/create-test-token-with-key',
    summary: 'The older form of the same',
    handler: createOlderTestToken,
    operation: {
      ...operation,
      headers: [...operation.headers, { name: 'Audience', description: 'The API, as `audience`.' }],
    },
  },
]

/** HelseID's test token service (TTT). */
export const ttt = defineSurface({ routes, journaled: true, refusal })
