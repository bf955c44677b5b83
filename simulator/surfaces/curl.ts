import { issueOf } from '../rules/catalogue.ts'
import type { Answer } from './answer.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'
import { sampleEvent } from './sample-event.ts'

const PARAMETERS = ['method', 'path', 'orgnr']

/**
 * `GET /_sim/curl?method=POST&path=/write/v1/Composition&orgnr=313231593`: a curl config (`curl -K -`) for that request,
 * with a real token and a fresh DPoP proof from the test token service, and with a sample event where one is submitted.
 */
export async function curlConfig(ctx: Context): Promise<Answer> {
  const { method, path, orgnr } = readTarget(ctx)
  const url = new URL(ctx.origins.control).origin + path
  const { accessTokenJwt, dPoPProof } = await testToken(ctx, method, url, orgnr)
  const lines = [
    `url = ${quoted(url)}`,
    `request = ${quoted(method)}`,
    `header = ${quoted(`Authorization: DPoP ${accessTokenJwt}`)}`,
    `header = ${quoted(`DPoP: ${dPoPProof}`)}`,
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
    ...(/^\/(read|write)\/v1\/[\w$%/?&=.:-]*$/.test(path) ? [] : ['path must begin with /write/v1/ or /read/v1/.']),
    ...(/^\d{9}$/.test(orgnr) ? [] : ['orgnr must have nine digits.']),
  ]
  if (messages.length > 0)
    throw new Rejection(
      400,
      messages.map((message) => issueOf('http-parameter', message)),
    )
  return { method, path, orgnr }
}

interface TestToken {
  readonly accessTokenJwt: string
  readonly dPoPProof: string
}

async function testToken(ctx: Context, method: string, url: string, orgnr: string): Promise<TestToken> {
  const body = {
    audience: 'nhn:jft',
    withoutDefaultUserClaims: true,
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: url.replace(/\?.*$/, ''), htmClaimValue: method },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: orgnr, clientName: 'curl' },
  }
  const request = new Request(`${ctx.origins.ttt}/v2/create-test-token-with-key`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  const answer = await ctx.world.fetch(request)
  const { successResponse } = (await answer.json()) as { successResponse: TestToken }
  return successResponse
}

function sampleLines(ctx: Context, method: string, path: string): string[] {
  const sample = sampleEvent(/^\/write\/v1\/(\w+)$/.exec(path)?.[1] ?? '', ctx.world.ids.uuid())
  if (method !== 'POST' || !sample) return []
  return [
    `header = ${quoted('Content-Type: application/json')}`,
    `header = ${quoted('nhn-source-system: curl 1.0')}`,
    `data-binary = ${quoted(JSON.stringify(sample))}`,
  ]
}

/** A quoted value of a curl config file. */
function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
