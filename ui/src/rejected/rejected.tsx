import { Button, Heading } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../answer/answer.tsx'
import { Empty, Loaded } from '../parts/parts.tsx'
import type { ExchangeSummary } from '../shell/api.ts'
import { links, replaceView } from '../shell/links.ts'
import { queries } from '../shell/queries.ts'
import { ExchangePane } from '../traffic/exchange.tsx'
import { CauseList } from './cause.tsx'
import { causeOf, groupByCause } from './causes.ts'
import './rejected.css'
import { Rows } from '../parts/rows.tsx'
import { matches, parseSearch, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, searchableExchange } from '../parts/searchable.ts'
import { markOpened, useUnread } from '../shell/unread.ts'
import { text } from '../text/text.ts'

interface RejectedProps {
  readonly selected: string | undefined
  readonly cause: string | undefined
  readonly q: string
}

/** `#/rejected`: refused requests by cause. With one selected, the others on the left and it on the right. */
export function RejectedView({ selected, cause, q }: RejectedProps) {
  const refused = useQuery(queries.refused)
  if (selected === undefined) return <Loaded query={refused}>{(list) => <Causes refused={list} q={q} />}</Loaded>
  return (
    <>
      <Answer
        id={selected}
        cause={cause}
        back={{ href: links.rejected(q), label: text.rejected.back }}
        fallback={`${text.rejected.heading} ${selected}`}
      />
      <div className="split">
        <Loaded query={refused}>
          {(list) => (
            <Rows
              label={text.rejected.list}
              title={cause === undefined ? text.rejected.all : text.rejected.thisCause}
              exchanges={list.filter((exchange) => cause === undefined || hasCause(exchange, cause))}
              selected={selected}
              href={(id) => links.refusal(id, { q, ...(cause === undefined ? {} : { cause }) })}
            />
          )}
        </Loaded>
        <ExchangePane id={selected} />
      </div>
    </>
  )
}

function hasCause({ issues }: ExchangeSummary, cause: string): boolean {
  return issues.some((issue) => causeOf(issue) === cause)
}

function Causes({ refused, q }: { readonly refused: readonly ExchangeSummary[]; readonly q: string }) {
  const isUnread = useUnread()
  const terms = parseSearch(q)
  const found = refused.filter((exchange) => matches(terms, searchableExchange(exchange)))
  const unread = refused.filter(isUnread)
  const vocabulary = offered(vocabularyOf(refused.map(searchableExchange)))
  return (
    <>
      <div className="spread">
        <div>
          <Heading level={1} data-size="sm">
            {text.rejected.heading}
          </Heading>
          <p className="quiet">{text.rejected.lead}</p>
        </div>
        {unread.length > 0 && (
          <Button data-size="sm" variant="tertiary" onClick={() => markOpened(...unread)}>
            {text.rejected.markRead}
          </Button>
        )}
      </div>
      {refused.length === 0 && <Empty title={text.rejected.empty}>{text.rejected.emptyLead}</Empty>}
      {refused.length > 0 && (
        <SearchBox
          value={q}
          change={(value) => replaceView(links.rejected(value))}
          vocabulary={vocabulary}
          found={text.search.found(found.length, refused.length)}
        />
      )}
      {refused.length > 0 && found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      <CauseList causes={groupByCause(found)} bare={found.filter(({ issues }) => issues.length === 0)} q={q} />
    </>
  )
}
