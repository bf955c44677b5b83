import { Alert, Heading, Link, Tag } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect } from 'react'
import {
  type Body,
  type ExchangeDetail,
  type Headers,
  type Issue,
  isRefused,
  keyOf,
  type ShownIssue,
} from '../data/api.ts'
import { Again } from '../parts/again.tsx'
import './exchange.css'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { markOpened } from '../data/unread.ts'
import { Lanes } from '../lanes/lanes.tsx'
import { IssueCard } from '../parts/issue.tsx'
import { Loaded, Status, Time } from '../parts/parts.tsx'
import { Payload } from '../parts/payload.tsx'
import { useMask } from '../parts/reveal.ts'
import type { SentRequest } from '../parts/snippets.ts'
import { Steps } from '../parts/steps.tsx'
import { checkOf, isSubmission } from '../parts/submission.ts'
import { Verdicts } from '../parts/verdicts.tsx'
import { text } from '../text/text.ts'
import { JournalNote } from './journal-note.tsx'
import { Submission } from './submission.tsx'
import { Tokens } from './token.tsx'

/** An exchange: its line of steps, why it was refused and the fix, tokens, request and response, and how to send it again. */
export function ExchangePane({ id }: { readonly id: string }) {
  const exchange = useQuery(queries.exchange(id))
  return <Loaded query={exchange}>{(detail) => <Detail key={detail.id} exchange={detail} />}</Loaded>
}

function Detail({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { request, response, steps, issues, warnings, moreIssues: more = 0 } = exchange
  const { body } = request
  const cut = body !== undefined && body.capturedBytes < body.totalBytes
  const sent: SentRequest = { ...request, body: body?.text ?? '' }
  const submission = isSubmission(exchange) && body !== undefined
  useEffect(() => markOpened(exchange), [exchange])
  return (
    <div className="exchange">
      <Lanes of={`exchange=${encodeURIComponent(exchange.id)}`} current={exchange.id} least={2} />
      {response.unheard && <Alert data-color="warning">{text.exchange.unheard}</Alert>}
      <Folded folded={isRefused({ status: response.status, issues })}>
        <section className="panel">
          <Summary exchange={exchange} />
          <Steps steps={steps} />
          <Injected exchange={exchange} />
          <LegOf exchange={exchange} />
        </section>
        <JournalNote exchange={exchange} />
        <Issues title={text.exchange.issues(issues.length + more)} issues={issues} more={more} />
        <Issues title={text.exchange.warnings} issues={warnings} warning />
        {submission && !cut && (
          <Submission surface={exchange.surface} request={sent} payload={body.text} recorded={exchange.verdicts} />
        )}
        {submission && cut && exchange.verdicts && <Verdicts check={exchange.verdicts} />}
        {submission && cut && <p className="quiet">{text.verdict.cutOff}</p>}
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
        <Tokens exchange={exchange} />
      </Folded>
      <Again
        id={exchange.id}
        request={withoutEmptyBody(sent)}
        cut={cut}
        judge={submission ? (payload) => checkOf(exchange, payload) : undefined}
      />
    </div>
  )
}

/** Of a rejection the answer is above: the rest is there for who wants it. */
function Folded({ folded, children }: { readonly folded: boolean; readonly children: ReactNode }) {
  if (!folded) return children
  return (
    <details className="exchange-more">
      <summary>{text.exchange.more}</summary>
      <div className="exchange">{children}</div>
    </details>
  )
}

/** The request that this one is a leg of. */
function LegOf({ exchange: { parent } }: { readonly exchange: ExchangeDetail }) {
  if (parent === undefined) return null
  return (
    <p>
      {text.exchange.legOf} <Link href={links.exchange(parent)}>{parent}</Link>
    </p>
  )
}

/** The faults that fired. */
function Injected({ exchange: { injected = [] } }: { readonly exchange: ExchangeDetail }) {
  if (injected.length === 0) return null
  return (
    <p className="injected">
      <strong>{text.exchange.injected}</strong>
      {injected.map(({ fault, effect, step }) => (
        <Tag key={fault} data-color="warning">
          {step}: {effect}
        </Tag>
      ))}
    </p>
  )
}

function withoutEmptyBody({ body, ...request }: SentRequest): SentRequest {
  return body === undefined || body === '' ? request : { ...request, body }
}

function Summary({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { request, response, caller, surface, time, milliseconds, event, issues } = exchange
  const refused = isRefused({ status: response.status, issues })
  return (
    <div className="exchange-summary">
      <p className="exchange-line anywhere" data-refused={refused}>
        <Status value={response.status} />
        <span>
          <strong>{request.method}</strong> {new URL(request.url).pathname}
        </span>
      </p>
      <p className="quiet exchange-facts">
        <span>{surface}</span>
        <Time value={time} />
        <span>{text.milliseconds(milliseconds)}</span>
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
  /** How many there are beyond those. */
  readonly more?: number
}

function Issues({ title, issues, warning = false, more = 0 }: IssuesProps) {
  if (issues.length === 0) return null
  return (
    <section className="panel issues">
      <Heading level={2} data-size="2xs">
        {title}
      </Heading>
      {issues.map((issue) => (
        <IssueCard key={keyOf(issue)} issue={issue} warning={warning} />
      ))}
      {more > 0 && <p className="quiet">{text.verdict.notListed(more)}</p>}
    </section>
  )
}

interface MessageProps {
  readonly title: string
  readonly headers: Headers
  readonly body: Body | undefined
  readonly issues: readonly ShownIssue[]
  readonly children: ReactNode
}

/** One half of an exchange: its first line, its headers folded, its body. */
export function Message({ title, headers, body, issues, children }: MessageProps) {
  const mask = useMask()
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
            <div key={`${name} ${value}`}>
              <dt>{name}</dt>
              <dd className="anywhere">{mask(value)}</dd>
            </div>
          ))}
        </dl>
      </details>
      {body ? (
        <Captured body={body} issues={issues} label={title} />
      ) : (
        <p className="quiet">{hadBody(headers) ? text.exchange.unknownBody : text.exchange.noBody}</p>
      )}
    </section>
  )
}

/** Whether a message came with a body, by its own headers. */
function hadBody(headers: Headers): boolean {
  const has = ([name, value]: Headers[number]) =>
    name === 'transfer-encoding' || (name === 'content-length' && value !== '0')
  return headers.some(has)
}

interface CapturedProps {
  readonly body: Body
  readonly issues: readonly ShownIssue[]
  readonly label: string
}

/** Lines of a body that are drawn at first. */
const FIRST_LINES = 24

function Captured({ body, issues, label }: CapturedProps) {
  const cut = body.capturedBytes < body.totalBytes
  return (
    <>
      <Payload text={body.text} issues={issues} label={label} lines={FIRST_LINES} />
      {cut && <p className="quiet">{text.exchange.cut(body.capturedBytes, body.totalBytes)}</p>}
    </>
  )
}
