import type {
  ClientEntry,
  ClientList,
  ClockReading,
  EventDetail,
  EventList,
  EventSummary,
  ExchangeDetail,
  ExchangeList,
  ExchangeSummary,
  FaultInfo,
  FaultList,
  FaultPresetList,
  Info,
  PayloadCheck,
  RobotEntry,
  RobotList,
  RuleEntry,
  RuleList,
  SandboxInfo,
  SilentPointEntry,
} from '../../simulator/surfaces/control-types.ts'

export type {
  ClientEntry,
  ClientList,
  ClockReading,
  EventDetail,
  EventList,
  EventSummary,
  ExchangeDetail,
  ExchangeList,
  ExchangeSummary,
  FaultInfo,
  FaultList,
  FaultPresetList,
  Info,
  PayloadCheck,
  RobotEntry,
  RobotList,
  RuleEntry,
  RuleList,
  SandboxInfo,
  SilentPointEntry,
}
export type Issue = ExchangeSummary['issues'][number]
export type Step = ExchangeSummary['steps'][number]
export type Body = NonNullable<ExchangeDetail['request']['body']>
export type Verdict = PayloadCheck['jft']
export type Correction = PayloadCheck['vkp']['corrections'][number]
export type Headers = ExchangeDetail['request']['headers']

/** How VKP delivers for one municipality and vendor; `*` is every one that has no row of its own. */
export interface Route {
  readonly orgnr: string
  readonly vkpId: string
  readonly mode: 'classic' | 'proxy'
  readonly ehrUrl?: string
}

/** Whose system may call VKP for which municipality. */
export interface RegisterEntry {
  readonly orgnr: string
  readonly vkpId: string
  readonly active: boolean
  readonly serviceCodes: readonly string[]
}

/** What to set the clock to. `at`: ISO 8601. */
export type ClockOrder =
  | { readonly mode: 'frozen'; readonly at?: string }
  | { readonly mode: 'running'; readonly rate: number }
  | { readonly mode: 'machine' }

/** The sandbox that the page shows: the one that `?sandbox=` names, or the one that always exists. */
export const SANDBOX: string | undefined = /^[\w-]+$/.exec(
  new URLSearchParams(globalThis.location?.search).get('sandbox') ?? '',
)?.[0]

/** Base URL of the control API, without a trailing slash. */
export const CONTROL_URL: string = SANDBOX === undefined ? '/_sim' : `/s/${SANDBOX}/_sim`

/** Whether a server is behind the page. In the demo none is: a link to it leads nowhere, and no other program reaches it. */
export const SERVED: boolean = import.meta.env.MODE !== 'demo'

/** How many rows a list reads at a time. */
export const PAGE = 1_000

/** The control API answered with something other than what was asked for. */
export class ControlError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

/** Which exchanges to list. `before`: only those with a smaller sequence number. */
export type ExchangeFilter = Readonly<Partial<Record<'refused' | 'event' | 'before', string>>>

/** The only door to data: each reads one resource of the control API and throws a `ControlError` when it is refused. */
export const api = {
  info: () => read<Info>('/info'),
  /** Newest first, those after the first `skip`. */
  events: (skip = 0) => read<EventList>(`/events?limit=${PAGE}&skip=${skip}`),
  event: (type: string, id: string) =>
    read<EventDetail>(`/events/${encodeURIComponent(type)}/${encodeURIComponent(id)}`),
  exchange: (id: string) => read<ExchangeDetail>(`/exchanges/${encodeURIComponent(id)}`),
  /** Newest first. */
  exchanges: async (filter: ExchangeFilter = {}): Promise<readonly ExchangeSummary[]> => {
    const list = await read<ExchangeList>(`/exchanges?${new URLSearchParams({ limit: String(PAGE), ...filter })}`)
    return list.exchanges
  },
  rules: () => read<RuleList>('/rules'),
  clients: () => read<ClientList>('/clients'),
  /** What JFT and VKP say of a payload. */
  check: (payload: string, signal?: AbortSignal) =>
    read<PayloadCheck>('/check', { method: 'POST', body: payload, ...(signal ? { signal } : {}) }),
  /** Puts the sandbox back to what it was made with. */
  reset: () => send('/reset', { method: 'POST' }),
  clock: () => read<ClockReading>('/clock'),
  setClock: (order: ClockOrder) => read<ClockReading>('/clock', body('PUT', order)),
  /** `by`: milliseconds, or a duration such as `PT10M`. */
  advanceClock: (by: string | number) => read<ClockReading>('/clock/advance', body('POST', { by })),
  robots: () => read<RobotList>('/robots'),
  setRobot: (name: string, settings: RobotEntry['settings']) =>
    read<RobotEntry>(`/robots/${encodeURIComponent(name)}`, body('PUT', settings)),
  routes: () => read<{ readonly routes: readonly Route[] }>('/routes'),
  setRoutes: (routes: readonly Route[]) => read('/routes', body('PUT', { routes })),
  register: () => read<{ readonly register: readonly RegisterEntry[] }>('/vkp/register'),
  sandboxes: () => read<{ readonly sandboxes: readonly SandboxInfo[] }>('/sandboxes'),
  createSandbox: (name: string) => read<SandboxInfo>('/sandboxes', body('POST', { name })),
  removeSandbox: (name: string) => send(`/sandboxes/${encodeURIComponent(name)}`, { method: 'DELETE' }),
  faults: () => read<FaultList>('/faults'),
  faultPresets: () => read<FaultPresetList>('/faults/presets'),
  addFault: (preset: string) => read<FaultInfo>('/faults', body('POST', { preset })),
  removeFault: (id: string) => send(`/faults/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  removeFaults: () => send('/faults', { method: 'DELETE' }),
  /** A config for curl, with a real token and a fresh proof for one request. */
  curl: async (request: Readonly<Record<'method' | 'path' | 'orgnr', string>>) =>
    (await send(`/curl?${new URLSearchParams(request)}`, {})).text(),
}

function body(method: string, value: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) }
}

/** A note in the journal of the EHR stand-in, by its path. Throws a `ControlError`. */
export async function readNote(path: string): Promise<{ readonly title: string; readonly text: string }> {
  const response = await fetch(path, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new ControlError(response.status, await reasonOf(response))
  return (await response.json()) as { title: string; text: string }
}

async function read<T>(path: string, init: RequestInit = {}): Promise<T> {
  const response = await send(path, init)
  return (await response.json()) as T
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const response = await fetch(CONTROL_URL + path, { headers: { accept: 'application/json' }, ...init })
  if (!response.ok) throw new ControlError(response.status, await reasonOf(response))
  return response
}

async function reasonOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const issues = (body as { issues?: readonly Issue[] } | undefined)?.issues
  return issues?.map((issue) => issue.message).join(' ') ?? `HTTP ${response.status}`
}

/** Tells the issues of one exchange apart. */
export function keyOf({ rule, code, pointer, line, column, message }: Issue): string {
  return JSON.stringify([rule, code, pointer, line, column, message])
}

/** Whether an exchange was refused. The nonce challenge is not: it is how every DPoP token request begins (RFC 9449, 8). */
export function isRefused({ status, issues }: Pick<ExchangeSummary, 'status' | 'issues'>): boolean {
  const challenge = issues.length > 0 && issues.every((issue) => issue.rule === 'dpop-nonce')
  return status >= 400 && !challenge
}
