import type { OperationOutcome } from 'fhir/r4.js'
import type { Platform } from '../../ground/platform.ts'
import { READY_MADE_VKP_ID } from '../../services/clients/ready-made-clients.ts'
import { createSimulator, type Simulator } from '../../simulator.ts'
import { createSigningKeys } from '../../state/memory/keys.ts'
import type { SimulatorInput } from '../../state/options.ts'
import type { ExchangeDetail, ExchangeList } from '../control/types.ts'

/** The municipality whose events VKP forwards to JFT, and one whose events it puts into the EHR. */
export const PROXIED = '312229544'
export const CLASSIC = '313231593'

/** What a call to VKP says besides its path; a header that is `null` is left out. */
export interface Call {
  readonly scope?: readonly string[]
  readonly vkpId?: string | null
  readonly amr?: string
  readonly token?: Record<string, unknown>
  readonly body?: string
  readonly headers?: Readonly<Record<string, string | null>>
}

/** A simulator without a port, and a way to call VKP with Bearer tokens from the test token service. */
export interface Vkp {
  readonly simulator: Simulator
  /** Calls a path below `/vkp/epj/r4/`. */
  call(path: string, call?: Call): Promise<Response>
  /** The VKP code and the simulator's rule of each issue. */
  codes(answer: Response): Promise<string[]>
  get<T>(path: string): Promise<T>
  put(path: string, body: unknown): Promise<Response>
  /** Oldest first: the newest exchange with VKP, and its legs before it. */
  story(): Promise<ExchangeDetail[]>
}

/** Making RSA keys is what costs: all simulators of a test file share them. */
const KEYS = createSigningKeys()

export const FORM = 'application/x-www-form-urlencoded'
export const EVENTS = '/_sim/events'

/** The events that JFT has. */
export const eventsOf = async (vkp: Vkp) =>
  (await vkp.get<{ events: { id: string; municipality: string; clientName: string }[] }>(EVENTS)).events
/** The notes that the EHR stand-in has. */
export const notesOf = async (vkp: Vkp, orgnr: string) =>
  (await vkp.get<{ notes: { source: unknown }[] }>(`/ehr/journal/${orgnr}`)).notes

export const BASE = 'http://localhost:7357'

/** Starts a simulator for tests of VKP. */
export function startVkp(input: SimulatorInput = {}, platform: Platform = {}): Vkp {
  const simulator = createSimulator(input, { keys: KEYS, ...platform })
  const fetch = (path: string, init: RequestInit = {}) => simulator.fetch(new Request(BASE + path, init))
  const get = async <T>(path: string) => (await (await fetch(path)).json()) as T
  return {
    simulator,
    get,
    async call(path, call = {}) {
      const authorization = `Bearer ${await testToken(fetch, call)}`
      const headers = { authorization, 'content-type': 'text/plain; charset=utf-8', ...call.headers }
      const sent = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
      return fetch(`/vkp/epj/r4/${path}`, { method: 'POST', headers: sent, body: call.body ?? '' })
    },
    async codes(answer) {
      const { issue } = (await answer.json()) as OperationOutcome
      return issue.map(({ details }) => (details?.coding ?? []).map(({ code }) => code).join(' '))
    },
    put: (path, body) => fetch(path, { method: 'PUT', body: JSON.stringify(body) }),
    async story() {
      const { exchanges } = await get<ExchangeList>('/_sim/exchanges?limit=20')
      const newest = exchanges.find(({ surface }) => surface === 'vkp')
      const mine = exchanges.filter(({ id, parent }) => id === newest?.id || parent === newest?.id)
      return Promise.all(mine.reverse().map(({ id }) => get<ExchangeDetail>(`/_sim/exchanges/${id}`)))
    },
  }
}

/** All scopes that the documents name: of each test only those count that it is about. */
const WRITE = ['bundle', 'composition', 'medicationdispense', 'encounter', 'communication']
const READ = ['patient', 'episodeofcare', 'careplan', 'composition', 'condition', 'allergyintolerance']
const SCOPES = [
  ...WRITE.map((name) => `${name}.write`),
  ...[...READ, 'medicationstatement'].map((name) => `${name}.read`),
]

async function testToken(fetch: (path: string, init: RequestInit) => Promise<Response>, call: Call): Promise<string> {
  const vkpId = call.vkpId === undefined ? READY_MADE_VKP_ID : call.vkpId
  const request = {
    audience: 'nhn:vkp',
    withoutDefaultUserClaims: true,
    clientClaimsParametersGeneration: 'GenerateOnlyFromNonEmptyParameterValues',
    clientClaimsParameters: {
      scope: call.scope ?? SCOPES.map((scope) => `nhn:vkp/api/user/${scope}`),
      clientId: 'acdc0123-acdc-0123-4567-0123456789af',
      clientName: 'Bruno-VKP',
      clientAuthenticationMethodsReferences: call.amr ?? 'private_key_jwt',
    },
    apiSpecificClaims: vkpId === null ? [] : [{ type: 'nhn:vkp/client/claims/vkp-id', value: vkpId }],
    ...call.token,
  }
  const headers = { 'content-type': 'application/json' }
  const init = { method: 'POST', headers, body: JSON.stringify(request) }
  const answer = (await (await fetch('/ttt/v2/create-test-token-with-key', init)).json()) as {
    successResponse: { accessTokenJwt: string }
  }
  return answer.successResponse.accessTokenJwt
}
