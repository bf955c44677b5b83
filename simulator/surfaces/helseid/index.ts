import type { Answer } from '../../http/answer.ts'
import { json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { ACCESS_TOKEN_TYPE } from '../../rules/token/grant-types.ts'
import { publishedKeys } from '../../services/tokens/signing-key.ts'
import { makeAccessToken, representedOrganization, tokenLifetime } from './access-token.ts'
import { boundKey } from './bound-key.ts'
import { authenticateClient } from './client-authentication.ts'
import { discoveryDocument, NOT_PLAYED } from './discovery.ts'
import { readForm } from './form.ts'
import { grantOf } from './grant.ts'
import { NO_STORE, oauthFinding, renderError } from './refusal.ts'

/** What POST /connect/token does, in HelseID's order; every refusal is a 400 (RFC 6749, section 5.2). */
async function issueToken(ctx: Context): Promise<Answer> {
  const form = await ctx.step('form', () => readForm(ctx))
  const authenticated = await ctx.step('client', () => authenticateClient(ctx, form))
  const { client } = authenticated
  const jkt = await ctx.step('dpop', () => boundKey(ctx, client))
  const grant = await ctx.step('grant', () => grantOf(ctx, form, client))
  const acts = await ctx.step('organization', () => representedOrganization(ctx, authenticated))
  const access_token = await ctx.step('token', () => makeAccessToken(ctx, { client, grant, acts, jkt }))
  const answer = {
    access_token,
    expires_in: tokenLifetime(ctx, client),
    token_type: jkt === undefined ? 'Bearer' : 'DPoP',
    scope: grant.scopes.join(' '),
    ...(grant.subject ? { issued_token_type: ACCESS_TOKEN_TYPE } : {}),
  }
  return json(200, answer, NO_STORE)
}

async function discovery({ origins }: Context): Promise<Answer> {
  return json(200, discoveryDocument(origins.helseid))
}

async function jwks({ world }: Context): Promise<Answer> {
  const keys = await publishedKeys(world.state)
  return json(200, { keys: keys.map(({ publicJwk }) => publicJwk) })
}

async function wrongMethod({ request }: Context): Promise<Answer> {
  throw oauthFinding('invalid_request', 'token-request', `The method is ${request.method}.`, 'POST', request.method)
}

async function notPlayed({ path }: Context): Promise<Answer> {
  throw oauthFinding(
    'invalid_request',
    'helseid-not-played',
    `This simulator does not play ${path}.`,
    '/connect/token',
    path,
  )
}

const CONFIGURATION = '/.well-known/openid-configuration'
const refusals = { '400': 'An OAuth error; jft_simulator.issues says why and what to do.' }

const routes: readonly Route[] = [
  {
    method: 'GET',
    path: CONFIGURATION,
    summary: "HelseID's discovery document",
    steps: [],
    handler: discovery,
    operation: { responses: { '200': 'The fields of the real document.' } },
  },
  {
    method: 'GET',
    path: `${CONFIGURATION}/jwks`,
    summary: 'The key that signs access tokens',
    steps: [],
    handler: jwks,
    operation: { responses: { '200': 'A JSON Web Key Set with one RS256 key.' } },
  },
  {
    method: 'POST',
    path: '/connect/token',
    summary: 'Get an access token: client_credentials or token exchange, private_key_jwt, DPoP with a nonce',
    steps: ['form', 'client', 'dpop', 'grant', 'organization', 'token'],
    handler: issueToken,
    operation: {
      headers: [
        {
          name: 'DPoP',
          description: 'The proof; its nonce is the DPoP-Nonce header of the first answer. A client of VKP sends none.',
        },
      ],
      body: {
        'application/x-www-form-urlencoded': {
          grant_type: 'client_credentials',
          scope: 'nhn:jft/api',
          client_id: 'acdc0123-acdc-0123-4567-0123456789ab',
          client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
          client_assertion: '<signed JWT>',
        },
      },
      responses: { '200': 'An access token, good for expires_in seconds.', ...refusals },
    },
  },
  {
    method: 'GET',
    path: '/connect/token',
    summary: 'Refused: a token request is a POST',
    steps: [],
    handler: wrongMethod,
  },
  ...Object.values(NOT_PLAYED).flatMap((path) =>
    (['GET', 'POST'] as const).map(
      (method): Route => ({ method, path, summary: 'Not played by this simulator', steps: [], handler: notPlayed }),
    ),
  ),
]

/** HelseID, the security token service. */
export const helseid = defineSurface({ routes, journaled: true, refusal: renderError })
