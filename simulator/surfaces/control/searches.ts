import { collect } from '../../ground/collect.ts'
import { givenBy } from '../../ground/surfaces.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { readNumbers } from '../../http/parameters.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { SearchList, SearchPages } from './types.ts'

/** `GET /_sim/searches`: newest first, how many pages each search of the ReadAPI took. */
export async function listSearches(ctx: Context): Promise<Answer> {
  const { limit } = readNumbers(ctx, { limit: 1_000 })
  const searches = searchesOf(await collect(ctx.world.state.journal.since(0))).slice(-Math.min(limit, 1_000))
  return json(200, { searches: searches.reverse() } satisfies SearchList)
}

/** A search on its way through its pages. */
interface Chain extends Omit<SearchPages, 'pages' | 'complete'> {
  /** The cursors that were followed; the first page has none. */
  readonly followed: Set<string>
  complete: boolean
}

/**
 * Joins the exchanges of each search by the `next` links (JFT ReadAPI overview, "Pagination example"): oldest first. A page
 * that is read again counts once, and a search whose first page the journal has dropped is left out.
 */
export function searchesOf(exchanges: readonly Exchange[]): SearchPages[] {
  const chains: Chain[] = []
  const waiting = new Map<string, Chain>()
  for (const exchange of exchanges.filter(isPage)) {
    const { clientId = '' } = exchange.caller
    const cursor = cursorOf(exchange)
    const chain = cursor === undefined ? begun(exchange) : waiting.get(`${clientId} ${cursor}`)
    if (!chain) continue
    if (cursor === undefined) chains.push(chain)
    else chain.followed.add(cursor)
    const next = nextOf(exchange)
    if (next !== undefined) waiting.set(`${clientId} ${next}`, chain)
    chain.complete ||= next === undefined
  }
  return chains.map(({ followed, ...chain }) => ({ ...chain, pages: followed.size + 1 }))
}

function begun({ id, time, request, caller }: Exchange): Chain {
  const { clientName, clientId, municipality = null } = caller
  const client = clientName ?? clientId ?? null
  return { exchange: id, time, url: request.url, client, municipality, followed: new Set(), complete: false }
}

/** A page that the client got. */
function isPage({ surface, steps, response }: Exchange): boolean {
  return givenBy(surface) === 'events' && response.status === 200 && steps.some(({ name }) => name === 'page')
}

const CURSOR = /(?:^|[?&])cursor=([^&#]+)/

function cursorOf({ request: { url, body } }: Exchange): string | undefined {
  const [, cursor] = CURSOR.exec(url) ?? CURSOR.exec(body?.text ?? '') ?? []
  return cursor === undefined ? undefined : decoded(cursor)
}

/** The links come before the events in a page of ours; what stands in an event is none. */
function nextOf({ response }: Exchange): string | undefined {
  const [head = ''] = (response.body?.text ?? '').split('"entry":[', 1)
  const [, url] = /"relation":"next","url":"([^"]+)"/.exec(head) ?? []
  const [, cursor] = CURSOR.exec(url ?? '') ?? []
  return cursor === undefined ? undefined : decoded(cursor)
}

/** Clients may encode what needs no encoding. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
