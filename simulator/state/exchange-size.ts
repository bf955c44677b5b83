import type { Exchange } from './exchange.ts'

/** What an exchange costs besides its texts: objects, names, numbers (measured by the heap: 6.5 kB of a search, 6 of a note). */
const OVERHEAD = 6_000

/** What an entry of a list costs besides its text: its name, and its place. */
const ENTRY = 32

/** About how many bytes of a journal an exchange takes. `characters`: of its texts, where they are known without making them. */
export function exchangeSize(exchange: Exchange, characters = charactersOf(exchange)): number {
  const { issues, verdicts, events = [] } = exchange
  const judged = verdicts === undefined ? 0 : JSON.stringify(verdicts).length
  const handedOut = events.reduce((sum, event) => sum + event.length + ENTRY, 0)
  return OVERHEAD + characters + judged + handedOut + issues.length * 400
}

function charactersOf({ request, response }: Exchange): number {
  const bodies = (request.body?.text.length ?? 0) + (response.body?.text.length ?? 0)
  return request.url.length + headersSize(request.headers) + headersSize(response.headers) + bodies
}

/** About how many characters a list of headers takes. */
export function headersSize(headers: readonly (readonly [string, string])[]): number {
  return headers.reduce((sum, [, value]) => sum + value.length + ENTRY, 0)
}
