import { EVENT_TYPES } from '../../ground/event-types.ts'
import { SURFACES, tokenSurfaceAt, vkpScope } from '../../ground/surfaces.ts'
import { curlConfigValue as quoted } from '../../ground/text/curl.ts'
import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { SEARCH_FORMS } from '../../rules/vkp/search.ts'
import { READY_MADE_VKP_ID } from '../../services/clients/ready-made-clients.ts'
import { SAMPLE_PATIENT, sampleEvent } from '../../services/events/sample-event.ts'

const PARAMETERS = ['method', 'path', 'orgnr']

/**
 * `GET /_sim/curl?method=POST&path=/write/v1/Composition&orgnr=313231593`: a curl config (`curl -K -`) for that request,
 * with a real token from the test token service, a fresh DPoP proof where the API takes one, and a sample of what is sent
 * there. At PIT the path is `/pit/v1/Patient`; at VKP it names the municipality: `path=/vkp/epj/r4/312229544/composition`.
 */
export async function curlConfig(ctx: Context): Promise<Answer> {
  const { method, path, orgnr } = readTarget(ctx)
  // In a sandbox the control API's base URL names it, and so do those of its surfaces.
  const url = ctx.origins.control.replace(/\/_sim$/, '') + path
  const lines = [
    `url = ${quoted(url)}`,
    `request = ${quoted(method)}`,
    ...(path.startsWith('/vkp/') ? await vkpLines(ctx, path) : await boundLines(ctx, { method, url, orgnr })),
    ...sampleLines(ctx, method, path),
  ]
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: `${lines.join('\n')}\n` }
}

function readTarget(ctx: Context) {
  const unknown = [...ctx.query.keys()].filter((name) => !PARAMETERS.includes(name))
  const method = ctx.query.get('method') ?? 'POST'
  const path = ctx.query.get('path') ?? '/write/v1/Composition'
  const orgnr = ctx.query.get('orgnr') ?? '313231593'
  const messages = [
    ...unknown.map((name) => `Unknown parameter ${JSON.stringify(name)}; this path has ${PARAMETERS.join(', ')}.`),
    ...(/^(GET|POST)$/.test(method) ? [] : ['method must be GET or POST.']),
    ...(PATH.test(path) ? [] : ['path must begin with /write/v1/, /read/v1/, /pit/v1/ or /vkp/epj/r4/.']),
    ...(/^\d{9}$/.test(orgnr) ? [] : ['orgnr must have nine digits.']),
  ]
  if (messages.length > 0)
    throw new Rejection(
      400,
      messages.map((message) => issueOf('http-parameter', message)),
    )
  return { method, path, orgnr }
}

const PATH = /^\/(?:(?:read|write|pit)\/v1|vkp\/epj\/r4)\/[\w$%/?&=.:-]*$/

interface Target {
  readonly method: string
  readonly url: string
  readonly orgnr: string
}

/** JFT and PIT take DPoP tokens for a municipality, each of its own audience. */
async function boundLines(ctx: Context, { method, url, orgnr }: Target): Promise<string[]> {
  const api = SURFACES[tokenSurfaceAt(new URL(url))].token
  const { accessTokenJwt, dPoPProof } = await testToken(ctx, {
    audience: api.audience,
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: url.replace(/\?[\s\S]*$/, ''), htmClaimValue: method },
    clientClaimsParameters: { scope: api.scopes, orgnrParent: orgnr, clientName: 'curl' },
  })
  return [`header = ${quoted(`Authorization: DPoP ${accessTokenJwt}`)}`, `header = ${quoted(`DPoP: ${dPoPProof}`)}`]
}

/** VKP takes Bearer tokens with the vendor's system in a claim of VKP's own. */
async function vkpLines(ctx: Context, path: string): Promise<string[]> {
  const [, resource = '', search] = /^\/vkp\/epj\/r4\/[^/]+\/(\w+)(\/_search)?/i.exec(path) ?? []
  const scope = vkpScope(resource, search === undefined ? 'write' : 'read')
  const { accessTokenJwt } = await testToken(ctx, {
    audience: SURFACES.vkp.token.audience,
    clientClaimsParameters: { scope: [scope], clientName: 'curl' },
    apiSpecificClaims: [{ type: 'nhn:vkp/client/claims/vkp-id', value: READY_MADE_VKP_ID }],
  })
  return [
    `header = ${quoted(`Authorization: Bearer ${accessTokenJwt}`)}`,
    ...(search === undefined ? [] : searchLines(ctx, resource.toLowerCase())),
  ]
}

const DAY = 86_400_000

/** A search for a synthetic person with a safety alarm, in the last four weeks. */
function searchLines({ world }: Context, resource: string): string[] {
  const takes = Object.entries(SEARCH_FORMS).find(([name]) => name === resource)?.[1]
  const form = new URLSearchParams()
  if (takes?.identifierRequired) form.append(takes.identifier, '02850097219')
  const day = (ago: number) => new Date(world.time.clock.now() - ago * DAY).toISOString().slice(0, 10)
  if (takes?.dated) for (const bound of [`ge${day(28)}`, `le${day(0)}`]) form.append('date', bound)
  return [`header = ${quoted('ServiceCodes: ta')}`, `data-raw = ${quoted(form.toString())}`]
}

interface TestToken {
  readonly accessTokenJwt: string
  readonly dPoPProof: string
}

async function testToken(ctx: Context, fields: Readonly<Record<string, unknown>>): Promise<TestToken> {
  const body = { withoutDefaultUserClaims: true, ...fields }
  const request = new Request(`${ctx.origins.ttt}/v2/create-test-token-with-key`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await ctx.world.net.fetch(request)
  if (answer.headers.has('jftsim-fault') && !answer.ok) {
    throw new Rejection(409, [issueOf('injected-call', 'A fault was injected into the call for a test token.')])
  }
  const { successResponse } = (await answer.json()) as { successResponse: TestToken }
  return successResponse
}

function sampleLines(ctx: Context, method: string, path: string): string[] {
  const type = /^\/(?:write\/v1|vkp\/epj\/r4\/\d+)\/(\w+)$/.exec(path)?.[1]?.toLowerCase()
  const name = EVENT_TYPES.find((one) => one.toLowerCase() === type)
  const sample = path === '/pit/v1/Patient' ? SAMPLE_PATIENT : sampleEvent(name ?? '', ctx.world.time.ids.uuid())
  if (method !== 'POST' || !sample) return []
  return [
    `header = ${quoted('Content-Type: application/json')}`,
    `header = ${quoted('nhn-source-system: curl 1.0')}`,
    `data-raw = ${quoted(JSON.stringify(sample))}`,
  ]
}
