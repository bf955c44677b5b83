import { Heading, Link } from '@digdir/designsystemet-react'
import type { ReactNode } from 'react'
import type { CauseList, Figures } from '../data/api.ts'
import { links } from '../data/links.ts'
import { text } from '../text/text.ts'

/** What waits for somebody: rejected requests by vendor, and events that have not come to their end. */
export function NeedsYou({ figures, causes }: { readonly figures: Figures; readonly causes: CauseList }) {
  const vendors = [...new Set(causes.causes.flatMap((cause) => cause.vendors))]
  const { unread, unacknowledged, failed, of, events } = figures
  const nothing = causes.refused + unread + unacknowledged + failed === 0
  return (
    <section className="panel" aria-labelledby="needs">
      <Heading level={2} data-size="2xs" id="needs">
        {text.overview.needs}
      </Heading>
      {nothing && <p>{text.overview.needsNothing}</p>}
      <ul className="needs">
        <Need count={causes.refused} href={links.rejected()} words={text.overview.needsRejected}>
          {vendors.map((vendor, index) => (
            <span key={vendor}>
              {index === 0 ? ` ${text.overview.needsOf} ` : ', '}
              <Link href={links.rejected(`vendor:${JSON.stringify(vendor)}`)}>{vendor}</Link>
            </span>
          ))}
        </Need>
        <Need count={failed} href={links.events('status:failed')} words={text.overview.needsFailed} />
        <Need
          count={unread}
          href={links.events('-status:read -status:acknowledged -status:failed')}
          words={text.overview.needsRead}
        />
        <Need
          count={unacknowledged}
          href={links.events('status:read -status:acknowledged')}
          words={text.overview.needsAcknowledged}
        />
      </ul>
      {of < events && <p className="quiet">{text.search.newest(of)}</p>}
    </section>
  )
}

interface NeedProps {
  readonly count: number
  readonly href: string
  readonly words: (count: number) => string
  readonly children?: ReactNode
}

function Need({ count, href, words, children }: NeedProps) {
  if (count === 0) return null
  return (
    <li>
      <Link href={href}>{words(count)}</Link>
      {children}
    </li>
  )
}
