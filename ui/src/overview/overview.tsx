import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Info, SERVED } from '../data/api.ts'
import { links } from '../data/links.ts'
import { EventTable } from '../events/events.tsx'
import { useReplay } from '../parts/use-replay.tsx'
import { CauseList } from '../rejected/cause.tsx'
import { firstEvent, firstRefusal } from './first-event.ts'
import { NeedsYou } from './needs-you.tsx'
import './overview.css'
import { queries } from '../data/queries.ts'
import { Action } from '../parts/action.tsx'
import { Lazy } from '../parts/lazy.tsx'
import { Copy, Empty, Loaded, Loading, Snippet } from '../parts/parts.tsx'
import { ACCEPTED, SAMPLE, submission } from '../parts/sample.ts'
import { text } from '../text/text.ts'

/** How many of the newest the overview shows. */
const LATEST = 5

/** `#/`: what to configure, how to begin, and the latest. */
export function OverviewView() {
  const info = useQuery(queries.info)
  return (
    <>
      <Heading level={1} className="ds-sr-only">
        {text.overview.heading}
      </Heading>
      <Loaded query={info}>{(running) => <Begin info={running} />}</Loaded>
      <LatestEvents />
    </>
  )
}

/** They are below what one reads first. */
function LazyCharts() {
  return (
    <Lazy name="charts" load={() => import('./charts.tsx')}>
      {({ Charts }) => <Charts />}
    </Lazy>
  )
}

/** So many events and rejections, and one does not only try things out. */
const BUSY = 100

/** What needs somebody, and how to begin: open while one tries things out. */
function Begin({ info }: { readonly info: Info }) {
  const figures = useQuery(queries.figures).data
  const causes = useQuery(queries.causes('')).data
  if (!figures || !causes) return <Loading />
  const count = figures.events + causes.refused
  return (
    <>
      {count > 0 && <NeedsYou figures={figures} causes={causes} />}
      <details className="begin-again" open={count < BUSY}>
        <summary>{text.overview.configure}</summary>
        <div className="begin">
          <BaseUrls info={info} />
          <div className="begin-side">
            <FirstEvent info={info} />
            {count < BUSY && <LazyCharts />}
          </div>
        </div>
      </details>
      {count >= BUSY && <LazyCharts />}
      <LatestRefusals />
    </>
  )
}

/** The names of the surfaces with their base URLs, in the simulator's order. */
function surfacesOf({ origins }: Info): [keyof Info['origins'], string][] {
  const names = Object.keys(origins) as (keyof Info['origins'])[]
  return names.flatMap((name) => {
    const origin = origins[name]
    return origin === undefined ? [] : [[name, origin]]
  })
}

function BaseUrls({ info }: { readonly info: Info }) {
  return (
    <section className="panel" aria-labelledby="urls">
      <Heading level={2} data-size="2xs" id="urls">
        {text.overview.urls}
      </Heading>
      <ul className="urls">
        {surfacesOf(info).map(([name, url]) => (
          <li key={name}>
            <span>
              <strong>{text.overview.urlNames[name]}</strong>{' '}
              <span className="quiet">{text.overview.urlNotes[name]}</span>
              {SERVED && name.startsWith('jft-') && (
                <Link
                  className="try-it"
                  href={`${url}/swagger`}
                  aria-label={`${text.overview.tryIt}: ${text.overview.urlNames[name]}`}
                >
                  {text.overview.tryIt}
                </Link>
              )}
            </span>
            <span className="url">
              <code className="anywhere">{url}</code>
              <Copy value={url} what={text.overview.urlNames[name]} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}

function FirstEvent({ info }: { readonly info: Info }) {
  const control = info.origins.control ?? ''
  return (
    <section className="panel" aria-labelledby="start">
      <Heading level={2} data-size="2xs" id="start">
        {text.overview.start}
      </Heading>
      <TwoClicks info={info} />
      {SERVED && (
        <details className="shell">
          <summary>{text.overview.orShell}</summary>
          <p>{text.overview.accepted}</p>
          <Snippet value={firstEvent(control)} what={text.overview.acceptedCommand} />
          <p>{text.overview.refused}</p>
          <Snippet value={firstRefusal(control)} what={text.overview.refusedCommand} />
          <p className="quiet">{text.overview.cli}</p>
          <Snippet value={ownRequest(info)} what={text.overview.cliCommand} />
        </details>
      )}
    </section>
  )
}

/** The first accepted and the first rejected event, through real requests. */
function TwoClicks({ info }: { readonly info: Info }) {
  const { send, sending, outcome } = useReplay()
  const write = info.origins['jft-write'] ?? ''
  return (
    <>
      <p>{text.overview.startLead}</p>
      <div className="actions">
        <Action off={sending} onClick={() => send(submission(write, ACCEPTED))}>
          {text.overview.sendAccepted}
        </Action>
        <Action variant="secondary" data-color="danger" off={sending} onClick={() => send(submission(write, SAMPLE))}>
          {text.overview.sendRefused}
        </Action>
      </div>
      {outcome}
    </>
  )
}

function ownRequest(info: Info): string {
  const url = new URL(info.origins.control ?? window.location.href).origin
  return `npm run -s jftsim -- token --url ${url} --orgnr 313231593 \\\n  --curl POST /v1/Composition composition.json`
}

function LatestEvents() {
  const events = useQuery(queries.events)
  return (
    <Latest title={text.overview.latestEvents} all={links.events()}>
      <Loaded query={events}>
        {(list) =>
          list.events.length === 0 ? (
            <Empty title={text.events.empty}>{text.events.emptyLead}</Empty>
          ) : (
            <EventTable events={list.events.slice(0, LATEST)} label={text.overview.latestEvents} />
          )
        }
      </Loaded>
    </Latest>
  )
}

function LatestRefusals() {
  const refused = useQuery(queries.causes(''))
  return (
    <Latest title={text.overview.latestRefusals} all={links.rejected()}>
      <Loaded query={refused}>
        {(list) =>
          list.refused === 0 ? (
            <Empty title={text.rejected.empty}>{text.rejected.emptyLead}</Empty>
          ) : (
            <CauseList causes={[...list.causes].sort((one, other) => other.count - one.count).slice(0, LATEST)} />
          )
        }
      </Loaded>
    </Latest>
  )
}

interface LatestProps {
  readonly title: string
  readonly all: string
  readonly children: ReactNode
}

function Latest({ title, all, children }: LatestProps) {
  return (
    <section className="latest" aria-label={title}>
      <div className="spread">
        <Heading level={2} data-size="2xs">
          {title}
        </Heading>
        <Link href={all} aria-label={`${text.overview.all}: ${title}`}>
          {text.overview.all}
        </Link>
      </div>
      {children}
    </section>
  )
}
