import { Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { addressee } from '../../../simulator/rules/addressee.ts'
import { type ExchangeDetail, isRefused, keyOf, type ShownIssue } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { causeOf } from '../parts/causes.ts'
import { keepDraft } from '../parts/draft.ts'
import { Copy } from '../parts/parts.tsx'
import { useMask } from '../parts/reveal.ts'
import { type SentRequest, SNIPPET_LANGUAGES, snippet } from '../parts/snippets.ts'
import { Steps } from '../parts/steps.tsx'
import { checkOf, isSubmission } from '../parts/submission.ts'
import { useReplay, useTtt } from '../parts/use-replay.tsx'
import { fixOf, text } from '../text/text.ts'
import './answer.css'
import { Action } from '../parts/action.tsx'
import { headlineOf } from '../parts/headline.ts'
import { Words } from '../parts/words.tsx'
import { ChangedPayload } from './changed-payload.tsx'
import { type Mend, mendOf } from './mend.ts'
import { mendRequest, type RequestMend } from './mend-request.ts'

interface AnswerProps {
  readonly id: string
  /** The cause that led here, which comes first: the key of `causeOf`. */
  readonly cause?: string | undefined
  readonly back: { readonly href: string; readonly label: string }
  /** The heading while nothing is known, and of what was not rejected. */
  readonly fallback: string
}

/** The head of an exchange's page. Of a rejection: the cause, the payload at its faulty line, and the fix, on one screen. */
export function Answer({ id, cause, back, fallback }: AnswerProps) {
  const exchange = useQuery(queries.exchange(id)).data
  const lead = exchange && leadOf(exchange, cause)
  return (
    <>
      <div className="spread answer-head">
        <h1 className="ds-heading anywhere" data-size="sm">
          {lead === undefined ? fallback : <Words>{headlineOf(lead)}</Words>}
        </h1>
        <Link href={back.href} data-key="g">
          {back.label}
        </Link>
      </div>
      {exchange && lead && <Screen key={exchange.id} exchange={exchange} lead={lead} />}
    </>
  )
}

function leadOf({ issues, response }: ExchangeDetail, cause: string | undefined): ShownIssue | undefined {
  if (!isRefused({ status: response.status, issues })) return undefined
  return issues.find((issue) => causeOf(issue) === cause) ?? issues[0]
}

function Screen({ exchange, lead }: { readonly exchange: ExchangeDetail; readonly lead: ShownIssue }) {
  const { request, steps } = exchange
  const { method, url, headers, body } = request
  const whole = body !== undefined && body.capturedBytes >= body.totalBytes
  const judged = isSubmission(exchange) && whole
  const check = useQuery({ ...checkOf(exchange, body?.text ?? ''), enabled: judged }).data
  const mend = body && check ? mendOf(body.text, check) : undefined
  const left = useLeft(exchange, mend)
  return (
    <section className="answer" aria-label={text.answer.region}>
      <div className="answer-payload">
        {body === undefined ? (
          <p className="quiet">{text.answer.noPayload}</p>
        ) : (
          <ChangedPayload sent={body.text} fixed={mend?.payload} lead={lead} />
        )}
      </div>
      <div className="answer-fix panel">
        <How lead={lead} issues={exchange.issues} more={exchange.moreIssues ?? 0} />
        <Actions
          request={{ method, url, headers, ...(body === undefined ? {} : { body: body.text }) }}
          issues={exchange.issues}
          lead={lead}
          mend={mend}
          left={left}
          judged={check !== undefined}
        />
        <StepLine steps={steps} />
      </div>
    </section>
  )
}

/** How many errors are left when elements that R4 does not have are gone: they hide others. 0: none, or that is not known yet. */
function useLeft(exchange: ExchangeDetail, mend: Mend | undefined): number {
  const { payload, removed = [] } = mend ?? {}
  const asked = payload !== undefined && removed.length > 0
  const after = useQuery({ ...checkOf(exchange, payload ?? ''), enabled: asked }).data
  return asked && after ? addressee(after).verdict.issues.length : 0
}

interface HowProps {
  readonly lead: ShownIssue
  readonly issues: readonly ShownIssue[]
  /** How many there are beyond those. */
  readonly more: number
}

/** FHIRPath for the resource itself. */
const WHOLE = '$this'

function How({ lead, issues, more }: HowProps) {
  const mask = useMask()
  const { expression, line, column } = lead
  const others = issues.filter((issue) => issue !== lead)
  return (
    <>
      <p>
        <strong>{text.answer.where}:</strong> {expression === WHOLE && text.answer.wholeBody}
        {expression !== undefined && expression !== WHOLE && <code className="anywhere">{expression}</code>}{' '}
        {line !== undefined && <span className="quiet">{text.issue.line(line, column ?? 1)}</span>}
        {expression === undefined && line === undefined && <span className="quiet">{text.answer.noPlace}</span>}
      </p>
      <p className="anywhere">
        <strong>{text.answer.how}:</strong> <Words>{mask(fixOf(lead))}</Words>
      </p>
      {others.length > 0 && (
        <details className="answer-others">
          <summary>{text.answer.more(others.length + more)}</summary>
          <ul>
            {others.map((issue) => (
              <li key={keyOf(issue)} className="anywhere">
                <Words>{mask(headlineOf(issue))}</Words>
              </li>
            ))}
          </ul>
          {more > 0 && <p className="quiet">{text.verdict.notListed(more)}</p>}
        </details>
      )}
    </>
  )
}

interface ActionsProps {
  readonly request: SentRequest
  readonly issues: readonly ShownIssue[]
  readonly lead: ShownIssue
  readonly mend: Mend | undefined
  /** How many errors are left after it. */
  readonly left: number
  /** The payload was judged, and what can be fixed is known. */
  readonly judged: boolean
}

/** Copies the fix in all forms, sends it, or opens it. */
function Actions({ request, issues, lead, mend, left, judged }: ActionsProps) {
  const { send, sending, outcome } = useReplay()
  const ttt = useTtt()
  const { body = '' } = request
  const beside = mendRequest(request, issues)
  const corrected = correctedRequest(request, beside, mend)
  const fix = beside && corrected ? snippet('curl', corrected, ttt) : copiedFix(mend, lead)
  return (
    <>
      {beside && <p className="quiet">{text.answer.beside[beside.what]}</p>}
      {judged && !beside && <p className="quiet">{reach(mend, left, fix !== undefined)}</p>}
      <div className="actions">
        {fix !== undefined && (
          <span className="answer-copy">
            <Copy label={text.answer.copyFix} what={text.answer.copyFix} value={fix} shortcut="f" />
          </span>
        )}
        {corrected !== undefined && (
          <Action off={sending} onClick={() => send(corrected)}>
            {text.answer.send}
          </Action>
        )}
        {judged && (
          <Link href={links.validate} onClick={() => keepDraft('payload', body)}>
            {text.answer.edit}
          </Link>
        )}
      </div>
      {corrected !== undefined && <OtherForms request={corrected} />}
      {outcome}
    </>
  )
}

/** The request as it can be sent: what was wrong beside the body put right, and in the body; `undefined`: nothing can be. */
function correctedRequest(
  request: SentRequest,
  beside: RequestMend | undefined,
  mend: Mend | undefined,
): SentRequest | undefined {
  const body = mend?.payload
  if (body === undefined) return beside?.request
  return { ...(beside?.request ?? request), body }
}

/** The patch, or the payload where no patch can say it; with placeholders where only the vendor knows a value. */
function copiedFix(mend: Mend | undefined, { template }: ShownIssue): string | undefined {
  if (mend === undefined) return template && JSON.stringify(template, null, 2)
  return mend.patch === null ? mend.payload : JSON.stringify(mend.patch, null, 2)
}

function reach(mend: Mend | undefined, left: number, template: boolean): string {
  if (mend === undefined) return template ? text.answer.placeholder : text.answer.none
  const { fixed, of, removed } = mend
  const names = removed.map((pointer) => pointer.slice(1)).join(', ')
  const removes = `${text.answer.removes(names)}${left === 0 ? '' : ` ${text.answer.left(left)}`}`
  if (fixed < of)
    return removed.length === 0 ? text.answer.partial(fixed, of) : `${text.answer.partial(fixed, of)} ${removes}`
  return removed.length === 0 ? text.answer.complete(of) : removes
}

function OtherForms({ request }: { readonly request: SentRequest }) {
  const ttt = useTtt()
  return (
    <div className="copies">
      <span className="quiet">{text.answer.copyAs}</span>
      {request.body !== undefined && <Copy label={text.answer.whole} what={text.answer.copyAs} value={request.body} />}
      {SNIPPET_LANGUAGES.map((language) => (
        <Copy key={language} label={language} what={text.answer.copyAs} value={() => snippet(language, request, ttt)} />
      ))}
    </div>
  )
}

/** "8 passed · fhir-r4 stopped it · 3 not reached", which unfolds. */
function StepLine({ steps }: { readonly steps: ExchangeDetail['steps'] }) {
  const count = (outcome: string) => steps.filter((step) => step.outcome === outcome).length
  const stopped = steps.filter(({ outcome }) => outcome === 'stopped')
  return (
    <details className="answer-steps">
      <summary>
        {text.answer.passed(count('passed'))} ·{' '}
        {stopped.map(({ name }) => (
          <strong key={name}>{text.answer.stopped(name)} · </strong>
        ))}
        {text.answer.notReached(count('not-reached'))}
      </summary>
      <Steps steps={steps} />
    </details>
  )
}
