import { Button, Heading } from '@digdir/designsystemet-react'
import { useEffect, useState } from 'react'
import type { Waiting } from '../../../scenarios/runner/await.ts'
import { CLIENT_SURFACES } from '../../../simulator/ground/surfaces.ts'
import { Copy, Snippet, Status } from '../parts/parts.tsx'
import { Payload } from '../parts/payload.tsx'
import { useMask } from '../parts/reveal.ts'
import { snippet } from '../parts/snippets.ts'
import { text } from '../text/text.ts'
import './waiting-panel.css'
import { words } from './words.ts'

/** Lines of the example that are drawn at first. */
const FIRST_LINES = 16

/** The request that a step waits for: what to send where, how long it waits, and what came in its place. */
export function WaitingPanel({ waiting }: { readonly waiting: Waiting }) {
  const { says, request, urls, clientFile, until, skip } = waiting
  const { method, url, headers, body } = request
  return (
    <section className="panel waiting" aria-labelledby="waiting">
      <div className="spread">
        <Heading level={2} data-size="2xs" id="waiting">
          {words.waiting}
        </Heading>
        <Countdown until={until} />
      </div>
      {says !== undefined && <p lang="en">{says}</p>}
      <p className="waiting-line">
        <code className="anywhere">
          {method} {url}
        </code>
        <Copy value={url} what="URL" />
      </p>
      <dl className="waiting-headers">
        {headers.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd className="anywhere">{value}</dd>
          </div>
        ))}
      </dl>
      {body !== undefined && (
        <>
          <Payload text={body} issues={[]} label={words.waitingBody} lines={FIRST_LINES} />
          <div className="actions">
            <Copy value={body} what={words.waitingBody} />
          </div>
        </>
      )}
      <Heading level={3} data-size="2xs">
        {words.waitingConfiguration}
      </Heading>
      <dl className="waiting-urls">
        {CLIENT_SURFACES.map((surface) => (
          <Configured key={surface} name={text.overview.urlNames[surface] ?? surface} value={urls[surface] ?? ''} />
        ))}
        <Configured name={words.waitingClient} value={clientFile} />
      </dl>
      <details>
        <summary>{words.waitingCurl}</summary>
        <Snippet value={snippet('curl', request, urls.ttt ?? '')} what="curl" />
      </details>
      <Others waiting={waiting} />
      <div className="actions">
        <Button data-size="sm" variant="secondary" onClick={skip}>
          {words.waitingSkip}
        </Button>
      </div>
    </section>
  )
}

function Configured({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code className="anywhere">{value}</code> <Copy value={value} what={name} />
      </dd>
    </div>
  )
}

/** Requests that were not the one, the newest first. */
function Others({ waiting: { others } }: { readonly waiting: Waiting }) {
  const mask = useMask()
  if (others.length === 0) return null
  return (
    <>
      <Heading level={3} data-size="2xs">
        {words.waitingOthers}
      </Heading>
      <ul className="waiting-others">
        {[...others].reverse().map(({ id, method, url, status, issues: [issue] }) => (
          <li key={id}>
            <Status value={status} />
            <span className="anywhere">
              <code>
                {method} {new URL(url).pathname}
              </code>{' '}
              {issue && (
                <span className="quiet">
                  <code>{issue.rule}</code> {mask(issue.message)}
                </span>
              )}
            </span>
          </li>
        ))}
      </ul>
    </>
  )
}

const SECOND = 1_000

/** The time that is left, in minutes and seconds. */
function Countdown({ until }: { readonly until: number }) {
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND)
    return () => clearInterval(timer)
  }, [])
  const seconds = Math.max(0, Math.ceil((until - now) / SECOND))
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60]
  return (
    <span role="timer" aria-label={words.waitingLeft} className="countdown">
      {minutes}:{String(rest).padStart(2, '0')}
    </span>
  )
}
