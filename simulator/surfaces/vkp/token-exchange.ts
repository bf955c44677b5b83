import { scopeOf } from '../../ground/surfaces.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { VKP_CLIENT_ID } from '../../services/clients/ready-made-clients.ts'
import {
  authorization,
  type ProofKey,
  reasonOf,
  requestToken,
  type TokenPost,
} from '../../services/tokens/helseid-client.ts'
import { ownKey } from '../../services/tokens/own-key.ts'
import { callLeg } from './leg.ts'

/** Seconds for which VKP's client assertion is good, as in NHN's .NET library. */
const ASSERTION_LIFETIME = 10

/**
 * Exchanges the vendor's token for one for JFT, bound to VKP's own key (RFC 8693; VKP as reverse proxy, step 3). The
 * municipality is named in the client assertion, as multi-tenant clients do. Throws a `Rejection` 400, code 3.
 */
export async function exchangeToken(ctx: Context, orgnr: string): Promise<string> {
  const { keys, clients } = ctx.world.state
  const client = await clients.find(VKP_CLIENT_ID)
  const request = {
    authority: ctx.origins.helseid,
    clientId: VKP_CLIENT_ID,
    key: await ownKey(keys, client?.keyName ?? VKP_CLIENT_ID, 'RS256'),
    lifetime: ASSERTION_LIFETIME,
    municipality: orgnr,
    grant: grantFor(ctx),
    proofKey: await proofKey(ctx),
  }
  const { accessToken, refused } = await requestToken(request, ctx.world.time, (form) => post(ctx, form))
  if (accessToken !== undefined) return accessToken
  const message = `HelseID did not exchange the token: ${reasonOf(refused)}.`
  throw new Rejection(400, [issueOf('vkp-token-exchange', message)])
}

/** The headers that carry VKP's token for JFT, with a proof for one request. */
export async function authorizationFor(ctx: Context, accessToken: string, method: string, url: string) {
  return authorization({ accessToken, proofKey: await proofKey(ctx) }, { method, url }, ctx.world.time)
}

function proofKey({ world }: Context): Promise<ProofKey> {
  return ownKey(world.state.keys, 'vkp-dpop', 'ES256')
}

function grantFor({ request }: Context) {
  return {
    grant_type: 'urn:ietf:params:oauth:grant-type:token-exchange',
    subject_token: request.headers.get('authorization')?.trim().split(/\s+/)[1] ?? '',
    subject_token_type: 'urn:ietf:params:oauth:token-type:access_token',
    scope: scopeOf('jft-write', 'write'),
  }
}

async function post(ctx: Context, { url, headers, body }: TokenPost) {
  const answer = await callLeg(ctx, new Request(url, { method: 'POST', headers: { ...headers }, body }))
  return { status: answer.status, nonce: answer.headers.get('dpop-nonce'), text: await answer.text() }
}
