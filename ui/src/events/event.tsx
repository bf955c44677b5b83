import { Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { EventDetail, EventSummary, ExchangeSummary } from '../shell/api.ts'
import './event.css'
import { Lazy } from '../parts/lazy.tsx'
import { Loaded, Status, Time } from '../parts/parts.tsx'
import { Payload } from '../parts/payload.tsx'
import { useMask } from '../parts/reveal.ts'
import { links } from '../shell/links.ts'
import { queries } from '../shell/queries.ts'
import { text } from '../text/text.ts'
import { factsOf } from './event-facts.ts'
import { kindOf } from './event-kind.ts'

/** `#/events/{type}/{id}`: one event, its times, what it says, and the exchanges that touched it. */
export function EventView({ type, id }: { readonly type: string; readonly id: string }) {
  const event = useQuery(queries.event(type, id))
  const exchanges = useQuery(queries.exchangesOf(`${type}/${id}`))
  return (
    <>
      <Link href={links.events()} data-key="g">
        {text.events.back}
      </Link>
      <div>
        <Heading level={1} data-size="sm">
          {event.data ? kindOf(event.data.kind) : type}
        </Heading>
        <code className="quiet anywhere">
          {type}/{id}
        </code>
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
  const facts = factsOf(event.resource)
  return (
    <>
      <section className="panel">
        <Timeline event={event} />
        <dl className="facts">
          <Fact name={text.events.columns.municipality} value={event.municipality} />
          <Fact name={text.events.columns.client} value={event.clientName ?? event.clientId} />
          <Fact name={text.events.columns.system} value={event.sourceSystem ?? text.none} />
          <Fact name={text.events.patient} value={facts.patient} />
          <Fact
            name={event.type === 'MedicationDispense' ? text.events.device : text.events.author}
            value={facts.author}
          />
          <Fact name={text.events.category} value={facts.category} />
          <Fact name={text.events.when} value={facts.when} />
        </dl>
        {facts.tags.length > 0 && (
          <p className="tags">
            <span className="quiet">{text.events.tags}</span>
            {facts.tags.map((tag) => (
              <Tag key={tag} data-color="neutral">
                {tag}
              </Tag>
            ))}
          </p>
        )}
      </section>
      <section className="panel" aria-labelledby="told">
        <Heading level={2} data-size="2xs" id="told">
          {text.events.told}
        </Heading>
        {facts.narratives.length === 0 && <p className="quiet">{text.events.noNarrative}</p>}
        {facts.narratives.map(({ title, div }) => (
          <div key={`${title} ${div}`}>
            {title !== undefined && <h3 className="quiet">{title}</h3>}
            <Lazy name="narrative" load={() => import('./narrative.tsx')}>
              {({ Narrative }) => <Narrative div={div} />}
            </Lazy>
          </div>
        ))}
      </section>
      <section className="panel">
        <Heading level={2} data-size="2xs">
          {text.events.resource}
        </Heading>
        <Payload text={event.resource} issues={[]} label={text.events.resource} search />
      </section>
    </>
  )
}

/** The times of an event on a line, with the time between the steps. */
function Timeline({ event }: { readonly event: EventSummary }) {
  const names = ['registered', 'read', 'acknowledged', 'failed'] as const
  const stages = names.filter((name) => name !== 'failed' || event.failed !== null)
  return (
    <ol className="timeline">
      {stages.map((name, index) => {
        const time = event[name]
        const before = stages.slice(0, index).flatMap((stage) => event[stage] ?? [])
        const previous = before.at(-1)
        const state = time === null ? 'pending' : name === 'failed' ? 'failed' : 'done'
        return (
          <li key={name} className="timeline-stage" data-state={state}>
            <strong>{text.events.status[name]}</strong>
            {time === null ? <span className="quiet">{text.events.pending}</span> : <Time value={time} />}
            {time !== null && previous !== undefined && (
              <span className="quiet">{text.events.after(text.duration(secondsBetween(previous, time)))}</span>
            )}
          </li>
        )
      })}
    </ol>
  )
}

function secondsBetween(from: string, to: string): number {
  return (Date.parse(to) - Date.parse(from)) / 1000
}

function Fact({ name, value }: { readonly name: string; readonly value: string | undefined }) {
  const mask = useMask()
  if (value === undefined) return null
  return (
    <div>
      <dt className="quiet">{name}</dt>
      <dd className="anywhere">{mask(value)}</dd>
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
          <Link className="anywhere" data-row href={links.exchange(id)}>
            {method} {new URL(url).pathname}
          </Link>
          <span className="quiet">{clientName}</span>
        </li>
      ))}
    </ul>
  )
}
