import { noteFactory } from '../fixtures/index.ts'
import type { Platform } from './ground/platform.ts'
import type { RuleId } from './rules/catalogue.ts'
import { READY_MADE_VKP_ID } from './services/clients/ready-made-clients.ts'
import { createSimulator, type Simulator } from './simulator.ts'
import { createSigningKeys } from './state/memory/keys.ts'
import type { SimulatorInput } from './state/options.ts'
import {
  actingFor,
  assertionOf,
  BASE,
  type Changes,
  formOf,
  nonceOf,
  postToken,
  proofOf,
  readyMade,
  TOKEN_ENDPOINT,
  VENDOR,
} from './surfaces/helseid/helseid.fixture.ts'

/** A request that breaks a rule, and the simulator that it needs. */
export interface Provocation {
  readonly input?: SimulatorInput
  readonly platform?: Platform
  readonly act: (simulator: Simulator) => Promise<Response>
}

const KEYS = createSigningKeys()
export const ORGANIZATION = '313231593'
export const PROXIED = '312229544'
const FORM = 'application/x-www-form-urlencoded'
export const EXCHANGE = 'urn:ietf:params:oauth:grant-type:token-exchange'
export const ACCESS_TOKEN = 'urn:ietf:params:oauth:token-type:access_token'

/** Starts the simulator that a provocation needs; its clock stands still. */
export function simulatorFor({ input, platform }: Provocation, switchedOff: readonly RuleId[]): Simulator {
  const simulator = createSimulator({ ...input, switchedOff: [...switchedOff] }, { keys: KEYS, ...platform })
  simulator.world.time.clock.freeze(Date.parse('2030-01-01T12:00:00Z'))
  return simulator
}

type Fields = Readonly<Record<string, unknown>>
type Headers = Readonly<Record<string, string>>

export const send = (simulator: Simulator, path: string, init?: RequestInit) =>
  simulator.fetch(new Request(BASE + path, init))
export const control = (simulator: Simulator, method: string, path: string, body?: unknown, headers: Headers = {}) =>
  send(simulator, `/_sim${path}`, { method, headers, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })

interface ApiCall {
  readonly method?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Headers
  /** Fields of the request to the test token service. */
  readonly token?: Fields
  readonly claims?: Fields
  readonly proof?: Fields
  readonly orgnr?: string
  /** Changes the credentials once they are made. */
  readonly spoil?: (credentials: Record<string, string>) => Record<string, string>
}

export async function testToken(simulator: Simulator, fields: Fields): Promise<{ accessToken: string; proof: string }> {
  const body = JSON.stringify({ withoutDefaultUserClaims: true, ...fields })
  const answer = await send(simulator, '/ttt/v2/create-test-token-with-key', { method: 'POST', body })
  const { successResponse } = (await answer.json()) as { successResponse: Record<string, string | null> }
  return { accessToken: successResponse.accessTokenJwt ?? '', proof: successResponse.dPoPProof ?? '' }
}

export async function credentialsFor(
  simulator: Simulator,
  path: string,
  call: ApiCall,
): Promise<Record<string, string>> {
  const { method = 'GET', orgnr = ORGANIZATION, token, claims, proof: spoilt } = call
  const htu = BASE + path.replace(/\?.*$/, '')
  const { accessToken, proof } = await testToken(simulator, {
    audience: 'nhn:jft',
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: htu, htmClaimValue: method, ...spoilt },
    clientClaimsParameters: { scope: ['nhn:jft/api'], orgnrParent: orgnr, ...claims },
    ...token,
  })
  return { authorization: `DPoP ${accessToken}`, dpop: proof }
}

/** Calls JFT with a token of the test token service. */
export async function jft(simulator: Simulator, path: string, call: ApiCall = {}): Promise<Response> {
  const { method = 'GET', body, headers, spoil = (same) => same } = call
  const credentials = spoil(await credentialsFor(simulator, path, call))
  const sent = { 'content-type': 'application/json', ...headers, ...credentials }
  return send(simulator, path, { method, headers: sent, ...(body === undefined ? {} : { body }) })
}

export const NOTE = noteFactory.build()
export const TEXT = JSON.stringify(NOTE)
export const WRITE = '/write/v1/Composition'
export const READ = '/read/v1/Composition'

export const search = (query: string, input: SimulatorInput = {}, call: ApiCall = {}): Provocation => ({
  input,
  act: (simulator) => jft(simulator, `${READ}?${query}`, call),
})
export const submission = (
  body: string,
  input: SimulatorInput = {},
  call: ApiCall = {},
  path = WRITE,
): Provocation => ({
  input,
  act: (simulator) => jft(simulator, path, { method: 'POST', body, ...call }),
})
export const reading = (call: ApiCall): Provocation => ({ act: (simulator) => jft(simulator, READ, call) })
export const defect = (invalidDPoPProofParameters: string) => reading({ proof: { invalidDPoPProofParameters } })
export const spoilt = (spoil: ApiCall['spoil'] & object) => reading({ spoil })
export const identityNumber = (value: string, environment: 'test' | 'prod', orgnr: string): Provocation => {
  const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value }
  return submission(JSON.stringify({ ...NOTE, subject: { identifier } }), { environment }, { orgnr })
}

/** An id that JFT gave an event. */
export async function submitted(simulator: Simulator, orgnr = ORGANIZATION): Promise<string> {
  const answer = await jft(simulator, WRITE, { method: 'POST', body: TEXT, orgnr })
  return answer.headers.get('location')?.split('/').at(-2) ?? ''
}

export const acknowledging = (assumptions: SimulatorInput['assumptions'] & object): Provocation => ({
  input: { assumptions },
  act: async (simulator) => {
    const path = `${WRITE}/${await submitted(simulator)}/$journaling-acknowledged`
    return jft(simulator, path, { method: 'POST' })
  },
})

/** Breaks a valid Composition, and submits it to JFT. */
export const r4 = (members: Fields, input: SimulatorInput = {}) =>
  submission(JSON.stringify({ ...NOTE, ...members }), input)
export const extension = (members: Fields, input?: SimulatorInput) =>
  r4({ extension: [{ url: 'urn:example:x', ...members }] }, input)
export const patient = (members: Fields) => r4({ contained: [{ resourceType: 'Patient', ...members }] })
export const typed = (resourceType: unknown) => submission(JSON.stringify({ ...NOTE, resourceType }))
/** Finds what SDK 5 does not look for. */
export const SDK_6: SimulatorInput = { assumptions: { firelySdk: 6 } }
export const SDK_6_STRICT: SimulatorInput = { assumptions: { firelySdk: 6, firelyMode: 'strict' } }
/** Arrays and objects, 65 deep. */
export const DEEP = `${'{"extension":['.repeat(33)}{}${']}'.repeat(33)}`

interface VkpCall {
  readonly token?: Fields
  readonly claims?: Fields
  readonly vkpId?: string | null
  readonly body?: string
  readonly headers?: Headers
}

export async function vkp(simulator: Simulator, path: string, call: VkpCall = {}): Promise<Response> {
  const vkpId = call.vkpId === undefined ? READY_MADE_VKP_ID : call.vkpId
  const scopes = ['composition.*', 'bundle.*', 'encounter.*', 'patient.*', 'condition.*', 'careplan.*']
  const { accessToken } = await testToken(simulator, {
    audience: 'nhn:vkp',
    clientClaimsParameters: { scope: scopes.map((scope) => `nhn:vkp/api/user/${scope}`), ...call.claims },
    apiSpecificClaims: vkpId === null ? [] : [{ type: 'nhn:vkp/client/claims/vkp-id', value: vkpId }],
    ...call.token,
  })
  const headers = { authorization: `Bearer ${accessToken}`, 'content-type': 'text/plain', ...call.headers }
  return send(simulator, `/vkp/epj/r4/${path}`, { method: 'POST', headers, body: call.body ?? TEXT })
}

export const toVkp = (
  path: string,
  call: VkpCall = {},
  input: SimulatorInput = {},
  platform: Platform = {},
): Provocation => ({
  input,
  platform,
  act: (simulator) => vkp(simulator, path, call),
})
export const throughVkp = (input: SimulatorInput = {}, body = TEXT) => toVkp(`${PROXIED}/composition`, { body }, input)
export const toClassic = (members: Fields) =>
  toVkp(`${ORGANIZATION}/composition`, { body: JSON.stringify({ ...NOTE, ...members }) })
export const vkpSearch = (
  type: string,
  body: string,
  call: VkpCall = {},
  input: SimulatorInput = {},
  platform = {},
) => {
  const headers = { 'content-type': FORM, servicecodes: 'ta', ...call.headers }
  return toVkp(`${ORGANIZATION}/${type}/_search`, { ...call, body, headers }, input, platform)
}
export const PERSON = 'patient.identifier=02850097219'
export const register = (entry: Fields): SimulatorInput['vkp'] => ({
  register: [{ orgnr: ORGANIZATION, vkpId: READY_MADE_VKP_ID, ...entry }],
})
export const unreachable = (name: string): Provocation => {
  const outbound = () => Promise.reject(Object.assign(new Error('no answer'), { name }))
  const input = { routes: [{ orgnr: ORGANIZATION, mode: 'classic' as const, ehrUrl: 'http://ehr.example/r4' }] }
  return vkpSearch('condition', PERSON, {}, input, { outbound })
}
export const withFault = (fault: Fields, then: Provocation): Provocation => ({
  ...then,
  act: async (simulator) => {
    await control(simulator, 'POST', '/faults', fault)
    return then.act(simulator)
  },
})
export const injecting = (code: number, surface = 'jft-read') => ({ surface, effect: { kind: 'status', status: code } })

/** A token request that is right but for the changes. */
interface TokenCall {
  readonly clientId?: string
  readonly assertion?: Changes
  readonly proof?: Changes
  readonly nonce?: boolean
  readonly more?: Record<string, string>
  readonly form?: (form: URLSearchParams) => void
}

export async function token(simulator: Simulator, call: TokenCall = {}): Promise<Response> {
  const client = await readyMade(simulator, call.clientId ?? VENDOR)
  const details = client.clientId === VENDOR ? actingFor(ORGANIZATION) : {}
  const payload = { ...details, ...call.assertion?.payload }
  const form = formOf(client, await assertionOf(simulator, client, { ...call.assertion, payload }), {
    scope: 'nhn:jft/api',
    ...call.more,
  })
  call.form?.(form)
  const nonce = call.nonce === false ? undefined : await nonceOf(simulator)
  const claims = { htm: 'POST', htu: TOKEN_ENDPOINT, nonce, ...call.proof?.payload }
  return postToken(simulator, form, await proofOf(simulator, client, { ...call.proof, payload: claims }))
}

export const helseid = (call: TokenCall): Provocation => ({ act: (simulator) => token(simulator, call) })
export const asserting = (payload: Fields, clientId?: string) =>
  helseid({ assertion: { payload: { ...payload } }, ...(clientId === undefined ? {} : { clientId }) })
export const details = (value: unknown, clientId?: string) => asserting({ assertion_details: value }, clientId)
export const organization = (system: string, value: string, clientId?: string) => {
  const identifier = { system, type: 'ENH', value }
  return details({ type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }, clientId)
}
export const PARENT = 'urn:oid:1.0.6523'
export const CHILD = 'urn:oid:2.16.578.1.12.4.1.4.101'
export const NOW = Date.parse('2030-01-01T12:00:00Z') / 1000
export const ttt = (body: unknown): Provocation => ({
  act: (simulator) =>
    send(simulator, '/ttt/v2/create-test-token-with-key', { method: 'POST', body: JSON.stringify(body) }),
})
export const controlling = (method: string, path: string, body?: unknown, headers?: Headers): Provocation => ({
  act: (simulator) => control(simulator, method, path, body, headers),
})
export const calling = (target: string, init?: RequestInit): Provocation => ({
  act: (simulator) => simulator.fetch(new Request(target, init)),
})
export const client = { clientId: 'own', tenancy: 'none', organization: '994598759' }

/** A note with a byte in its title that no UTF-8 has. */
export const NOT_UTF_8 = new TextEncoder().encode(JSON.stringify({ ...NOTE, title: 'a?b' }))
NOT_UTF_8[NOT_UTF_8.indexOf('?'.charCodeAt(0))] = 0xff

/** The path of the second page of a search. */
export async function nextPage(simulator: Simulator): Promise<string> {
  for (let n = 0; n < 2; n += 1) await submitted(simulator)
  const page = (await (await jft(simulator, `${READ}?_count=1`)).json()) as {
    link: { relation: string; url: string }[]
  }
  return (page.link.find(({ relation }) => relation === 'next')?.url ?? '').replace(BASE, '')
}
