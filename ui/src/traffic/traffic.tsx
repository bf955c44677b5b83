import { Heading } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo, type RefCallback, useMemo } from 'react'
import { Answer } from '../answer/answer.tsx'
import { type ExchangeList, type ExchangeSummary, isChallenge, PAGE, type Step } from '../data/api.ts'
import { links, replaceView } from '../data/links.ts'
import { useOlderExchanges } from '../data/older.ts'
import { queries } from '../data/queries.ts'
import { type SearchState, useExchangeFields, useFound } from '../parts/found.ts'
import { headlineOf } from '../parts/headline.ts'
import { Empty, Loaded, Status, Time } from '../parts/parts.tsx'
import { Words } from '../parts/words.tsx'
import { ExchangePane } from './exchange.tsx'
import '../rejected/rejected.css'
import { NotFound } from '../parts/not-found.tsx'
import { useMask } from '../parts/reveal.ts'
import { Rows } from '../parts/rows.tsx'
import { type Grammar, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, searchableExchange } from '../parts/searchable.ts'
import { text } from '../text/text.ts'
import './traffic.css'
import { useStill } from '../parts/still.tsx'
import { usePageWindow } from '../parts/windowed.tsx'

interface TrafficProps {
  readonly selected: string | undefined
  readonly q: string
}

/** `#/exchanges`: every exchange. With one selected, the others on the left and it on the right. */
export function TrafficView({ selected, q }: TrafficProps) {
  const exchanges = useQuery(queries.exchanges)
  const fields = useExchangeFields(q)
  const found = useFound(q, fields, queries.foundExchanges)
  if (selected === undefined) {
    return <Loaded query={exchanges}>{(list) => <All exchanges={list} found={found} fields={fields} q={q} />}</Loaded>
  }
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
              exchanges={rowsOf(found, list)}
              {...partOf(found, list.length)}
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

const NONE: readonly ExchangeSummary[] = []

function rowsOf(found: SearchState<ExchangeList>, list: readonly ExchangeSummary[]): readonly ExchangeSummary[] {
  if (found.state === 'found') return found.data.exchanges
  return found.state === 'all' ? list : NONE
}

/** Of how many of the newest the rows beside a request are, where there may be more. */
function partOf(found: SearchState<ExchangeList>, read: number): { readonly of?: number } {
  const all = found.state === 'found' ? found.data.exchanges.length : read
  return all < PAGE ? {} : { of: all }
}

/** How many of the newest the completions are made of. */
const SAMPLED = 1_000

interface AllProps {
  readonly exchanges: readonly ExchangeSummary[]
  readonly found: SearchState<ExchangeList>
  readonly fields: Grammar
  readonly q: string
}

function All({ exchanges, found, fields, q }: AllProps) {
  const rows = rowsOf(found, exchanges)
  const vocabulary = useMemo(
    () => offered(vocabularyOf(exchanges.slice(0, SAMPLED).map(searchableExchange))),
    [exchanges],
  )
  const { count, printed } = useCount(found, exchanges.length)
  const still = useStill(rows, ({ id }) => id)
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
        <>
          <SearchBox
            value={q}
            change={(value) => replaceView(links.traffic(value))}
            vocabulary={vocabulary}
            grammar={fields}
            found={count}
          />
          <NotFound found={found} count={rows.length} />
        </>
      )}
      {rows.length > 0 && (
        <div {...still.hold}>
          {still.bar}
          <p className="printed">{printed}</p>
          <List exchanges={exchanges} found={still.rows} q={q} older={found.state === 'all'} />
        </div>
      )}
    </>
  )
}

/** How many are found and kept, and how many are kept no more. `read`: by this page; `printed`: the same of what is on paper. */
function useCount(
  found: SearchState<ExchangeList>,
  read: number,
): { readonly count: string; readonly printed: string } {
  const journal = useQuery(queries.journal).data
  const { exchanges: kept = read, dropped = 0 } = journal ?? {}
  const most = Math.max(kept, read)
  const amounts: [matching: number, all: number, listed: number] =
    found.state === 'found'
      ? [found.data.matching, found.data.usage.exchanges, found.data.exchanges.length]
      : [most, most, read]
  const [matching, all] = amounts
  const told = (count: string) => (dropped === 0 ? count : `${count} · ${text.traffic.dropped(dropped)}`)
  const printed = told(text.search.found(...amounts))
  return { printed, count: found.state === 'found' ? printed : told(text.search.found(matching, all)) }
}

/** Pixels of a row, until it is drawn. */
const HEIGHT = 64

interface ListProps {
  readonly exchanges: readonly ExchangeSummary[]
  readonly found: readonly ExchangeSummary[]
  readonly q: string
  /** The end of what was found is the end of what was read. */
  readonly older: boolean
}

function List({ exchanges, found, q, older }: ListProps) {
  const { list, first, end, before, after, measure } = usePageWindow<HTMLUListElement, HTMLLIElement>(
    found.length,
    HEIGHT,
  )
  useOlderExchanges(exchanges, older && end >= found.length)
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
      <Status value={status} usual={isChallenge(exchange)} />
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
      <StepDots steps={steps} why={whyOf(exchange)} />
    </li>
  )
})

function whyOf(exchange: ExchangeSummary): string | undefined {
  if (isChallenge(exchange)) return text.lanes.meanings.challenge
  const [issue] = exchange.issues
  return issue && headlineOf(issue)
}

interface StepDotsProps {
  readonly steps: readonly Step[]
  readonly why: string | undefined
}

/** The line of steps, small, and why it ended. */
function StepDots({ steps, why }: StepDotsProps) {
  const mask = useMask()
  const stop = steps.find(({ outcome }) => outcome !== 'passed' && outcome !== 'not-reached')
  return (
    <span className="dots">
      <span className="dots-line" aria-hidden="true">
        {steps.map(({ name, outcome }) => (
          <i key={name} data-outcome={outcome} title={`${name}: ${text.exchange.outcomes[outcome]}`} />
        ))}
      </span>
      {stop && (
        <span className="dots-stop" title={stopText(stop)}>
          <Words>{mask(why ?? stopText(stop))}</Words>
        </span>
      )}
    </span>
  )
}

function stopText({ name, outcome }: Step): string {
  return outcome === 'stopped' ? text.traffic.stopped(name) : `${name}: ${text.exchange.outcomes[outcome]}`
}
