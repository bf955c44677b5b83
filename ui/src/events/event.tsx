import { Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { EventDetail, EventSummary } from '../data/api.ts'
import './event.css'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { stagesOf } from '../lanes/lanes.ts'
import { Lanes } from '../lanes/lanes.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { Loaded, momentOf, Time } from '../parts/parts.tsx'
import { Payload } from '../parts/payload.tsx'
import { useMask } from '../parts/reveal.ts'
import { text } from '../text/text.ts'
import { factsOf } from './event-facts.ts'
import { kindOf } from './event-kind.ts'

/** `#/events/{type}/{id}`: one event, its times, what it says, and the exchanges that touched it. */
export function EventView({ type, id }: { readonly type: string; readonly id: string }) {
  const event = useQuery(queries.event(type, id))
  const trace = `event=${encodeURIComponent(`${type}/${id}`)}`
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
      <Loaded query={event}>{(detail) => <Detail event={detail} trace={trace} />}</Loaded>
    </>
  )
}

function Detail({ event, trace }: { readonly event: EventDetail; readonly trace: string }) {
  const facts = factsOf(event.resource)
  const first = useQuery(queries.trace(trace)).data?.exchanges.find(({ surface }) => surface === 'vkp')
  // JFT knows VKP only.
  const vendor = first?.clientName ? text.events.through(first.clientName) : (event.clientName ?? event.clientId)
  return (
    <>
      <section className="panel">
        <Timeline event={event} trace={trace} />
        <dl className="facts">
          <Fact name={text.events.columns.municipality} value={event.municipality} />
          <Fact name={text.events.columns.client} value={vendor} />
          <Fact name={text.events.columns.system} value={event.sourceSystem ?? text.none} />
          <Fact name={text.events.patient} value={facts.patient} />
          <Fact name={text.events[facts.by]} value={facts.author} />
          <Fact name={text.events.category} value={facts.category} />
          <Fact name={text.events.when} value={facts.when && momentOf(facts.when)} />
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
      <Lanes of={trace} />
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
function Timeline({ event, trace }: { readonly event: EventSummary; readonly trace: string }) {
  const causes = stagesOf(useQuery(queries.trace(trace)).data?.exchanges ?? [])
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
            <StageName name={name} cause={time === null ? undefined : causes[name]} />
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

/** A stage leads to the request that brought the event there. */
function StageName({
  name,
  cause,
}: {
  readonly name: keyof typeof text.events.status
  readonly cause: string | undefined
}) {
  const words = <strong>{text.events.status[name]}</strong>
  return cause === undefined ? words : <Link href={links.exchange(cause)}>{words}</Link>
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
