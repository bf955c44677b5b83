import { Link, Tag } from '@digdir/designsystemet-react'
import { memo } from 'react'
import { CertaintyTag } from '../parts/certainty.tsx'
import type { ExchangeSummary } from '../shell/api.ts'
import './cause.css'
import { Status, Time } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { links } from '../shell/links.ts'
import { useUnread } from '../shell/unread.ts'
import { fixOf, text } from '../text/text.ts'
import { type Cause, elementOf } from './causes.ts'

interface CauseListProps {
  readonly causes: readonly Cause[]
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

const CauseCard = memo(function CauseCard({ cause, q }: { readonly cause: Cause; readonly q: string }) {
  const { issue, exchanges, count, key, place } = cause
  const isUnread = useUnread()
  const [latest] = exchanges
  const oldest = exchanges.at(-1)
  if (!latest || !oldest) return null
  const unread = exchanges.filter(isUnread).length
  const vendors = [...new Set(exchanges.map(({ clientName }) => clientName ?? ''))].filter((name) => name !== '')
  return (
    <li className="panel cause" data-unread={unread > 0}>
      <p className="cause-head">
        <strong className="cause-count">{text.rejected.times(count)}</strong>
        <a className="cause-title anywhere" href={links.refusal(latest.id, { cause: key, q })} data-row>
          <CauseTitle cause={cause} />
        </a>
        {unread > 0 && <Tag data-color="accent">{text.rejected.openUnread(unread)}</Tag>}
      </p>
      <p className="cause-fix anywhere">
        <strong>{text.issue.fix}</strong> {fixOf(issue)}
      </p>
      <p className="quiet cause-facts">
        <Status value={latest.status} />
        {place !== undefined && <code className="anywhere">{place}</code>}
        <code>{issue.rule}</code>
        <CertaintyTag certainty={issue.certainty} title={issue.source} />
        <span>{text.rejected.requests(exchanges.length)}</span>
        <span>
          {text.rejected.since(exchanges.length)} <Time value={oldest.time} />
        </span>
        {exchanges.length > 1 && (
          <span>
            {text.rejected.latest} <Time value={latest.time} />
          </span>
        )}
        <span className="anywhere">{vendors.join(', ')}</span>
      </p>
    </li>
  )
})

/** A cause in words: "author is one value, not a list". */
export function CauseTitle({ cause: { rule, place, issue } }: { readonly cause: Cause }) {
  const mask = useMask()
  const words = text.causes[rule]
  const name = place === undefined ? '' : elementOf(place)
  if (!words) {
    return (
      <>
        {name !== '' && <code>{name}</code>} {mask(issue.message)}
      </>
    )
  }
  const [before = '', after = ''] = words('\u0000').split('\u0000')
  return before === '' && after !== '' ? (
    <>
      <code>{name}</code>
      {after}
    </>
  ) : (
    words(name)
  )
}
