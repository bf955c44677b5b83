import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo, useMemo } from 'react'
import type { EventList, EventSummary } from '../shell/api.ts'
import { kindOf } from './event-kind.ts'
import './events.css'
import { useNarrow } from '../parts/narrow.ts'
import { Empty, Loaded, Time } from '../parts/parts.tsx'
import { matches, parseSearch, vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { offered, searchableEvent } from '../parts/searchable.ts'
import { useWindowed } from '../parts/windowed.tsx'
import { links, replaceView } from '../shell/links.ts'
import { useOlderEvents } from '../shell/older.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'
import { Lifecycle } from './lifecycle.tsx'

/** `#/events`: every event, live. */
export function EventsView({ q }: { readonly q: string }) {
  const events = useQuery(queries.events)
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.events.heading}
        </Heading>
        <p className="quiet">{text.events.lead}</p>
      </div>
      <Loaded query={events}>{(list) => <AllEvents list={list} q={q} />}</Loaded>
    </>
  )
}

/** How many of the newest the completions are made of. */
const SAMPLED = 1_000

function AllEvents({ list, q }: { readonly list: EventList; readonly q: string }) {
  const found = useMemo(() => filtered(list.events, q), [list.events, q])
  const vocabulary = useMemo(
    () => offered(vocabularyOf(list.events.slice(0, SAMPLED).map(searchableEvent))),
    [list.events],
  )
  if (list.events.length === 0) return <Empty title={text.events.empty}>{text.events.emptyLead}</Empty>
  return (
    <>
      <SearchBox
        value={q}
        change={(value) => replaceView(links.events(value))}
        placeholder={text.events.placeholder}
        vocabulary={vocabulary}
        found={text.search.found(q === '' ? list.usage.events : found.length, list.usage.events)}
      />
      {found.length === 0 && <Empty title={text.search.nothing}>{text.search.hint}</Empty>}
      <LongTable list={list} found={found} />
    </>
  )
}

function filtered(events: readonly EventSummary[], q: string): readonly EventSummary[] {
  const terms = parseSearch(q)
  return terms.length === 0 ? events : events.filter((event) => matches(terms, searchableEvent(event)))
}

/** Pixels of a row, on a wide and on a narrow screen; the style says the same. */
const HEIGHT = { wide: 44, narrow: 96 }

/** All that was found; only what can be seen is drawn, and what is older is read when its place comes near. */
function LongTable({ list, found }: { readonly list: EventList; readonly found: readonly EventSummary[] }) {
  const height = useNarrow() ? HEIGHT.narrow : HEIGHT.wide
  const { list: element, first, end, before, after } = useWindowed<HTMLDivElement>(found.length, height)
  useOlderEvents(list, end >= found.length)
  return (
    <div ref={element} hidden={found.length === 0}>
      <EventTable
        events={found.slice(first, end)}
        label={`${text.events.heading}: ${text.events.count(found.length, list.usage.events)}`}
        around={{ first, all: found.length, before, after }}
      />
    </div>
  )
}

interface EventTableProps {
  readonly events: readonly EventSummary[]
  readonly label: string
  /** What of a longer list these rows are: the place of the first, and pixels of those that are not drawn. */
  readonly around?: { readonly first: number; readonly all: number; readonly before: number; readonly after: number }
}

/** Events as a table; on a narrow screen each row becomes a card. */
export function EventTable({ events, label, around }: EventTableProps) {
  const { first = 0, all = events.length, before = 0, after = 0 } = around ?? {}
  return (
    <div className="panel events-panel">
      <table className="events" aria-rowcount={all + 1}>
        <caption className="ds-sr-only">{label}</caption>
        <thead>
          <tr>
            {Object.entries(text.events.columns).map(([key, name]) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Room height={before} />
          {events.map((event, index) => (
            <EventRow key={`${event.type}/${event.id}`} event={event} index={first + index + 2} />
          ))}
          <Room height={after} />
        </tbody>
      </table>
    </div>
  )
}

/** The place of the rows that are not drawn. */
function Room({ height }: { readonly height: number }) {
  if (height === 0) return null
  return (
    <tr>
      <td colSpan={6} className="event-room" style={{ height }} />
    </tr>
  )
}

/** Drawn again only when its own event has changed. */
const EventRow = memo(function EventRow({ event, index }: { readonly event: EventSummary; readonly index: number }) {
  return (
    <tr className="event-row" aria-rowindex={index}>
      <td className="event-time">
        <Time value={event.lastUpdated} />
      </td>
      <td className="event-type">
        <Link className="row-link" data-color="accent" data-row href={links.event(`${event.type}/${event.id}`)}>
          {kindOf(event.kind)}
        </Link>{' '}
        <span className="quiet event-resource">{event.type}</span>
      </td>
      <td className="event-municipality">{event.municipality}</td>
      <td className="event-client">{event.clientName ?? event.clientId}</td>
      <td className="event-system">{event.sourceSystem ?? '–'}</td>
      <td className="event-status">
        <Lifecycle event={event} />
      </td>
    </tr>
  )
})
