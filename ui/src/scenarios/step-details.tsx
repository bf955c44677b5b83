import { Link } from '@digdir/designsystemet-react'
import { differenceOf } from '../../../scenarios/reports/difference.ts'
import type { Failure, RecordedExchange, RecordedMessage, StepResult } from '../../../scenarios/runner/result.ts'
import { type Body, keyOf } from '../data/api.ts'
import { links } from '../data/links.ts'
import { IssueCard } from '../parts/issue.tsx'
import { Status } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { Steps } from '../parts/steps.tsx'
import { text } from '../text/text.ts'
import { Message } from '../traffic/exchange.tsx'
import { Mark } from './mark.tsx'
import './step-details.css'
import { words } from './words.ts'

interface StepDetailsProps {
  readonly step: StepResult
  /** Where its exchanges took place; `undefined` while the scenario runs. */
  readonly sandbox: string | undefined
}

/** One step that was played: what was not as expected, and its exchanges. */
export function StepDetails({ step, sandbox }: StepDetailsProps) {
  const { name, line, outcome, milliseconds, failures, exchanges, unchecked } = step
  return (
    <li className="scenario-step">
      <details open={outcome === 'failed'}>
        <summary className="step-line">
          <Mark status={outcome} />
          <span className="anywhere">{name}</span>
          <span className="quiet">
            {words.line(line)}
            {outcome !== 'not-reached' && `, ${text.milliseconds(milliseconds)}`}
          </span>
        </summary>
        <div className="step-body">
          {failures.map((failure) => (
            <Difference key={failure.what} failure={failure} />
          ))}
          {unchecked.length > 0 && <p className="quiet">{words.unchecked(unchecked.join(', '))}</p>}
          {exchanges.map((exchange, index) => (
            <Exchange
              key={exchange.exchange ?? index}
              exchange={exchange}
              sandbox={sandbox}
              open={outcome === 'failed' && index === exchanges.length - 1}
            />
          ))}
        </div>
      </details>
    </li>
  )
}

function Difference({ failure }: { readonly failure: Failure }) {
  const mask = useMask()
  const lines = differenceOf(failure).map((line, number) => ({ ...line, number }))
  return (
    <div className="difference">
      <p>
        <strong className="anywhere">{failure.what}</strong>{' '}
        <span className="quiet">
          (− {words.expected}, + {words.actual})
        </span>
      </p>
      <pre>
        {lines.map(({ sign, text: line, number }) => (
          <span key={number} data-sign={sign}>
            {sign} {mask(line)}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  )
}

interface ExchangeProps {
  readonly exchange: RecordedExchange
  readonly sandbox: string | undefined
  readonly open: boolean
}

function Exchange({ exchange, sandbox, open }: ExchangeProps) {
  const { request, response, broken, purpose, journal, exchange: id, link } = exchange
  const { pathname, search } = new URL(request.url)
  const issues = [...(journal?.issues ?? []), ...(journal?.warnings ?? [])]
  return (
    <details className="step-exchange" open={open}>
      <summary>
        <Status value={response?.status ?? 0} />
        <code className="anywhere">
          {request.method} {pathname + search}
        </code>
        {purpose === 'token' && <span className="quiet">{words.forToken}</span>}
      </summary>
      <div className="step-body">
        {id !== undefined && link !== undefined && sandbox !== undefined && (
          <p>
            <Link href={links.exchangeOf(sandbox, id)} target="_blank" title={words.newTab}>
              {words.open} ({id})
            </Link>
          </p>
        )}
        {broken !== undefined && <p className="anywhere">{broken}</p>}
        {journal && <Steps steps={journal.steps} />}
        {issues.map((issue) => (
          <IssueCard key={keyOf(issue)} issue={issue} warning={journal?.warnings.includes(issue) ?? false} />
        ))}
        <Message title={text.exchange.request} headers={request.headers} body={bodyOf(request)} issues={issues}>
          {request.method} {request.url}
        </Message>
        {response && (
          <Message title={text.exchange.response} headers={response.headers} body={bodyOf(response)} issues={[]}>
            HTTP {response.status}
          </Message>
        )}
      </div>
    </details>
  )
}

function bodyOf({ body }: RecordedMessage): Body | undefined {
  return body === undefined ? undefined : { text: body, capturedBytes: body.length, totalBytes: body.length }
}
