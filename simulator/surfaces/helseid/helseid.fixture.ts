import {
  CompactSign,
  type CryptoKey,
  calculateJwkThumbprint,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
} from 'jose'
import { sha256 } from '../../services/tokens/jwt.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { createSigningKeys } from '../../state/memory/keys.ts'
import type { SimulatorInput } from '../../state/options.ts'

/** Where the simulator of a test listens. */
export const BASE = 'http://localhost:7357'
export const ISSUER = `${BASE}/helseid`
export const TOKEN_ENDPOINT = `${ISSUER}/connect/token`

/** The ready-made clients. */
export const VENDOR = 'acdc0123-acdc-0123-4567-0123456789ab'
export const MUNICIPALITY = 'acdc0123-acdc-0123-4567-0123456789ad'

type Members = Record<string, unknown>

/** A key pair as a client holds it. */
export interface KeyPair {
  readonly alg: string
  readonly privateKey: CryptoKey
  readonly publicJwk: JWK
}

/** A client as its vendor sees it: an id and a key. */
export interface TestClient extends KeyPair {
  readonly clientId: string
}

/** What a test changes in a JWT; `undefined` takes a member out. */
export interface Changes {
  readonly header?: Members
  readonly payload?: Members
}

const keys = createSigningKeys()

/** A simulator of its own; the RSA keys are made once for all tests of a file. */
export function newSimulator(input: SimulatorInput = {}): Simulator {
  return createSimulator(input, { keys })
}

export async function newKey(alg = 'ES256'): Promise<KeyPair> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true })
  return { alg, privateKey, publicJwk: await exportJWK(publicKey) }
}

/** A ready-made client, from the file that the control API gives. */
export async function readyMade(simulator: Simulator, clientId = VENDOR): Promise<TestClient> {
  const response = await simulator.fetch(new Request(`${BASE}/_sim/clients/${clientId}`))
  const file = (await response.json()) as { privateJwk: string }
  const jwk = JSON.parse(file.privateJwk) as JWK
  const privateKey = await importJWK(jwk, 'RS256')
  if (privateKey instanceof Uint8Array) throw new TypeError('no RSA key')
  return { clientId, alg: 'RS256', privateKey, publicJwk: { kty: 'RSA', n: jwk.n ?? '', e: jwk.e ?? '' } }
}

export async function sign(key: KeyPair, header: Members, payload: Members): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(payload))
  return new CompactSign(bytes).setProtectedHeader({ alg: key.alg, ...header }).sign(key.privateKey)
}

/** A client assertion as HelseID's newest pages ask for it. */
export function assertionOf(
  simulator: Simulator,
  client: TestClient,
  { header, payload }: Changes = {},
): Promise<string> {
  const now = secondsOf(simulator)
  const claims = {
    iss: client.clientId,
    sub: client.clientId,
    aud: ISSUER,
    jti: crypto.randomUUID(),
    iat: now,
    nbf: now,
    exp: now + 10,
  }
  return sign(client, { typ: 'client-authentication+jwt', ...header }, { ...claims, ...payload })
}

/** A DPoP proof. */
export function proofOf(simulator: Simulator, key: KeyPair, { header, payload }: Changes): Promise<string> {
  const claims = { jti: crypto.randomUUID(), iat: secondsOf(simulator) }
  return sign(key, { typ: 'dpop+jwt', jwk: key.publicJwk, ...header }, { ...claims, ...payload })
}

export function secondsOf(simulator: Simulator): number {
  return Math.floor(simulator.world.time.clock.now() / 1000)
}

/** The claim that names a municipality, as NHN's libraries for .NET write it. */
export function actingFor(parent: string): Members {
  const identifier = { system: 'urn:oid:1.0.6523', type: 'ENH', value: `NO:ORGNR:${parent}:` }
  return { assertion_details: { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } } }
}

/** The form of a token request. */
export function formOf(client: TestClient, assertion: string, more: Record<string, string> = { scope: 'nhn:jft/api' }) {
  return new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: client.clientId,
    client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer',
    client_assertion: assertion,
    ...more,
  })
}

export function postToken(simulator: Simulator, form: URLSearchParams, proof?: string): Promise<Response> {
  const headers = proof === undefined ? {} : { dpop: proof }
  return simulator.fetch(new Request(TOKEN_ENDPOINT, { method: 'POST', body: form, headers }))
}

export interface TokenAnswer {
  readonly access_token: string
  readonly expires_in: number
  readonly token_type: string
  readonly scope: string
}

/** A token request as NHN's .NET library makes it: a new assertion and a new proof after the challenge. */
export async function fetchToken(
  simulator: Simulator,
  client: TestClient,
  key: KeyPair = client,
  payload: Members = actingFor('313231593'),
  more?: Record<string, string>,
): Promise<Response> {
  const post = async (nonce?: string) => {
    const assertion = await assertionOf(simulator, client, { payload })
    const proof = await proofOf(simulator, key, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT, nonce } })
    return postToken(simulator, formOf(client, assertion, more), proof)
  }
  const challenge = await post()
  const nonce = challenge.headers.get('dpop-nonce')
  return nonce === null ? challenge : post(nonce)
}

/** A request to an API with a token and a fresh proof. */
export async function callApi(
  simulator: Simulator,
  key: KeyPair,
  token: string,
  url: string,
  { header, payload }: Changes = {},
): Promise<Response> {
  const [htu] = url.split('?')
  const claims = { htm: 'GET', htu, ath: await sha256(token), ...payload }
  const proof = await proofOf(simulator, key, { header: { ...header }, payload: claims })
  return simulator.fetch(new Request(url, { headers: { authorization: `DPoP ${token}`, dpop: proof } }))
}

export function thumbprint(key: KeyPair): Promise<string> {
  return calculateJwkThumbprint(key.publicJwk)
}

/** The rules that refused the newest exchange. */
export async function rulesOf(simulator: Simulator): Promise<string[]> {
  const [newest] = await simulator.world.state.journal.list({ limit: 1 })
  return (newest?.issues ?? []).map((issue) => issue.rule)
}

/** The OAuth error of an answer, with its status. */
export async function errorOf(response: Response) {
  const { error, error_description } = (await response.json()) as Record<string, unknown>
  return { status: response.status, error, error_description }
}

/** A nonce of the token endpoint. */
export async function nonceOf(simulator: Simulator): Promise<string> {
  const client = await readyMade(simulator)
  const proof = await proofOf(simulator, client, { payload: { htm: 'POST', htu: TOKEN_ENDPOINT } })
  const response = await postToken(simulator, formOf(client, await assertionOf(simulator, client)), proof)
  return response.headers.get('dpop-nonce') ?? ''
}
