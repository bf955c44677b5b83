import {
  base64url,
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  SignJWT,
} from 'jose'
import { type RobotWorld, unexpected } from './robot.ts'

/** Which client calls, for whom, and with what kind of token. */
export interface Identity {
  readonly clientId: string
  /** Organisation number of the municipality that the client acts for; none for a client that acts for nobody. */
  readonly municipality?: string
  readonly scope: string
  /** JFT takes tokens that are bound to a key (RFC 9449), VKP bearer tokens. */
  readonly scheme: 'DPoP' | 'Bearer'
}

/** What a call sends beside method and URL. */
export interface Call {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** Calls an API with tokens from HelseID. */
export interface ApiClient {
  /** Gets a token where there is none that lasts, and calls. Rejects with an `UnexpectedAnswer` when HelseID refuses. */
  call(method: 'GET' | 'POST', url: string, call?: Call): Promise<Response>
}

/** Seconds before its end at which a token is renewed. */
const RENEWAL = 30

interface Token {
  readonly text: string
  /** Milliseconds since the epoch, by the world's clock. */
  readonly expires: number
}

/** Creates a client with a DPoP key of its own. The client's key and id come from the file that the control API gives. */
export function createApiClient(world: RobotWorld, identity: Identity): ApiClient {
  let token: Token | undefined
  let key: Promise<ProofKey> | undefined
  const authorize = async (method: string, url: string) => {
    key ??= makeProofKey()
    const proofKey = await key
    if (!token || world.time.clock.now() > token.expires - RENEWAL * 1000)
      token = await requestToken(world, identity, proofKey)
    const authorization = `${identity.scheme} ${token.text}`
    if (identity.scheme === 'Bearer') return { authorization }
    return { authorization, dpop: await signProof(world, proofKey, { method, url, accessToken: token.text }) }
  }
  const call = async (method: string, url: string, { body, headers }: Call) => {
    const authorized = { ...headers, ...(await authorize(method, url)) }
    return world.net.fetch(new Request(url, { method, headers: authorized, ...(body === undefined ? {} : { body }) }))
  }
  return {
    async call(method, url, options = {}) {
      const answer = await call(method, url, options)
      if (answer.status !== 401) return answer
      token = undefined
      return call(method, url, options)
    },
  }
}

interface ProofKey {
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

async function makeProofKey(): Promise<ProofKey> {
  const { privateKey, publicKey } = await generateKeyPair('ES256')
  return { privateKey, publicJwk: await exportJWK(publicKey) }
}

interface ProofTarget {
  readonly method: string
  readonly url: string
  readonly accessToken?: string
  readonly nonce?: string
}

/** RFC 9449, section 4.2. */
async function signProof(world: RobotWorld, key: ProofKey, { method, url, accessToken, nonce }: ProofTarget) {
  const { origin, pathname } = new URL(url)
  const claims = {
    htm: method,
    htu: origin + pathname,
    jti: world.time.ids.uuid(),
    iat: secondsOf(world),
    ...(nonce === undefined ? {} : { nonce }),
    ...(accessToken === undefined ? {} : { ath: await sha256(accessToken) }),
  }
  return new SignJWT(claims)
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: key.publicJwk })
    .sign(key.privateKey)
}

/** Client credentials with private_key_jwt (RFC 7523); a bound token takes one more round, for HelseID's nonce. */
async function requestToken(world: RobotWorld, identity: Identity, key: ProofKey): Promise<Token> {
  const url = `${world.net.origins.local.helseid}/connect/token`
  const post = async (nonce?: string) => {
    const proof = { method: 'POST', url, ...(nonce === undefined ? {} : { nonce }) }
    const headers = identity.scheme === 'DPoP' ? { dpop: await signProof(world, key, proof) } : {}
    return world.net.fetch(new Request(url, { method: 'POST', headers, body: await tokenForm(world, identity) }))
  }
  const first = await post()
  const nonce = first.headers.get('dpop-nonce')
  const answer = first.ok || nonce === null ? first : await post(nonce)
  if (!answer.ok) throw await unexpected(answer, 'The token request')
  const { access_token: text, expires_in: seconds } = (await answer.json()) as TokenAnswer
  return { text, expires: world.time.clock.now() + seconds * 1000 }
}

interface TokenAnswer {
  readonly access_token: string
  readonly expires_in: number
}

async function tokenForm(world: RobotWorld, identity: Identity): Promise<URLSearchParams> {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: identity.clientId,
    scope: identity.scope,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: await signAssertion(world, identity),
  })
}

async function signAssertion(world: RobotWorld, { clientId, municipality }: Identity): Promise<string> {
  const jwk = await privateJwk(world, clientId)
  const now = secondsOf(world)
  const times = { iat: now, nbf: now, exp: now + 30 }
  const claims = {
    iss: clientId,
    sub: clientId,
    aud: world.net.origins.local.helseid,
    jti: world.time.ids.uuid(),
    ...times,
  }
  const details = municipality === undefined ? {} : { assertion_details: parentOrganization(municipality) }
  return new SignJWT({ ...claims, ...details })
    .setProtectedHeader({ typ: 'client-authentication+jwt', alg: 'RS256', kid: await calculateJwkThumbprint(jwk) })
    .sign(await importJWK(jwk, 'RS256'))
}

/** The file that HelseID's self-service would give. */
async function privateJwk(world: RobotWorld, clientId: string): Promise<JWK> {
  const answer = await world.net.fetch(new Request(`${world.net.origins.local.control}/clients/${clientId}`))
  if (!answer.ok) throw await unexpected(answer, `The request for the file of client ${clientId}`)
  const { privateJwk: text } = (await answer.json()) as { privateJwk: string }
  return JSON.parse(text) as JWK
}

/** HelseID, "Organisation numbers": the parent unit that a multi-tenant client acts for. */
function parentOrganization(orgnr: string) {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${orgnr}:` }
  return { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
}

function secondsOf({ time }: RobotWorld): number {
  return Math.floor(time.clock.now() / 1000)
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return base64url.encode(new Uint8Array(digest))
}
