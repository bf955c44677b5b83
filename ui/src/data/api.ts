import type {
  CaseReplay,
  CauseList,
  ClientEntry,
  ClientList,
  ClockReading,
  EventDetail,
  EventList,
  ExchangeDetail,
  ExchangeList,
  ExchangeSummary,
  FaultEffectList,
  FaultInfo,
  FaultList,
  FaultPresetList,
  Figures,
  Info,
  PatientDetail,
  PatientList,
  PayloadCheck,
  RegisterEntry,
  RobotEntry,
  RobotList,
  RuleList,
  SandboxInfo,
  SearchList,
  SettingList,
  SnapshotList,
  TraceList,
  VkpRoute,
} from '../../../simulator/surfaces/control/types.ts'

export { isChallenge, isRefused } from '../../../simulator/surfaces/control/searchable.ts'
export type * from '../../../simulator/surfaces/control/types.ts'
export type Issue = ExchangeSummary['issues'][number]
export type Step = ExchangeSummary['steps'][number]
export type Body = NonNullable<ExchangeDetail['request']['body']>
export type Verdict = PayloadCheck['jft']
export type Correction = PayloadCheck['vkp']['corrections'][number]
export type Headers = ExchangeDetail['request']['headers']

/** What to set the clock to. `at`: ISO 8601. */
export type ClockOrder =
  | { readonly mode: 'frozen'; readonly at?: string }
  | { readonly mode: 'running'; readonly rate: number; readonly at?: string }
  | { readonly mode: 'machine' }

/** The sandbox that the page shows: the one that `?sandbox=` names, or the one that always exists. */
export const SANDBOX: string | undefined = /^[\w-]+$/.exec(
  new URLSearchParams(globalThis.location?.search).get('sandbox') ?? '',
)?.[0]

/** Whether a scenario ran in the sandbox of that name: it has the run's own name, a number and the scenario's id. */
export function isOfRun(name: string): boolean {
  return /^r[a-z0-9]{9,11}-\d+-/.test(name)
}

/** The sandbox that always exists. */
export const DEFAULT_SANDBOX = 'default'

/** The name of the sandbox that the page shows. */
export const CURRENT_SANDBOX = SANDBOX ?? DEFAULT_SANDBOX

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
export type ExchangeQuery = Readonly<Partial<Record<'refused' | 'event' | 'before', string>>>

/** The only door to data: each reads one resource of the control API and throws a `ControlError` when it is refused. */
export const api = {
  info: () => read<Info>('/info'),
  /** Newest first, those after the first `skip`. */
  events: (skip = 0) => read<EventList>(`/events?limit=${PAGE}&skip=${skip}`),
  /** The newest that a search finds, of all that there are. */
  findEvents: (q: string) => read<EventList>(`/events?${new URLSearchParams({ limit: String(PAGE), q })}`),
  findExchanges: (q: string) => read<ExchangeList>(`/exchanges?${new URLSearchParams({ limit: String(PAGE), q })}`),
  /** Why requests were refused; with a search, those that it finds. */
  causes: (q: string) => read<CauseList>(`/causes?${new URLSearchParams(q === '' ? {} : { q })}`),
  /** `of`: `event=Composition/id` or `exchange=x12`. */
  trace: (of: string) => read<TraceList>(`/trace?${of}`),
  figures: () => read<Figures>('/figures'),
  /** How many exchanges are kept, and how many were dropped. */
  journal: async () => (await read<ExchangeList>('/exchanges?limit=1')).usage,
  event: (type: string, id: string) =>
    read<EventDetail>(`/events/${encodeURIComponent(type)}/${encodeURIComponent(id)}`),
  /** PIT's patients of a municipality, newest change first; of all where none is named. */
  patients: (municipality: string) =>
    read<PatientList>(
      `/patients?${new URLSearchParams({ limit: '200', ...(municipality === '' ? {} : { municipality }) })}`,
    ),
  patient: (id: string) => read<PatientDetail>(`/patients/${encodeURIComponent(id)}`),
  exchange: (id: string) => read<ExchangeDetail>(`/exchanges/${encodeURIComponent(id)}`),
  /** Newest first. */
  exchanges: async (filter: ExchangeQuery = {}): Promise<readonly ExchangeSummary[]> => {
    const list = await read<ExchangeList>(`/exchanges?${new URLSearchParams({ limit: String(PAGE), ...filter })}`)
    return list.exchanges
  },
  /** How many pages each search took, newest first. */
  searches: () => read<SearchList>('/searches'),
  rules: () => read<RuleList>('/rules'),
  /** Other values for the silent points that are named. */
  setSettings: (values: Readonly<Record<string, unknown>>) => read<SettingList>('/settings', body('PUT', values)),
  clients: () => read<ClientList>('/clients'),
  /** Registers a client by its public key. */
  registerClient: (registration: Readonly<Record<string, unknown>>) =>
    read<Pick<ClientEntry, 'clientId'>>('/clients', body('POST', registration)),
  /** What JFT and VKP say of a payload, and PIT of a patient. `endpoint`: the resource type in the path, where it is not the payload's own. */
  check: (payload: BodyInit, endpoint?: string, signal?: AbortSignal) =>
    read<PayloadCheck>(endpoint === undefined ? '/check' : `/check?endpoint=${endpoint}`, {
      method: 'POST',
      body: payload,
      ...(signal ? { signal } : {}),
    }),
  /** Puts the sandbox back to what it was made with. */
  reset: () => send('/reset', { method: 'POST' }),
  clock: () => read<ClockReading>('/clock'),
  setClock: (order: ClockOrder) => read<ClockReading>('/clock', body('PUT', order)),
  /** `by`: milliseconds, or a duration such as `PT10M`. */
  advanceClock: (by: string | number) => read<ClockReading>('/clock/advance', body('POST', { by })),
  robots: () => read<RobotList>('/robots'),
  setRobot: (name: string, settings: RobotEntry['settings']) =>
    read<RobotEntry>(`/robots/${encodeURIComponent(name)}`, body('PUT', settings)),
  routes: () => read<{ readonly routes: readonly VkpRoute[] }>('/routes'),
  setRoutes: (routes: readonly VkpRoute[]) => read('/routes', body('PUT', { routes })),
  register: () => read<{ readonly register: readonly RegisterEntry[] }>('/vkp/register'),
  setRegister: (register: readonly RegisterEntry[]) => read('/vkp/register', body('PUT', { register })),
  sandboxes: () => read<{ readonly sandboxes: readonly SandboxInfo[] }>('/sandboxes'),
  createSandbox: (name: string) => read<SandboxInfo>('/sandboxes', body('POST', { name })),
  removeSandbox: (name: string) => send(sandboxPath(name), { method: 'DELETE' }),
  /** A new sandbox that begins with what `origin` remembers. */
  forkSandbox: (origin: string, name: string) =>
    read<SandboxInfo>(`${sandboxPath(origin)}/fork`, body('POST', { name })),
  snapshots: (sandbox: string) => read<SnapshotList>(`${sandboxPath(sandbox)}/snapshots`),
  takeSnapshot: (sandbox: string, name: string) => send(snapshotPath(sandbox, name), { method: 'POST' }),
  restoreSnapshot: (sandbox: string, name: string) =>
    send(`${snapshotPath(sandbox, name)}/restore`, { method: 'POST' }),
  /** This sandbox as a file. */
  caseFile: async () => (await send('/case', {})).blob(),
  /** Opens a case file in a new sandbox, and replays it there. */
  openCase: (file: Blob) => read<CaseReplay>('/case', { method: 'POST', body: file }),
  faults: () => read<FaultList>('/faults'),
  faultPresets: () => read<FaultPresetList>('/faults/presets'),
  faultEffects: () => read<FaultEffectList>('/faults/effects'),
  addFault: (preset: string) => api.orderFault({ preset }),
  orderFault: (order: unknown) => read<FaultInfo>('/faults', body('POST', order)),
  removeFault: (id: string) => send(`/faults/${encodeURIComponent(id)}`, { method: 'DELETE' }),
  removeFaults: () => send('/faults', { method: 'DELETE' }),
  /** A config for curl, with a real token and a fresh proof for one request. */
  curl: async (request: Readonly<Record<'method' | 'path' | 'orgnr', string>>) =>
    (await send(`/curl?${new URLSearchParams(request)}`, {})).text(),
}

/** URL of the file that HelseID's self-service gives for a client. */
export function fileOfClient(clientId: string): string {
  return `${CONTROL_URL}/clients/${encodeURIComponent(clientId)}`
}

function sandboxPath(name: string): string {
  return `/sandboxes/${encodeURIComponent(name)}`
}

function snapshotPath(sandbox: string, name: string): string {
  return `${sandboxPath(sandbox)}/snapshots/${encodeURIComponent(name)}`
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

/** What of an issue is shown; a report of scenarios has less than the journal. */
export type ShownIssue = Pick<Issue, 'message' | 'source' | 'fix'> &
  Partial<
    Pick<Issue, 'address' | 'code' | 'expression' | 'pointer' | 'line' | 'column' | 'evidence' | 'advice' | 'template'>
  > & {
    readonly rule: string
    readonly certainty: string
  }

/** Tells the issues of one exchange apart. */
export function keyOf({ rule, code, pointer, line, column, message }: ShownIssue): string {
  return JSON.stringify([rule, code, pointer, line, column, message])
}
