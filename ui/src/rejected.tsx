import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import { type ExchangeSummary, keyOf } from './api.ts'
import { ExchangePane } from './exchange.tsx'
import { IssueCard } from './issue.tsx'
import { links } from './links.ts'
import { Empty, Loaded, Status, Time, useFirst } from './parts.tsx'
import { queries } from './queries.ts'
import './rejected.css'
import { text } from './text.ts'

/** `#/rejected`: every refused request with its issues. With one selected, the list on the left and it on the right. */
export function RejectedView({ selected }: { readonly selected: string | undefined }) {
  const refused = useQuery(queries.refused)
  return (
    <>
      <div>
        {selected !== undefined && <Link href={links.rejected}>{text.rejected.back}</Link>}
        <Heading level={1} data-size="sm">
          {text.rejected.heading} {selected}
        </Heading>
        {selected === undefined && <p className="quiet">{text.rejected.lead}</p>}
      </div>
      {selected === undefined ? (
        <Loaded query={refused}>{(list) => <Cards refused={list} />}</Loaded>
      ) : (
        <div className="split">
          <Loaded query={refused}>{(list) => <Rows refused={list} selected={selected} />}</Loaded>
          <ExchangePane id={selected} />
        </div>
      )}
    </>
  )
}

function Cards({ refused }: { readonly refused: readonly ExchangeSummary[] }) {
  const { shown, more } = useFirst(refused)
  if (refused.length === 0) return <Empty title={text.rejected.empty}>{text.rejected.emptyLead}</Empty>
  return (
    <>
      <RefusalList refused={shown} />
      {more}
    </>
  )
}

/** Refused requests as cards. */
export function RefusalList({ refused }: { readonly refused: readonly ExchangeSummary[] }) {
  return (
    <ul className="refusals" aria-label={text.rejected.list}>
      {refused.map((exchange) => (
        <Refusal key={exchange.sequence} exchange={exchange} />
      ))}
    </ul>
  )
}

/** How many issues a card shows. */
const FIRST_ISSUES = 3

const Refusal = memo(function Refusal({ exchange }: { readonly exchange: ExchangeSummary }) {
  const { id, issues } = exchange
  const rest = issues.length - FIRST_ISSUES
  return (
    <li className="panel refusal">
      <div className="spread">
        <RequestLine exchange={exchange} />
        <Link href={links.refusal(id)} aria-label={`${text.rejected.open}, ${id}`}>
          {text.rejected.open}
        </Link>
      </div>
      {issues.slice(0, FIRST_ISSUES).map((issue) => (
        <IssueCard key={keyOf(issue)} issue={issue} />
      ))}
      {issues.length === 0 && <p className="quiet">{text.rejected.noIssues}</p>}
      {rest > 0 && <Link href={links.refusal(id)}>{text.rejected.more(rest)}</Link>}
    </li>
  )
})

function RequestLine({ exchange }: { readonly exchange: ExchangeSummary }) {
  const { status, method, url, time, clientName, municipality } = exchange
  return (
    <p className="request-line">
      <Status value={status} />
      <span className="anywhere">
        <strong>{method}</strong> {new URL(url).pathname}
      </span>
      <span className="quiet request-facts">
        <Time value={time} />
        <span>{clientName}</span>
        <span>{municipality}</span>
      </span>
    </p>
  )
}

interface RowsProps {
  readonly refused: readonly ExchangeSummary[]
  readonly selected: string
}

function Rows({ refused, selected }: RowsProps) {
  const { shown, more } = useFirst(refused)
  return (
    <nav className="rows" aria-label={text.rejected.list}>
      <ul>
        {shown.map(({ sequence, id, status, time, method, url, issues }) => (
          <li key={sequence}>
            <a href={links.refusal(id)} aria-current={id === selected ? 'true' : undefined}>
              <span className="rows-head">
                <Status value={status} />
                <Time value={time} />
                <span className="quiet">{id}</span>
              </span>
              <span className="rows-what">{issues[0]?.message ?? `${method} ${new URL(url).pathname}`}</span>
            </a>
          </li>
        ))}
      </ul>
      {more}
    </nav>
  )
}
