import { Button, Heading } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { Answer } from '../answer/answer.tsx'
import { type CauseList as CauseListData, type ExchangeSummary, PAGE } from '../data/api.ts'
import { links, replaceView } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { causeOf } from '../parts/causes.ts'
import { useExchangeFields, useFound } from '../parts/found.ts'
import { Empty, Loaded } from '../parts/parts.tsx'
import { ExchangePane } from '../traffic/exchange.tsx'
import { CauseList } from './cause.tsx'
import './rejected.css'
import { markOpened, useUnread } from '../data/unread.ts'
import { NotFound } from '../parts/not-found.tsx'
import { Rows } from '../parts/rows.tsx'
import { vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, searchableExchange } from '../parts/searchable.ts'
import { text } from '../text/text.ts'

interface RejectedProps {
  readonly selected: string | undefined
  readonly cause: string | undefined
  readonly q: string
}

/** `#/rejected`: refused requests by cause. With one selected, the others on the left and it on the right. */
export function RejectedView({ selected, cause, q }: RejectedProps) {
  const causes = useQuery(queries.causes(''))
  if (selected === undefined) return <Loaded query={causes}>{(all) => <Causes all={all} q={q} />}</Loaded>
  return (
    <>
      <Answer
        id={selected}
        cause={cause}
        back={{ href: links.rejected(q), label: text.rejected.back }}
        fallback={`${text.rejected.heading} ${selected}`}
      />
      <div className="split">
        <Others selected={selected} cause={cause} q={q} />
        <ExchangePane id={selected} />
      </div>
    </>
  )
}

/** The other rejected requests; with a cause, those that have it. */
function Others({ selected, cause, q }: RejectedProps & { readonly selected: string }) {
  const refused = useQuery(queries.refused)
  const hasCause = ({ issues }: ExchangeSummary) => issues.some((issue) => causeOf(issue) === cause)
  return (
    <Loaded query={refused}>
      {(list) => (
        <Rows
          label={text.rejected.list}
          title={cause === undefined ? text.rejected.all : text.rejected.thisCause}
          exchanges={cause === undefined ? list : list.filter(hasCause)}
          {...(list.length < PAGE ? {} : { of: list.length })}
          cause={cause}
          selected={selected}
          href={(id) => links.refusal(id, { q, ...(cause === undefined ? {} : { cause }) })}
        />
      )}
    </Loaded>
  )
}

function Causes({ all, q }: { readonly all: CauseListData; readonly q: string }) {
  const refused = useQuery(queries.refused).data ?? NONE
  const isUnread = useUnread()
  const fields = useExchangeFields(q)
  const found = useFound(q, fields, queries.causes)
  const unread = refused.filter(isUnread)
  const vocabulary = offered(vocabularyOf(refused.map(searchableExchange)))
  const shown = found.state === 'found' ? found.data : found.state === 'all' ? all : NO_CAUSES
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
      <Dropped />
      {all.refused === 0 ? (
        <Empty title={text.rejected.empty}>{text.rejected.emptyLead}</Empty>
      ) : (
        <>
          <SearchBox
            value={q}
            change={(value) => replaceView(links.rejected(value))}
            vocabulary={vocabulary}
            grammar={fields}
            found={text.search.found(found.state === 'found' ? shown.matching : all.refused, all.refused)}
          />
          <NotFound found={found} count={shown.causes.length + shown.bare.length} />
        </>
      )}
      <CauseList causes={shown.causes} bare={shown.bare} q={q} />
    </>
  )
}

const NONE: readonly ExchangeSummary[] = []
const NO_CAUSES: CauseListData = { causes: [], bare: [], matching: 0, refused: 0 }

/** How many requests the journal has no more, and which are counted nowhere. */
function Dropped() {
  const { dropped = 0 } = useQuery(queries.journal).data ?? {}
  return dropped === 0 ? null : <p className="quiet">{text.traffic.dropped(dropped)}</p>
}
