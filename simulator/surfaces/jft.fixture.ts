import type { Bundle } from 'fhir/r4.js'
import { createClock } from '../ground/clock.ts'
import type { ExplainedIssue } from '../rules/operation-outcome.ts'
import { createSimulator, type Simulator } from '../simulator.ts'
import { createSigningKeys } from '../state/memory/keys.ts'
import type { SimulatorInput } from '../state/options.ts'
import type { ExchangeDetail, ExchangeList } from './control/types.ts'

/** What a call to JFT says besides method and path. */
export interface Call {
  readonly orgnr?: string | null
  readonly clientId?: string
  readonly audience?: string
  readonly scope?: readonly string[]
  readonly supplier?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly headers?: Readonly<Record<string, string>>
}

/** A simulator without a port, and a way to call JFT with real tokens from the test token service. */
export interface Jft {
  readonly simulator: Simulator
  readonly clock: ReturnType<typeof createClock>
  call(method: string, path: string, call?: Call): Promise<Response>
  /** Submits a resource; its id, or a failure with the answer. */
  submit(resource: { readonly resourceType: string }, call?: Call): Promise<string>
  search(path: string, call?: Call): Promise<Bundle>
  issues(answer: Response): Promise<readonly Pick<ExplainedIssue, 'rule'>[]>
  lastExchange(): Promise<ExchangeDetail>
}

/** Making RSA keys is what costs: all simulators of a test file share them. */
const KEYS = createSigningKeys()

const BASE = 'http://localhost:7357'

/** Starts a simulator; the clock can be moved. */
export function startJft(input: SimulatorInput = {}): Jft {
  const clock = createClock()
  const simulator = createSimulator(input, { clock, keys: KEYS })
  const fetch = (path: string, init: RequestInit = {}) => simulator.fetch(new Request(BASE + path, init))

  const call = async (method: string, path: string, options: Call = {}) => {
    const { accessTokenJwt, dPoPProof } = await testToken(fetch, method, BASE + path.replace(/\?.*$/, ''), options)
    const headers = { 'content-type': 'application/json', ...options.headers }
    const auth = { authorization: `DPoP ${accessTokenJwt}`, dpop: dPoPProof }
    return fetch(path, {
      method,
      headers: { ...headers, ...auth },
      ...(options.body === undefined ? {} : { body: options.body }),
    })
  }
  const control = async <T>(path: string) => (await (await fetch(path)).json()) as T
  return {
    simulator,
    clock,
    call,
    async submit(resource, options = {}) {
      const answer = await call('POST', `/write/v1/${resource.resourceType}`, {
        body: JSON.stringify(resource),
        ...options,
      })
      if (answer.status !== 202) throw new Error(`${answer.status} ${await answer.text()}`)
      return answer.headers.get('location')?.split('/').at(-2) ?? ''
    },
    search: async (path, options) => (await (await call('GET', `/read/v1/${path}`, options)).json()) as Bundle,
    async issues(answer) {
      const { issue } = (await answer.json()) as { issue: OutcomeIssue[] }
      return issue.map((one) => ({ rule: ruleIn(one) }))
    },
    async lastExchange() {
      const { exchanges } = await control<ExchangeList>('/_sim/exchanges?limit=1')
      return control<ExchangeDetail>(`/_sim/exchanges/${exchanges[0]?.id}`)
    },
  }
}

interface OutcomeIssue {
  readonly extension: readonly {
    readonly extension: readonly { readonly url: string; readonly valueString: string }[]
  }[]
}

function ruleIn({ extension }: OutcomeIssue): ExplainedIssue['rule'] {
  const value = extension[0]?.extension.find(({ url }) => url === 'rule')?.valueString
  return value as ExplainedIssue['rule']
}

type Fetch = (path: string, init?: RequestInit) => Promise<Response>

async function testToken(fetch: Fetch, method: string, htu: string, { orgnr = '313231593', ...call }: Call) {
  const body = {
    audience: call.audience ?? 'nhn:jft',
    withoutDefaultClientClaims: true,
    withoutDefaultUserClaims: true,
    clientClaimsParametersGeneration: 'GenerateOnlyFromNonEmptyParameterValues',
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: htu, htmClaimValue: method },
    clientClaimsParameters: {
      scope: call.scope ?? ['nhn:jft/api'],
      clientId: call.clientId ?? 'acdc0123-acdc-0123-4567-0123456789ab',
      clientName: 'Bruno-Local',
      ...(orgnr === null ? {} : { orgnrParent: orgnr }),
      ...(call.supplier === undefined ? {} : { orgnrSupplier: call.supplier }),
    },
  }
  const headers = { 'content-type': 'application/json' }
  const answer = await fetch('/ttt/v2/create-test-token-with-key', {
    method: 'POST',
    headers,
    body: JSON.stringify(body),
  })
  const { successResponse } = (await answer.json()) as {
    successResponse: { accessTokenJwt: string; dPoPProof: string }
  }
  return successResponse
}
