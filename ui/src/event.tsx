import { Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { EventDetail, EventSummary, ExchangeSummary } from './api.ts'
import './event.css'
import { links } from './links.ts'
import { Loaded, Status, Time } from './parts.tsx'
import { Payload } from './payload.tsx'
import { queries } from './queries.ts'
import { text } from './text.ts'

/** `#/events/{type}/{id}`: one event, its times, its text, and the exchanges that touched it. */
export function EventView({ type, id }: { readonly type: string; readonly id: string }) {
  const event = useQuery(queries.event(type, id))
  const exchanges = useQuery(queries.exchangesOf(`${type}/${id}`))
  return (
    <>
      <Link href={links.events}>{text.events.back}</Link>
      <div>
        <Heading level={1} data-size="sm">
          {type}
        </Heading>
        <code className="quiet anywhere">{id}</code>
      </div>
      <Loaded query={event}>{(detail) => <Detail event={detail} />}</Loaded>
      <section className="panel" aria-labelledby="touching">
        <Heading level={2} data-size="2xs" id="touching">
          {text.events.exchanges}
        </Heading>
        <Loaded query={exchanges}>{(list) => <ExchangeLinks exchanges={list} />}</Loaded>
      </section>
    </>
  )
}

function Detail({ event }: { readonly event: EventDetail }) {
  return (
    <>
      <section className="panel">
        <Times event={event} />
        <dl className="facts">
          <Fact name={text.events.columns.municipality} value={event.municipality} />
          <Fact name={text.events.columns.client} value={event.clientName ?? event.clientId} />
          <Fact name={text.events.columns.system} value={event.sourceSystem ?? text.none} />
        </dl>
      </section>
      <section className="panel">
        <Heading level={2} data-size="2xs">
          {text.events.resource}
        </Heading>
        <Payload text={event.resource} issues={[]} label={text.events.resource} />
      </section>
    </>
  )
}

function Times({ event }: { readonly event: EventSummary }) {
  const names = ['registered', 'read', 'acknowledged', 'failed'] as const
  return (
    <dl className="facts">
      {names
        .filter((name) => name !== 'failed' || event.failed !== null)
        .map((name) => (
          <div key={name}>
            <dt>
              <Tag data-color={event[name] === null ? 'neutral' : name === 'failed' ? 'danger' : 'success'}>
                {text.events.status[name]}
              </Tag>
            </dt>
            <dd>{event[name] === null ? text.events.pending : <Time value={event[name]} />}</dd>
          </div>
        ))}
    </dl>
  )
}

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt className="quiet">{name}</dt>
      <dd className="anywhere">{value}</dd>
    </div>
  )
}

function ExchangeLinks({ exchanges }: { readonly exchanges: readonly ExchangeSummary[] }) {
  if (exchanges.length === 0) return <p className="quiet">{text.events.noExchanges}</p>
  return (
    <ul className="exchange-links">
      {exchanges.map(({ id, time, method, url, status, clientName }) => (
        <li key={id}>
          <Time value={time} />
          <Status value={status} />
          <Link className="anywhere" href={links.exchange(id)}>
            {method} {new URL(url).pathname}
          </Link>
          <span className="quiet">{clientName}</span>
        </li>
      ))}
    </ul>
  )
}
