import { Link, Tag } from '@digdir/designsystemet-react'
import { memo } from 'react'
import type { CauseEntry, ExchangeSummary } from '../data/api.ts'
import { CertaintyTag } from '../parts/certainty.tsx'
import { headlineOf } from '../parts/headline.ts'
import { Words } from '../parts/words.tsx'
import './cause.css'
import { links } from '../data/links.ts'
import { useUnread } from '../data/unread.ts'
import { Status, Time } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { fixOf, text } from '../text/text.ts'

interface CauseListProps {
  readonly causes: readonly CauseEntry[]
  /** Refused requests whose answer names no rule. */
  readonly bare?: readonly ExchangeSummary[]
  readonly q?: string
}

/** Why requests were refused, one card to a cause. */
export function CauseList({ causes, bare = [], q = '' }: CauseListProps) {
  return (
    <ul className="causes" aria-label={text.rejected.causes}>
      {causes.map((cause) => (
        <CauseCard key={cause.key} cause={cause} q={q} />
      ))}
      {bare.map((exchange) => (
        <li key={exchange.sequence} className="panel cause">
          <Link href={links.refusal(exchange.id)} data-row>
            {text.rejected.noCause(exchange.status)}
          </Link>
          <p className="quiet anywhere">
            <Time value={exchange.time} /> {exchange.method} {new URL(exchange.url).pathname}
          </p>
        </li>
      ))}
    </ul>
  )
}

const CauseCard = memo(function CauseCard({ cause, q }: { readonly cause: CauseEntry; readonly q: string }) {
  const { issue, newest, count, key, place, requests, vendors, first, last, best, status } = cause
  const isUnread = useUnread()
  const unread = newest.filter(isUnread).length
  return (
    <li className="panel cause" data-unread={unread > 0}>
      <div className="cause-head">
        <strong className="cause-count">{text.rejected.times(count)}</strong>
        <h2 className="cause-name">
          <a className="cause-title anywhere" href={links.refusal(best, { cause: key, q })} data-row>
            <CauseTitle issue={issue} />
          </a>
        </h2>
        {unread > 0 && (
          <Tag data-color="accent">
            {text.rejected.openUnread(unread, unread === newest.length && unread < requests)}
          </Tag>
        )}
      </div>
      <p className="cause-fix anywhere">
        <strong>{text.issue.fix}</strong> <Words>{fixOf(issue)}</Words>
      </p>
      <p className="quiet cause-facts">
        <Status value={status} />
        {place !== null && <code className="anywhere">{place}</code>}
        <code>{issue.rule}</code>
        <CertaintyTag certainty={issue.certainty} title={issue.source} />
        <span>{text.rejected.requests(requests)}</span>
        <span>
          {text.rejected.since(requests)} <Time value={first} />
        </span>
        {requests > 1 && (
          <span>
            {text.rejected.latest} <Time value={last} />
          </span>
        )}
        <span className="anywhere">{vendors.join(', ')}</span>
      </p>
    </li>
  )
})

/** A cause in words: "`author` must be a list; you sent one object". */
function CauseTitle({ issue }: { readonly issue: CauseEntry['issue'] }) {
  const mask = useMask()
  return <Words>{mask(headlineOf(issue))}</Words>
}
