import type {
  EventDetail,
  EventList,
  EventSummary,
  ExchangeDetail,
  ExchangeList,
  ExchangeSummary,
  Info,
} from '../../simulator/surfaces/control-types.ts'

export type { EventDetail, EventList, EventSummary, ExchangeDetail, ExchangeSummary, Info }
export type Issue = ExchangeSummary['issues'][number]
export type Step = ExchangeSummary['steps'][number]
export type Body = NonNullable<ExchangeDetail['request']['body']>

/** Base URL of the control API, without a trailing slash. A static build sets it with `VITE_CONTROL_URL`. */
export const CONTROL_URL: string = import.meta.env.VITE_CONTROL_URL ?? '/_sim'

/** How many rows a list keeps, the newest. */
export const LIST_LIMIT = 1_000

/** The control API answered with something other than what was asked for. */
export class ControlError extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.name = 'ControlError'
    this.status = status
  }
}

/** The only door to data: each reads one resource of the control API and throws a `ControlError` when it is refused. */
export const api = {
  info: () => read<Info>('/info'),
  events: () => read<EventList>(`/events?limit=${LIST_LIMIT}`),
  event: (type: string, id: string) =>
    read<EventDetail>(`/events/${encodeURIComponent(type)}/${encodeURIComponent(id)}`),
  exchange: (id: string) => read<ExchangeDetail>(`/exchanges/${encodeURIComponent(id)}`),
  /** Newest first. */
  exchanges: async (filter: { refused: 'true' } | { event: string }): Promise<readonly ExchangeSummary[]> => {
    const list = await read<ExchangeList>(`/exchanges?limit=${LIST_LIMIT}&${new URLSearchParams(filter)}`)
    return list.exchanges
  },
}

async function read<T>(path: string): Promise<T> {
  const response = await fetch(CONTROL_URL + path, { headers: { accept: 'application/json' } })
  if (!response.ok) throw new ControlError(response.status, await reasonOf(response))
  return (await response.json()) as T
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
export function isRefused({ status, issues }: ExchangeSummary): boolean {
  const challenge = issues.length > 0 && issues.every((issue) => issue.rule === 'dpop-nonce')
  return status >= 400 && !challenge
}
