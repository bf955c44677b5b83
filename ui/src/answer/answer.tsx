import { Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { Fragment } from 'react'
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
import { answerText } from '../text/answer-text.ts'
import { fixOf, ruleTitle, text } from '../text/text.ts'
import './answer.css'
import { Action } from '../parts/action.tsx'
import { headlineOf } from '../parts/headline.ts'
import { Words } from '../parts/words.tsx'
import { ChangedPayload } from './changed-payload.tsx'
import { type Mend, mendOf } from './mend.ts'
import { mendRequest } from './mend-request.ts'
import type { RequestMend } from './request-mend.ts'
import { linesOfRequest, type RequestPlace, requestPlace } from './request-place.ts'

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
  const sent = { method, url, headers, ...(body === undefined ? {} : { body: body.text }) }
  const place = requestPlace(lead.rule, sent)
  const whole = body !== undefined && body.capturedBytes >= body.totalBytes
  const judged = isSubmission(exchange) && whole
  const check = useQuery({ ...checkOf(exchange, body?.text ?? ''), enabled: judged }).data
  const mend = body && check ? mendOf(body.text, check) : undefined
  const left = useLeft(exchange, mend)
  return (
    <section className="answer" aria-label={answerText.region}>
      <div className="answer-payload">
        <ChangedPayload
          head={place === undefined && body !== undefined ? [] : linesOfRequest(sent, place)}
          sent={body?.text ?? ''}
          fixed={mend?.payload}
          lead={lead}
        />
      </div>
      <div className="answer-fix panel">
        <How lead={lead} place={place} issues={exchange.issues} more={exchange.moreIssues ?? 0} />
        <Actions
          request={sent}
          issues={exchange.issues}
          lead={lead}
          mend={mend}
          left={left}
          judged={check !== undefined}
          asked={judged}
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
  readonly place: RequestPlace | undefined
  readonly issues: readonly ShownIssue[]
  /** How many there are beyond those. */
  readonly more: number
}

/** FHIRPath for the resource itself. */
const WHOLE = '$this'

function How({ lead, place, issues, more }: HowProps) {
  const mask = useMask()
  const { expression, line, column } = lead
  const others = issues.filter((issue) => issue !== lead)
  return (
    <>
      <p>
        <strong>{answerText.where}:</strong> {expression === WHOLE && answerText.wholeBody}
        {expression !== undefined && expression !== WHOLE && <code className="anywhere">{expression}</code>}{' '}
        {line !== undefined && <span className="quiet">{text.issue.line(line, column ?? 1)}</span>}
        {expression === undefined && line === undefined && <span className="quiet">{placeWords(place)}</span>}
      </p>
      {ruleTitle(lead.rule) === headlineOf(lead) && <p className="quiet anywhere">{mask(lead.message)}</p>}
      <p className="anywhere">
        <strong>{answerText.how}:</strong> <Words>{mask(fixOf(lead))}</Words>
      </p>
      {others.length > 0 && (
        <details className="answer-others">
          <summary>{answerText.more(others.length + more)}</summary>
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

function placeWords(place: RequestPlace | undefined): string {
  if (place === undefined) return answerText.noPlace
  return typeof place === 'object' ? answerText.header(place.header) : answerText.places[place]
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
  /** It is judged, now or soon. */
  readonly asked: boolean
}

/** Copies the fix in all forms, sends it, or opens it. */
function Actions({ request, issues, lead, mend, left, judged, asked }: ActionsProps) {
  const { send, sending, outcome } = useReplay()
  const ttt = useTtt()
  const { body = '' } = request
  const beside = mendRequest(request, issues)
  const corrected = correctedRequest(request, beside, mend)
  const fix = beside && corrected ? snippet('curl', corrected, ttt) : copiedFix(mend, lead)
  return (
    <>
      {beside && <p className="quiet">{answerText.beside[beside.what](beside.names ?? '')}</p>}
      {judged === asked && !beside && <p className="quiet">{reach(mend, left, fix, lead)}</p>}
      <div className="actions">
        {fix !== undefined && (
          <span className="answer-copy">
            <Copy label={answerText.copyFix} what={answerText.copyFix} value={fix} shortcut="f" />
          </span>
        )}
        {corrected !== undefined && (
          <Action off={sending} onClick={() => send(corrected)}>
            {answerText.send}
          </Action>
        )}
        {judged && (
          <Link href={links.validate} onClick={() => keepDraft('payload', body)}>
            {answerText.edit}
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

function reach(mend: Mend | undefined, left: number, fix: string | undefined, { rule }: ShownIssue): string {
  if (rule.startsWith('injected-')) return answerText.injected
  if (fix === undefined) return answerText.none
  if (mend === undefined) return fix.includes('<') ? answerText.placeholder : answerText.meant
  const { fixed, of, removed } = mend
  const names = removed.map((pointer) => pointer.slice(1)).join(', ')
  const removes = `${answerText.removes(names)}${left === 0 ? '' : ` ${answerText.left(left)}`}`
  if (fixed < of)
    return removed.length === 0 ? answerText.partial(fixed, of) : `${answerText.partial(fixed, of)} ${removes}`
  return removed.length === 0 ? answerText.complete(of) : removes
}

function OtherForms({ request }: { readonly request: SentRequest }) {
  const ttt = useTtt()
  return (
    <div className="copies">
      <span className="quiet">{answerText.copyAs}</span>
      {request.body !== undefined && <Copy label={answerText.whole} what={answerText.copyAs} value={request.body} />}
      {SNIPPET_LANGUAGES.map((language) => (
        <Copy key={language} label={language} what={answerText.copyAs} value={() => snippet(language, request, ttt)} />
      ))}
    </div>
  )
}

/** "8 passed · fhir-r4 stopped it · 3 not reached", which unfolds. */
function StepLine({ steps }: { readonly steps: ExchangeDetail['steps'] }) {
  const count = (outcome: string) => steps.filter((step) => step.outcome === outcome).length
  const stopped = steps.filter(({ outcome }) => outcome === 'stopped')
  const left = count('not-reached')
  return (
    <details className="answer-steps">
      <summary>
        {answerText.passed(count('passed'))}
        {stopped.map(({ name }) => (
          <Fragment key={name}>
            {' '}
            · <strong>{answerText.stopped(name)}</strong>
          </Fragment>
        ))}
        {left > 0 && ` · ${answerText.notReached(left)}`}
      </summary>
      <Steps steps={steps} />
    </details>
  )
}
