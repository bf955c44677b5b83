import type { RefCallback } from 'react'
import { type ExchangeSummary, isChallenge, isRefused } from '../data/api.ts'
import { causeOf } from './causes.ts'
import { headlineOf } from './headline.ts'
import { Status, Time } from './parts.tsx'
import { useMask } from './reveal.ts'
import { Words } from './words.tsx'
import './rows.css'
import { useUnread } from '../data/unread.ts'
import { text } from '../text/text.ts'
import { useListWindow } from './windowed.tsx'

/** Pixels of a row, until it is drawn. */
const HEIGHT = 76

interface RowsProps {
  readonly label: string
  readonly title: string
  readonly exchanges: readonly ExchangeSummary[]
  readonly selected: string
  /** Of how many of the newest these are; absent where they are of all. */
  readonly of?: number
  /** The cause that they share: the key of `causeOf`. */
  readonly cause?: string | undefined
  readonly href: (id: string) => string
}

/** Exchanges as a narrow list beside the selected one. */
export function Rows({ label, title, exchanges, selected, of, cause, href }: RowsProps) {
  const at = exchanges.findIndex(({ id }) => id === selected)
  const { list, first, end, before, after, measure } = useListWindow<HTMLUListElement, HTMLLIElement>(
    exchanges.length,
    HEIGHT,
    at,
  )
  // One stop for Tab: the keys of the page go from row to row.
  const stop = at >= first && at < end ? at : first
  return (
    <nav className="rows" aria-label={label}>
      <p className="rows-title">
        <span>{title}</span> <span className="count">{text.search.found(exchanges.length, exchanges.length)}</span>{' '}
        {of !== undefined && <span className="quiet">{text.search.newest(of)}</span>}
      </p>
      <ul ref={list} className="rows-list">
        <li aria-hidden="true" style={{ height: before }} />
        {exchanges.slice(first, end).map((exchange, index) => (
          <RequestRow
            key={exchange.sequence}
            index={first + index}
            measure={measure}
            exchange={exchange}
            cause={cause}
            current={exchange.id === selected}
            stop={first + index === stop}
            href={href(exchange.id)}
          />
        ))}
        <li aria-hidden="true" style={{ height: after }} />
      </ul>
    </nav>
  )
}

interface RequestRowProps {
  /** Its place in the whole list. */
  readonly index: number
  readonly measure: RefCallback<HTMLLIElement>
  readonly exchange: ExchangeSummary
  readonly cause: string | undefined
  readonly current: boolean
  /** Tab leads to it, of all rows. */
  readonly stop: boolean
  readonly href: string
}

function RequestRow({ index, measure, exchange, cause, current, stop, href }: RequestRowProps) {
  const mask = useMask()
  const isUnread = useUnread()
  const { id, status, time, method, url, issues } = exchange
  const issue = issues.find((one) => causeOf(one) === cause) ?? issues[0]
  const path = `${method} ${new URL(url).pathname}`
  return (
    <li ref={measure} data-index={index} className="rows-row" data-leg={exchange.parent !== null}>
      <a
        href={href}
        aria-current={current ? 'true' : undefined}
        data-row
        tabIndex={stop ? 0 : -1}
        data-unread={isRefused(exchange) && isUnread(exchange)}
      >
        <span className="rows-head">
          <Status value={status} usual={isChallenge(exchange)} />
          <Time value={time} />
          <span className="quiet">{id}</span>
        </span>
        <span className="rows-what">{issue?.expression ?? path}</span>
        {issue && !isChallenge(exchange) && (
          <span className="rows-why">
            <Words>{mask(headlineOf(issue))}</Words>
          </span>
        )}
      </a>
    </li>
  )
}
