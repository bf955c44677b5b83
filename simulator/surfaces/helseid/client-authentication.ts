import type { Jwk, SigningKeys } from '../../ground/keys.ts'
import { suggest } from '../../ground/text/suggest.ts'
import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import { finding, type Members, numericDate, quote } from '../../rules/finding.ts'
import { type Assertion, adviseOnAssertion, checkAssertion } from '../../rules/token/assertion.ts'
import { ALGORITHMS } from '../../rules/token/claims.ts'
import { extensionOf } from '../../rules/token/key.ts'
import { type Jwt, parseJwt, publicMembers, signatureFault, verifierOf } from '../../services/tokens/jwt.ts'
import { generateRsaJwk } from '../../services/tokens/signing-key.ts'
import type { ClientRegister } from '../../state/ports.ts'
import type { Client } from '../../state/records.ts'
import { oauthError, oauthFinding } from './refusal.ts'

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

/** A client that proved who it is. */
export interface AuthenticatedClient {
  readonly client: Client
  /** The payload of its assertion. */
  readonly claims: Members
}

/**
 * Authenticates a client by private_key_jwt (RFC 7523). Throws a `Rejection` 400 `invalid_client`, bare as HelseID's,
 * with all that is wrong as issues.
 */
export async function authenticateClient(ctx: Context, form: URLSearchParams): Promise<AuthenticatedClient> {
  const text = assertionOf(ctx, form)
  const jwt = parseJwt(text)
  if (!jwt) throw invalidClient('assertion-malformed', 'client_assertion is not a compact JWT.')
  const clientId = form.get('client_id') ?? undefined
  const { clients, keys: own } = ctx.world.state
  const client = await clients.find(String(jwt.payload.sub ?? clientId))
  ctx.identify(client ? { clientId: client.clientId, clientName: client.name } : { clientId: String(jwt.payload.sub) })
  const keys = client ? await publicKeysOf(own, client) : []
  const assertion: Assertion = { ...jwt, ...(await signatureOf(text, jwt, keys)) }
  const use = { clientId, issuers: issuersOf(ctx), now: ctx.now, keys: keys.length }
  const issues = [...(client ? [] : [await unknownClient(clients, jwt)]), ...checkAssertion(assertion, use)]
  if (!client || ctx.activeIssues(issues).length > 0) throw oauthError('invalid_client', issues)
  ctx.warn(adviseOnAssertion(assertion, use))
  await judgeReuse(ctx, client, assertion)
  return { client, claims: jwt.payload }
}

function invalidClient(
  rule: 'client-authentication' | 'assertion-malformed',
  message: string,
  expected?: unknown,
): Rejection {
  return oauthFinding('invalid_client', rule, message, expected)
}

function assertionOf(ctx: Context, form: URLSearchParams): string {
  const text = form.get('client_assertion')
  const type = form.get('client_assertion_type')
  if (text !== null && type === ASSERTION_TYPE) return text
  const secret = form.has('client_secret') || ctx.request.headers.has('authorization')
  const instead = secret ? ' A client secret is not taken.' : ''
  const missing = text === null ? 'client_assertion is missing.' : `client_assertion_type is ${quote(type)}.`
  ctx.refuse(invalidClient('client-authentication', `${missing}${instead}`, { client_assertion_type: ASSERTION_TYPE }))
  return text ?? ''
}

/** The issuer that was called first, then the other names of this simulator. */
function issuersOf({ origins, world }: Context): string[] {
  return [...new Set([origins.helseid, ...world.net.origins.issuers])]
}

/** Every registered key is tried: `kid` is no guide, samples of NHN's send the one of HelseID's own key. */
async function signatureOf(
  text: string,
  { header }: Jwt,
  keys: readonly Jwk[],
): Promise<Pick<Assertion, 'signature' | 'fault'>> {
  const alg = ALGORITHMS.find((known) => known === header.alg)
  if (keys.length === 0 || alg === undefined || extensionOf(header) !== undefined) return { signature: 'unchecked' }
  const faults = new Set<string>()
  for (const key of keys) {
    const fault = await signatureFault(text, alg, await verifierOf(alg, key))
    if (fault === undefined) return { signature: 'good' }
    faults.add(fault)
  }
  return { signature: 'bad', fault: [...faults].join('; ') }
}

/** Only what passed everything else is remembered; one that comes again within its lifetime was used twice. */
async function judgeReuse(ctx: Context, { clientId }: Client, { payload: { jti, exp } }: Assertion): Promise<void> {
  const { assertionReuse } = ctx.world.settings.assumptions
  if (assertionReuse === 'accept' || typeof jti !== 'string') return
  const expires = ((numericDate(exp) ?? 0) + LEEWAY) * 1000
  if (!(await ctx.world.state.replays.seen(`assertion ${clientId} ${jti}`, ctx.now, expires))) return
  const message = `The client assertion with jti ${quote(jti)} was used before; HelseID will require a new one for each request.`
  const issue = finding('assertion-reused', message, 'a new jti', jti)
  if (assertionReuse === 'warn') ctx.warn([issue])
  else ctx.refuse(oauthError('invalid_client', [{ ...issue, severity: 'error' }]))
}

/** Seconds for which an assertion is taken after its end. */
const LEEWAY = 10

async function publicKeysOf(keys: SigningKeys, client: Client): Promise<readonly Jwk[]> {
  if (client.keyName === undefined) return client.publicKeys
  return [publicMembers(await keys.get(client.keyName, generateRsaJwk))]
}

async function unknownClient(clients: ClientRegister, { payload: { sub } }: Jwt) {
  const known = (await clients.list()).map((client) => client.clientId)
  const hint = suggest(String(sub), known, `It knows ${known.join(', ')}.`)
  return finding('client-unknown', `This simulator has no client ${quote(sub)}. ${hint}`, known, sub)
}
