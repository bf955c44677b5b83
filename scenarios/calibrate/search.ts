import type { Reply } from '../runner/http.ts'
import { registered, type SubmittedEvent, submitted } from './events.ts'
import { Inconclusive } from './question.ts'
import type { Session } from './session.ts'

/** Parameters of a search. */
export type QueryPairs = readonly (readonly [string, string])[]

/** How a search is sent. */
export interface By {
  readonly party?: string
  readonly orgnr?: string
  readonly method?: 'GET' | 'POST'
  readonly type?: string
}

/** A page of events. */
export interface Page {
  readonly entries: readonly {
    readonly resource: Record<string, unknown> & { readonly id: string; readonly meta: Meta }
  }[]
  readonly next?: string
  readonly total?: unknown
}

interface Meta {
  readonly lastUpdated: string
  readonly tag?: readonly { readonly system?: string; readonly code?: string }[]
}

/** The answer of a search for events; as the record system unless told otherwise. */
export function searchReply(session: Session, query: QueryPairs, by: By = {}): Promise<Reply> {
  const { method = 'GET', type = 'Composition', party = 'ehr', orgnr } = by
  const parameters = new URLSearchParams(query.map(([name, value]): [string, string] => [name, value])).toString()
  const ask = { surface: 'jft-read', party, ...(orgnr === undefined ? {} : { orgnr }) }
  if (method === 'GET') return session.call({ ...ask, method, path: `/v1/${type}?${parameters}` })
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  return session.call({ ...ask, method, path: `/v1/${type}/_search`, headers, body: parameters })
}

/** A page that must be answered. */
export async function search(session: Session, query: QueryPairs, by: By = {}): Promise<Page> {
  return pageOf(await searchReply(session, query, by))
}

/** The page in an answer. */
export function pageOf({ status, json }: Reply): Page {
  const set = json as {
    resourceType?: string
    entry?: Page['entries']
    link?: { relation: string; url: string }[]
    total?: unknown
  }
  if (status !== 200 || set?.resourceType !== 'Bundle') {
    throw new Inconclusive(`A search was answered ${status}, and not with a Bundle.`)
  }
  const next = set.link?.find(({ relation }) => relation === 'next')?.url
  const entries = (set.entry ?? []).filter(({ resource }) => resource?.id !== undefined && resource.meta !== undefined)
  return { entries, ...(next === undefined ? {} : { next }), ...('total' in set ? { total: set.total } : {}) }
}

/** Whether a search is answered (`true`) or refused with a 400. Anything else decides nothing. */
export async function isAnswered(session: Session, query: QueryPairs, by: By = {}): Promise<boolean> {
  const { status } = await searchReply(session, query, by)
  if (status === 200) return true
  if (status === 400) return false
  throw new Inconclusive(`A search was answered ${status}.`)
}

/** Pages that are followed to find an event: one page may have one event. */
const PAGES = 150

/** The event as a search finds it; `undefined`: it is not among what is found. */
export async function find(
  session: Session,
  event: SubmittedEvent,
  query: QueryPairs,
  by: By = {},
): Promise<Page['entries'][number]['resource'] | undefined> {
  let page = await search(session, query, { ...by, type: event.type })
  for (let number = 0; number < PAGES; number += 1) {
    const entry = page.entries.find(({ resource }) => resource.id === event.id)
    if (entry) return entry.resource
    if (page.next === undefined) return undefined
    const cursor = new URL(page.next).searchParams.get('cursor')
    if (cursor === null) throw new Inconclusive('The next link has no cursor.')
    page = await search(session, [['cursor', cursor]], { ...by, type: event.type, method: 'GET' })
  }
  throw new Inconclusive(`The event was not found on ${PAGES} pages.`)
}

/** The event as the record system sees it, newest first. */
export async function seen(session: Session, event: SubmittedEvent, by: By = {}) {
  const resource = await find(
    session,
    event,
    [
      ['_sort', '-_lastUpdated'],
      ['_lastUpdated', await since(session)],
    ],
    by,
  )
  if (!resource) throw new Inconclusive('An event that is registered was not found by a search.')
  return resource
}

/** A time before the first event of the session, to the minute, with its prefix. */
export function since(session: Session): Promise<string> {
  return session.once('since', async () => {
    const { registered: at } = await registered(session, await submitted(session))
    return `ge${new Date(Date.parse(at ?? '') - 60_000).toISOString().slice(0, 16)}Z`
  })
}

/** Sees to it that there are as many events to find. */
export async function fill(session: Session, count: number): Promise<void> {
  await session.once(`filled ${count}`, async () => {
    for (let number = 0; number < count; number += 1) await submitted(session)
    return true
  })
}
