import { Heading, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { type Body, type ExchangeDetail, type Issue, keyOf } from './api.ts'
import './exchange.css'
import { IssueCard } from './issue.tsx'
import { links } from './links.ts'
import { Loaded, Status, Time } from './parts.tsx'
import { Payload } from './payload.tsx'
import { queries } from './queries.ts'
import { Steps } from './steps.tsx'
import { text } from './text.ts'

/** `#/exchanges/{id}`: one request and its response, on a page of its own. */
export function ExchangeView({ id }: { readonly id: string }) {
  return (
    <>
      <Heading level={1} data-size="sm">
        {text.exchange.heading} {id}
      </Heading>
      <ExchangePane id={id} />
    </>
  )
}

/** An exchange: its line of steps, why it was refused, request and response. */
export function ExchangePane({ id }: { readonly id: string }) {
  const exchange = useQuery(queries.exchange(id))
  return <Loaded query={exchange}>{(detail) => <Detail exchange={detail} />}</Loaded>
}

function Detail({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { request, response, steps, issues, warnings } = exchange
  return (
    <div className="exchange">
      <section className="panel">
        <Summary exchange={exchange} />
        <Steps steps={steps} />
      </section>
      <Issues title={text.exchange.issues(issues.length)} issues={issues} />
      <Issues title={text.exchange.warnings} issues={warnings} warning />
      <Message
        title={text.exchange.request}
        headers={request.headers}
        body={request.body}
        issues={[...issues, ...warnings]}
      >
        {request.method} {request.url}
      </Message>
      <Message title={text.exchange.response} headers={response.headers} body={response.body} issues={[]}>
        HTTP {response.status}
      </Message>
    </div>
  )
}

function Summary({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { request, response, caller, surface, time, milliseconds, event } = exchange
  return (
    <div className="exchange-summary">
      <p className="exchange-line anywhere">
        <Status value={response.status} />
        <span>
          <strong>{request.method}</strong> {new URL(request.url).pathname}
        </span>
      </p>
      <p className="quiet exchange-facts">
        <span>{surface}</span>
        <Time value={time} />
        <span>{text.exchange.milliseconds(milliseconds)}</span>
        <span>{caller.clientName ?? caller.clientId}</span>
        <span>{caller.municipality}</span>
      </p>
      {event !== undefined && (
        <p>
          <Link href={links.event(event)}>
            {text.exchange.event} {event}
          </Link>
        </p>
      )}
    </div>
  )
}

interface IssuesProps {
  readonly title: string
  readonly issues: readonly Issue[]
  readonly warning?: boolean
}

function Issues({ title, issues, warning = false }: IssuesProps) {
  if (issues.length === 0) return null
  return (
    <section className="panel issues">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      {issues.map((issue) => (
        <IssueCard key={keyOf(issue)} issue={issue} warning={warning} />
      ))}
    </section>
  )
}

interface MessageProps {
  readonly title: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Body | undefined
  readonly issues: readonly Issue[]
  readonly children: ReactNode
}

function Message({ title, headers, body, issues, children }: MessageProps) {
  return (
    <section className="panel">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      <code className="anywhere">{children}</code>
      <details className="headers">
        <summary>{text.exchange.headers(headers.length)}</summary>
        <dl>
          {headers.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd className="anywhere">{value}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body ? <Captured body={body} issues={issues} label={title} /> : <p className="quiet">{text.exchange.noBody}</p>}
    </section>
  )
}

interface CapturedProps {
  readonly body: Body
  readonly issues: readonly Issue[]
  readonly label: string
}

function Captured({ body, issues, label }: CapturedProps) {
  const cut = body.capturedBytes < body.totalBytes
  return (
    <>
      <Payload text={body.text} issues={issues} label={label} />
      {cut && <p className="quiet">{text.exchange.cut(body.capturedBytes, body.totalBytes)}</p>}
    </>
  )
}
