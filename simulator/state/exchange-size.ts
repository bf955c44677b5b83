import type { Exchange } from './exchange.ts'

/** What an exchange costs besides its texts: objects, names, numbers. */
const OVERHEAD = 3_000

/** About how many bytes of a journal an exchange takes. */
export function exchangeSize(exchange: Exchange): number {
  const { request, response, issues, verdicts, events = [] } = exchange
  const headers = [...request.headers, ...response.headers].reduce((sum, [, value]) => sum + value.length + 32, 0)
  const bodies = (request.body?.text.length ?? 0) + (response.body?.text.length ?? 0)
  const judged = verdicts === undefined ? 0 : JSON.stringify(verdicts).length
  const handedOut = events.reduce((sum, event) => sum + event.length + 32, 0)
  return OVERHEAD + request.url.length + headers + bodies + judged + handedOut + issues.length * 400
}
