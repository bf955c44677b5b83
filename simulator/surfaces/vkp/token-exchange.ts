import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { isMembers, type Members } from '../../rules/finding.ts'
import { VKP_CLIENT_ID } from '../../services/clients/ready-made-clients.ts'
import { sha256 } from '../../services/tokens/jwt.ts'
import { type OwnKey, ownKey, signJwt } from '../../services/tokens/own-key.ts'
import { callLeg } from './leg.ts'

/** Seconds for which VKP's client assertion is good, as in NHN's .NET library. */
const ASSERTION_LIFETIME = 10

/**
 * Exchanges the vendor's token for one for JFT, bound to VKP's own key (RFC 8693; VKP as reverse proxy, step 3). The
 * municipality is named in the client assertion, as multi-tenant clients do. Throws a `Rejection` 400, code 3.
 */
export async function exchangeToken(ctx: Context, orgnr: string): Promise<string> {
  const challenge = await requestToken(ctx, orgnr)
  const nonce = challenge.headers.get('dpop-nonce')
  const answer = nonce === null ? challenge : await requestToken(ctx, orgnr, nonce)
  // What is no JSON is no token either.
  const body: unknown = await answer.json().catch(() => undefined)
  const { access_token, error, error_description: description } = isMembers(body) ? body : {}
  if (typeof access_token === 'string') return access_token
  const reason = [error, description].filter(Boolean).join(', ') || `it answered ${answer.status}`
  const message = `HelseID did not exchange the token: ${reason}.`
  throw new Rejection(400, [issueOf('vkp-token-exchange', message)])
}

/** The headers that carry VKP's token for JFT, with a proof for one request. */
export async function authorization(ctx: Context, token: string, method: string, url: string) {
  const proof = await proofFor(ctx, { htm: method, htu: url, ath: await sha256(token) })
  return { authorization: `DPoP ${token}`, dpop: proof }
}

async function requestToken(ctx: Context, orgnr: string, nonce?: string): Promise<Response> {
  const url = `${ctx.origins.helseid}/connect/token`
  const form = new URLSearchParams({
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    client_id: VKP_CLIENT_ID,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await clientAssertion(ctx, orgnr),
    subject_token: ctx.request.headers.get('authorization')?.trim().split(/\s+/)[1] ?? '',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: 'nhn:jft/api',
  })
  const dpop = await proofFor(ctx, { htm: 'POST', htu: url, nonce })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', dpop }
  return callLeg(ctx, new Request(url, { method: 'POST', headers, body: form.toString() }))
}

async function clientAssertion({ world, origins }: Context, orgnr: string): Promise<string> {
  const now = Math.floor(world.time.clock.now() / 1000)
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  const claims = {
    iss: VKP_CLIENT_ID,
    sub: VKP_CLIENT_ID,
    aud: origins.helseid,
    jti: world.time.ids.uuid(),
    iat: now,
    nbf: now,
    exp: now + ASSERTION_LIFETIME,
    assertion_details: { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } },
  }
  const client = await world.state.clients.find(VKP_CLIENT_ID)
  return signJwt(
    await ownKey(world.state.keys, client?.keyName ?? VKP_CLIENT_ID, 'RS256'),
    { typ: 'client-authentication+jwt' },
    claims,
  )
}

async function proofFor({ world }: Context, claims: Members): Promise<string> {
  const key: OwnKey = await ownKey(world.state.keys, 'vkp-dpop', 'ES256')
  const payload = { jti: world.time.ids.uuid(), iat: Math.floor(world.time.clock.now() / 1000), ...claims }
  return signJwt(key, { typ: 'dpop+jwt', jwk: key.publicJwk }, payload)
}
