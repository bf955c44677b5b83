import { type Clause, fulfils, type Grammar, parseSearch, type Searchable, sayMistake } from '../../ground/text/find.ts'
import { maskIdentityNumbers } from '../../ground/text/mask/mask.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { CATALOGUE, issueOf } from '../../rules/catalogue.ts'
import type { Exchange } from '../../state/exchange.ts'
import type { ExchangeFilter } from '../../state/exchange-filter.ts'
import type { EventStore, Journal } from '../../state/ports.ts'
import type { StoredEvent } from '../../state/records.ts'
import { EXCHANGE_FIELDS, isRefused, searchableEvent, searchableExchange } from './searchable.ts'
import { eventSummary, exchangeSummary } from './stream.ts'

/** By what exchanges are found, with the rules that there are. */
export const EXCHANGE_SEARCH: Grammar = { ...EXCHANGE_FIELDS, rule: Object.keys(CATALOGUE) }

/** The conditions in `?q=`. Throws a `Rejection` 400 that names each mistake in it. */
export function readSearch({ query }: Context, grammar: Grammar): readonly Clause[] {
  const { clauses, mistakes } = parseSearch(maskIdentityNumbers(query.get('q') ?? ''), grammar)
  if (mistakes.length === 0) return clauses
  throw new Rejection(
    400,
    mistakes.map((mistake) => issueOf('http-parameter', `q: ${asSentence(sayMistake(mistake))}`)),
  )
}

function asSentence(words: string): string {
  return words.endsWith('?') ? words : `${words}.`
}

/** Records that are read at a time. */
const CHUNK = 1_000

/** Every exchange that is kept and fulfils the conditions, newest first. */
export async function* foundExchanges(
  journal: Journal,
  clauses: readonly Clause[],
  filter: ExchangeFilter = {},
): AsyncIterable<Exchange> {
  for (let before = Number.MAX_SAFE_INTEGER; ; ) {
    const some = await journal.list({ limit: CHUNK, before, ...filter })
    for (const exchange of some) if (isFound(exchange, clauses)) yield exchange
    if (some.length < CHUNK) return
    before = some.at(-1)?.sequence ?? 0
  }
}

/** Whether an exchange fulfils the conditions. */
export function isFound(exchange: Exchange, clauses: readonly Clause[]): boolean {
  return clauses.length === 0 || fulfils(clauses, withTexts(exchange))
}

/** Every refused request that is kept, newest first. */
export async function* refusedExchanges(journal: Journal): AsyncIterable<Exchange> {
  for await (const exchange of foundExchanges(journal, [], { refused: true })) {
    if (isRefused({ status: exchange.response.status, issues: exchange.issues })) yield exchange
  }
}

/** Every event that fulfils the conditions, newest submission first. `now`: microseconds. */
export async function* foundEvents(
  events: EventStore,
  clauses: readonly Clause[],
  now: number,
): AsyncIterable<StoredEvent> {
  for (let skip = 0; ; skip += CHUNK) {
    const some = await events.recent(CHUNK, skip)
    for (const event of some) if (clauses.length === 0 || fulfils(clauses, withText(event, now))) yield event
    if (some.length < CHUNK) return
  }
}

const SYSTEM = ['nhn-source-system']
const CORRELATION = ['nhn-event-id', 'x-correlation-id']

function withTexts(exchange: Exchange): Searchable {
  const { request, response } = exchange
  const headers = () => [...request.headers, ...response.headers]
  const valuesOf = (names: readonly string[]) =>
    headers().flatMap(([name, value]) => (names.includes(name.toLowerCase()) ? [value] : []))
  const { fields, ...rest } = searchableExchange(exchangeSummary(exchange))
  return {
    ...rest,
    fields: { ...fields, system: valuesOf(SYSTEM), correlation: valuesOf(CORRELATION) },
    long: {
      header: () =>
        headers()
          .map((header) => header.join(': '))
          .join('\n'),
      body: () => `${request.body?.text ?? ''}\n${response.body?.text ?? ''}`,
    },
  }
}

function withText(event: StoredEvent, now: number): Searchable {
  return {
    ...searchableEvent(eventSummary(event, now)),
    long: { body: () => event.textBefore + event.textAfter },
  }
}
