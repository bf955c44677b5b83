import { Heading } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo, type RefCallback, useMemo } from 'react'
import { Answer } from '../answer/answer.tsx'
import { Empty, Loaded, Status, Time } from '../parts/parts.tsx'
import type { ExchangeSummary, Step } from '../shell/api.ts'
import { links, replaceView } from '../shell/links.ts'
import { useOlderExchanges } from '../shell/older.ts'
import { queries } from '../shell/queries.ts'
import { ExchangePane } from './exchange.tsx'
import '../rejected/rejected.css'
import { Rows } from '../parts/rows.tsx'
import { matches, parseSearch, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, searchableExchange } from '../parts/searchable.ts'
import { text } from '../text/text.ts'
import './traffic.css'
import { usePageWindow } from '../parts/windowed.tsx'

interface TrafficProps {
  readonly selected: string | undefined
  readonly q: string
}

/** `#/exchanges`: every exchange. With one selected, the others on the left and it on the right. */
export function TrafficView({ selected, q }: TrafficProps) {
  const exchanges = useQuery(queries.exchanges)
  if (selected === undefined) return <Loaded query={exchanges}>{(list) => <All exchanges={list} q={q} />}</Loaded>
  return (
    <>
      <Answer
        id={selected}
        back={{ href: links.traffic(q), label: text.traffic.back }}
        fallback={`${text.traffic.heading1} ${selected}`}
      />
      <div className="split">
        <Loaded query={exchanges}>
          {(list) => (
            <Rows
              label={text.traffic.list}
              title={text.traffic.list}
              exchanges={filtered(list, q)}
              selected={selected}
              href={(id) => links.exchange(id, q)}
            />
          )}
        </Loaded>
        <ExchangePane id={selected} />
      </div>
    </>
  )
}

function filtered(exchanges: readonly ExchangeSummary[], q: string): readonly ExchangeSummary[] {
  const terms = parseSearch(q)
  if (terms.length === 0) return exchanges
  return exchanges.filter((exchange) => matches(terms, searchableExchange(exchange)))
}

/** How many of the newest the completions are made of. */
const SAMPLED = 1_000

function All({ exchanges, q }: { readonly exchanges: readonly ExchangeSummary[]; readonly q: string }) {
  const found = useMemo(() => filtered(exchanges, q), [exchanges, q])
  const vocabulary = useMemo(
    () => offered(vocabularyOf(exchanges.slice(0, SAMPLED).map(searchableExchange))),
    [exchanges],
  )
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.traffic.heading}
        </Heading>
        <p className="quiet">{text.traffic.lead}</p>
      </div>
      {exchanges.length === 0 ? (
        <Empty title={text.traffic.empty}>{text.traffic.emptyLead}</Empty>
      ) : (
        <SearchBox
          value={q}
          change={(value) => replaceView(links.traffic(value))}
          vocabulary={vocabulary}
          found={text.search.found(found.length, exchanges.length)}
        />
      )}
      {exchanges.length > 0 && found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      {found.length > 0 && <List exchanges={exchanges} found={found} q={q} />}
    </>
  )
}

/** Pixels of a row, until it is drawn. */
const HEIGHT = 64

interface ListProps {
  readonly exchanges: readonly ExchangeSummary[]
  readonly found: readonly ExchangeSummary[]
  readonly q: string
}

function List({ exchanges, found, q }: ListProps) {
  const { list, first, end, before, after, measure } = usePageWindow<HTMLUListElement, HTMLLIElement>(
    found.length,
    HEIGHT,
  )
  useOlderExchanges(exchanges, end >= found.length)
  return (
    <ul className="traffic" ref={list} aria-label={text.traffic.list}>
      <li aria-hidden="true" style={{ height: before }} />
      {found.slice(first, end).map((exchange, index) => (
        <Row key={exchange.sequence} index={first + index} measure={measure} exchange={exchange} q={q} />
      ))}
      <li aria-hidden="true" style={{ height: after }} />
    </ul>
  )
}

interface RowProps {
  /** Its place in the whole list. */
  readonly index: number
  readonly measure: RefCallback<HTMLLIElement>
  readonly exchange: ExchangeSummary
  readonly q: string
}

const Row = memo(function Row({ index, measure, exchange, q }: RowProps) {
  const { id, status, time, method, url, surface, clientName, municipality, steps, parent, milliseconds } = exchange
  const { pathname, search } = new URL(url)
  return (
    <li ref={measure} data-index={index} className="traffic-row" data-leg={parent !== null}>
      <Status value={status} />
      <a className="traffic-what" href={links.exchange(id, q)} data-row title={pathname + search}>
        <strong>{method}</strong> {pathname}
        <span className="quiet">{search}</span>
      </a>
      <span className="quiet traffic-who">
        <Time value={time} />
        <span>{surface}</span>
        <span className="traffic-client">{clientName}</span>
        <span>{municipality}</span>
        <span>{text.milliseconds(milliseconds)}</span>
      </span>
      <StepDots steps={steps} />
    </li>
  )
})

/** The line of steps, small. */
function StepDots({ steps }: { readonly steps: readonly Step[] }) {
  const stop = steps.find(({ outcome }) => outcome !== 'passed' && outcome !== 'not-reached')
  return (
    <span className="dots">
      <span className="dots-line" aria-hidden="true">
        {steps.map(({ name, outcome }) => (
          <i key={name} data-outcome={outcome} title={`${name}: ${text.exchange.outcomes[outcome]}`} />
        ))}
      </span>
      {stop && <span className="dots-stop">{stopText(stop)}</span>}
    </span>
  )
}

function stopText({ name, outcome }: Step): string {
  return outcome === 'stopped' ? text.traffic.stopped(name) : `${name}: ${text.exchange.outcomes[outcome]}`
}
