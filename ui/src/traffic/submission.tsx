import { Alert } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import type { ExchangeDetail, PayloadCheck } from '../data/api.ts'
import { Action } from '../parts/action.tsx'
import { Copy, Loaded } from '../parts/parts.tsx'
import { type SentRequest, snippet } from '../parts/snippets.ts'
import { checkOf } from '../parts/submission.ts'
import { useReplay, useTtt } from '../parts/use-replay.tsx'
import { Corrections, Verdicts } from '../parts/verdicts.tsx'
import { text } from '../text/text.ts'

interface SubmissionProps {
  readonly surface: ExchangeDetail['surface']
  readonly request: SentRequest
  readonly payload: string
  /** What the journal keeps of them, from when it was sent: settings may have changed since. */
  readonly recorded: ExchangeDetail['verdicts']
}

/** What both validators say of a submission, and the verified fix. */
export function Submission({ surface, request, payload, recorded }: SubmissionProps) {
  const check = useQuery(checkOf({ surface }, payload))
  return (
    <Loaded query={check}>
      {(answer) => (
        <>
          <Verdicts check={recorded ?? answer} />
          <Corrections check={answer}>
            <FixActions check={answer} request={request} />
          </Corrections>
        </>
      )}
    </Loaded>
  )
}

/** Copies the fix as a patch, as the payload or as a request, or sends it. */
function FixActions({
  check: { patch, corrected },
  request,
}: {
  readonly check: PayloadCheck
  readonly request: SentRequest
}) {
  const ttt = useTtt()
  const { send, sending, outcome } = useReplay()
  if (corrected === undefined) return <Alert data-color="warning">{text.verdict.notCured}</Alert>
  const fixed: SentRequest = { ...request, body: corrected }
  return (
    <>
      <div className="actions">
        <Action off={sending} onClick={() => send(fixed)}>
          {text.verdict.send}
        </Action>
        <span className="copies">
          <span className="quiet">{text.copy}</span>
          {patch !== null && (
            <Copy label={text.verdict.copyPatch} value={() => JSON.stringify(patch, null, 2)} what={text.copy} />
          )}
          <Copy label={text.verdict.copyCorrected} value={corrected} what={text.copy} />
          <Copy label={text.verdict.copyCurl} value={() => snippet('curl', fixed, ttt)} what={text.copy} />
        </span>
      </div>
      {outcome}
    </>
  )
}
