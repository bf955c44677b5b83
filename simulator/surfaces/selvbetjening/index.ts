import { type Answer, json } from '../../http/answer.ts'
import { authenticate, type Caller, requireScope } from '../../http/caller.ts'
import type { Context } from '../../http/context.ts'
import { parseBody } from '../../http/json-body.ts'
import { plainIssue } from '../../http/plain-issue.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { finding } from '../../rules/finding.ts'
import { readPublicKey } from '../../services/clients/registration.ts'

const AUDIENCE = 'nhn:selvbetjening'
const SCOPE = 'nhn:selvbetjening/client'

/** Bytes of a request: a public key. */
const LIMIT = 64 * 1024

/** Milliseconds for which a new key is said to be good; the real time is not documented. */
const LIFETIME = 365 * 86_400_000

/** `POST /v1/client-secret`: the client that calls has another key from now on (HelseID.Library, ClientSecretEndpoint). */
async function rotateKey(ctx: Context): Promise<Answer> {
  const caller = await ctx.step('token', () => authenticate(ctx, AUDIENCE))
  await ctx.step('scope', () => requireScope(ctx, caller, [SCOPE]))
  const text = await ctx.step('body', () => ctx.readBody(LIMIT))
  await ctx.step('key', () => replaceKey(ctx, caller, text))
  return json(200, { expiration: new Date(ctx.now + LIFETIME).toISOString() })
}

async function replaceKey(ctx: Context, { clientId }: Caller, text: string): Promise<void> {
  const { clients } = ctx.world.state
  const client = await clients.find(clientId)
  if (!client) throw new Rejection(404, [finding('client-unknown', `This simulator has no client ${clientId}.`)])
  // The library sends the key as JSON, NHN's sample as JSON in a string.
  const { key, issues } = readPublicKey(parseBody(text, (message) => finding('client-registration', message)))
  if (!key) throw new Rejection(400, issues)
  const { keyName: _handedOut, published: _published, ...own } = client
  const older = ctx.world.settings.assumptions.rotatedKeys === 'kept' ? client.publicKeys : []
  await clients.put({ ...own, publicKeys: [key, ...older] })
}

/** The library shows the body as it is. */
function refusal({ status, issues }: Rejection): Answer {
  const detail = issues.map(({ message }) => message).join(' ')
  const body = { status, detail, jft_simulator: { issues: issues.map((issue) => plainIssue(issue, 'helseid')) } }
  return json(status, body, { 'content-type': 'application/problem+json; charset=utf-8' })
}

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/client-secret',
    summary: 'Give the client that calls another key: rotation',
    steps: ['token', 'scope', 'body', 'key'],
    handler: rotateKey,
    operation: {
      body: { 'application/json': { kty: 'RSA', n: '…', e: 'AQAB', alg: 'PS256', kid: 'new' } },
      responses: {
        '200': 'When the new key expires',
        '400': 'Not a public key, or a private one',
        '401': 'No valid DPoP token',
        '403': `No scope ${SCOPE}`,
        '404': 'No such client',
      },
    },
  },
]

/** HelseID's self-service for clients, real host `api.selvbetjening.test.nhn.no`: of it, the rotation of keys. */
export const selvbetjening = defineSurface({ routes, journaled: true, refusal })
