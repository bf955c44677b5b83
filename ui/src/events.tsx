import { Heading, Link, Table } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { memo } from 'react'
import type { EventList, EventSummary } from './api.ts'
import './events.css'
import { Lifecycle } from './lifecycle.tsx'
import { links } from './links.ts'
import { Empty, Loaded, Time, useFirst } from './parts.tsx'
import { queries } from './queries.ts'
import { text } from './text.ts'

/** `#/events`: every event, live. */
export function EventsView() {
  const events = useQuery(queries.events)
  return (
    <>
      <div>
        <Heading level={1} data-size="sm">
          {text.events.heading}
        </Heading>
        <p className="quiet">{text.events.lead}</p>
      </div>
      <Loaded query={events}>{(list) => <AllEvents list={list} />}</Loaded>
    </>
  )
}

function AllEvents({ list }: { readonly list: EventList }) {
  const { shown, more } = useFirst(list.events)
  if (list.events.length === 0) return <Empty title={text.events.empty}>{text.events.emptyLead}</Empty>
  return (
    <>
      <EventTable
        events={shown}
        label={`${text.events.heading}: ${text.events.count(shown.length, list.usage.events)}`}
      />
      {more}
    </>
  )
}

/** Events as a table; on a narrow screen each row becomes a card. */
export function EventTable({ events, label }: { readonly events: readonly EventSummary[]; readonly label: string }) {
  return (
    <div className="panel events-panel">
      <Table className="events" data-color="neutral" hover>
        <caption className="ds-sr-only">{label}</caption>
        <Table.Head>
          <Table.Row>
            {Object.values(text.events.columns).map((name) => (
              <Table.HeaderCell key={name}>{name}</Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Head>
        <Table.Body>
          {events.map((event) => (
            <EventRow key={`${event.type}/${event.id}`} event={event} />
          ))}
        </Table.Body>
      </Table>
    </div>
  )
}

/** Drawn again only when its own event has changed. */
const EventRow = memo(function EventRow({ event }: { readonly event: EventSummary }) {
  return (
    <Table.Row className="event-row">
      <Table.Cell className="event-time">
        <Time value={event.lastUpdated} />
      </Table.Cell>
      <Table.Cell className="event-type">
        <Link className="row-link" data-color="accent" href={links.event(`${event.type}/${event.id}`)}>
          {event.type}
        </Link>
      </Table.Cell>
      <Table.Cell className="event-municipality">{event.municipality}</Table.Cell>
      <Table.Cell className="event-client anywhere">{event.clientName ?? event.clientId}</Table.Cell>
      <Table.Cell className="anywhere">{event.sourceSystem ?? '–'}</Table.Cell>
      <Table.Cell className="event-status">
        <Lifecycle event={event} />
      </Table.Cell>
    </Table.Row>
  )
})
