import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo, type ReactNode, type RefCallback, useMemo } from 'react'
import type { EventList, EventSummary } from '../data/api.ts'
import { kindOf } from './event-kind.ts'
import './events.css'
import { links, replaceView } from '../data/links.ts'
import { useOlderEvents } from '../data/older.ts'
import { queries } from '../data/queries.ts'
import { type SearchState, useFound } from '../parts/found.ts'
import { useNarrow } from '../parts/narrow.ts'
import { NotFound } from '../parts/not-found.tsx'
import { Empty, Loaded, Time } from '../parts/parts.tsx'
import { vocabularyOf } from '../parts/search.ts'
import { SearchBox } from '../parts/search-box.tsx'
import { EVENT_FIELDS, offered, searchableEvent } from '../parts/searchable.ts'
import { useStill } from '../parts/still.tsx'
import { usePageWindow, type Windowed } from '../parts/windowed.tsx'
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
  const found = useFound(q, EVENT_FIELDS, queries.foundEvents)
  const vocabulary = useMemo(
    () => offered(vocabularyOf(list.events.slice(0, SAMPLED).map(searchableEvent))),
    [list.events],
  )
  const rows = found.state === 'found' ? found.data.events : found.state === 'all' ? list.events : NONE
  const still = useStill(rows, ({ type, id }) => `${type}/${id}`)
  const printed = text.search.found(...amounts(found, list), rows.length)
  if (list.events.length === 0) return <Empty title={text.events.empty}>{text.events.emptyLead}</Empty>
  return (
    <>
      <SearchBox
        value={q}
        change={(value) => replaceView(links.events(value))}
        placeholder={text.events.placeholder}
        vocabulary={vocabulary}
        grammar={EVENT_FIELDS}
        found={countOf(found, list)}
      />
      <NotFound found={found} count={rows.length} />
      <div {...still.hold} hidden={rows.length === 0}>
        {still.bar}
        <p className="printed">{printed}</p>
        <LongTable
          label={`${text.events.heading}: ${printed}`}
          list={list}
          found={still.rows}
          older={found.state === 'all'}
        />
      </div>
    </>
  )
}

const NONE: readonly EventSummary[] = []

/** How many are found, and of how many. What is older than what was read is read when its place comes near. */
function countOf(found: SearchState<EventList>, list: EventList): string {
  const [matching, all] = amounts(found, list)
  return text.search.found(matching, all, found.state === 'found' ? found.data.events.length : matching)
}

function amounts(found: SearchState<EventList>, { usage }: EventList): [matching: number, all: number] {
  if (found.state !== 'found') return [usage.events, usage.events]
  return [found.data.matching, found.data.usage.events]
}

/** Pixels of a row, on a wide and on a narrow screen, until it is drawn. */
const HEIGHT = { wide: 44, narrow: 96 }

interface LongTableProps {
  readonly label: string
  readonly list: EventList
  readonly found: readonly EventSummary[]
  /** The end of what was found is the end of what was read. */
  readonly older: boolean
}

/** All that was found; only what can be seen is drawn, and what is older is read when its place comes near. */
function LongTable({ label, list, found, older }: LongTableProps) {
  const height = useNarrow() ? HEIGHT.narrow : HEIGHT.wide
  const { list: element, ...around } = usePageWindow<HTMLDivElement, HTMLTableRowElement>(found.length, height)
  const { first, end } = around
  useOlderEvents(list, older && end >= found.length)
  return (
    <div ref={element} hidden={found.length === 0}>
      <EventTable events={found.slice(first, end)} label={label} around={{ ...around, all: found.length }} />
    </div>
  )
}

interface Column {
  readonly name: keyof typeof text.events.columns
  readonly cell: (event: EventSummary) => ReactNode
}

/** The columns of the table, from left to right. */
const COLUMNS: readonly Column[] = [
  { name: 'time', cell: ({ lastUpdated }) => <Time value={lastUpdated} /> },
  { name: 'type', cell: (event) => <EventName event={event} /> },
  { name: 'municipality', cell: ({ municipality }) => municipality },
  { name: 'client', cell: ({ clientName, clientId }) => clientName ?? clientId },
  { name: 'system', cell: ({ sourceSystem }) => sourceSystem ?? '–' },
  { name: 'status', cell: (event) => <Lifecycle event={event} /> },
]

function EventName({ event: { type, id, kind } }: { readonly event: EventSummary }) {
  return (
    <>
      <Link className="row-link" data-color="accent" data-row href={links.event(`${type}/${id}`)}>
        {kindOf(kind)}
      </Link>{' '}
      <span className="quiet event-resource" title={type}>
        {type}
      </span>
    </>
  )
}

interface EventTableProps {
  readonly events: readonly EventSummary[]
  readonly label: string
  /** What of a longer list these rows are: the place of the first, and pixels of those that are not drawn. */
  readonly around?: Omit<Windowed<HTMLElement, HTMLTableRowElement>, 'list' | 'end'> & { readonly all: number }
}

/** Events as a table; on a narrow screen each row becomes a card. */
export function EventTable({ events, label, around }: EventTableProps) {
  const { first = 0, all = events.length, before = 0, after = 0, measure } = around ?? {}
  return (
    <div className="panel events-panel">
      <table className="events" aria-rowcount={all + 1}>
        <caption className="ds-sr-only">{label}</caption>
        <thead>
          <tr>
            {COLUMNS.map(({ name }) => (
              <th key={name} scope="col">
                {text.events.columns[name]}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Room height={before} />
          {events.map((event, index) => (
            <EventRow key={`${event.type}/${event.id}`} event={event} index={first + index} measure={measure} />
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
      <td colSpan={COLUMNS.length} className="event-room" style={{ height }} />
    </tr>
  )
}

interface EventRowProps {
  readonly event: EventSummary
  /** Its place in the whole list. */
  readonly index: number
  readonly measure?: RefCallback<HTMLTableRowElement> | undefined
}

/** What a narrow column may cut; the link covers the row, so the row has it. */
function wholeOf({ clientName, clientId, sourceSystem }: EventSummary): string {
  return [clientName ?? clientId, sourceSystem].filter(Boolean).join(' · ')
}

/** Drawn again only when its own event has changed. */
const EventRow = memo(function EventRow({ event, index, measure }: EventRowProps) {
  return (
    <tr ref={measure} data-index={index} className="event-row" aria-rowindex={index + 2} title={wholeOf(event)}>
      {COLUMNS.map(({ name, cell }) => (
        <td key={name} className={`event-${name}`}>
          {cell(event)}
        </td>
      ))}
    </tr>
  )
})
