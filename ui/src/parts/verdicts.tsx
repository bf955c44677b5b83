import { Heading, Tag } from '@digdir/designsystemet-react'
import type { ReactNode } from 'react'
import { type Correction, keyOf, type PayloadCheck, type Verdict } from '../data/api.ts'
import { cureOf } from '../text/cure-text.ts'
import { text } from '../text/text.ts'
import { headlineOf } from './headline.ts'
import { useMask } from './reveal.ts'
import { Words } from './words.tsx'
import './verdicts.css'

/** What the services say of a payload, and what that comes to. */
export function Verdicts({ check }: { readonly check: Omit<PayloadCheck, 'corrected'> }) {
  const { pit } = check
  return (
    <section className="panel" aria-labelledby="verdicts">
      <Heading level={2} data-size="2xs" id="verdicts">
        {pit === undefined ? text.verdict.heading : text.verdict.pit}
      </Heading>
      <div className="verdicts">
        {pit === undefined ? (
          <BothSides check={check} />
        ) : (
          // The others have no endpoint for a patient.
          <Side name={text.verdict.pit} note={text.verdict.pitNote} verdict={pit} />
        )}
      </div>
      <p className="anywhere">{cureOf(check)}</p>
    </section>
  )
}

/** Both validators side by side, and whether what VKP forwards is accepted. */
function BothSides({ check: { jft, vkp, jftAfterVkp } }: { readonly check: Omit<PayloadCheck, 'corrected'> }) {
  return (
    <>
      <Side name={text.verdict.jft} note={text.verdict.jftNote} verdict={jft} />
      <Side name={text.verdict.vkp} note={text.verdict.vkpNote} verdict={vkp}>
        {vkp.corrections.length > 0 && (
          <button type="button" className="to-corrections" onClick={toCorrections}>
            {text.verdict.corrections(vkp.corrections.length)}
          </button>
        )}
        {vkp.accepted && (
          <p className="after">
            <span className="quiet">{text.verdict.after}:</span> <Outcome verdict={jftAfterVkp} />
          </p>
        )}
      </Side>
    </>
  )
}

function toCorrections(): void {
  document.getElementById('corrections')?.scrollIntoView({ block: 'start' })
}

interface SideProps {
  readonly name: string
  readonly note: string
  readonly verdict: Verdict
  readonly children?: ReactNode
}

/** How many faults a side lists. */
const LISTED = 6

function Side({ name, note, verdict, children }: SideProps) {
  const mask = useMask()
  const rest = verdict.issues.length + (verdict.more ?? 0) - LISTED
  return (
    <div className="side" data-accepted={verdict.accepted}>
      <p className="side-head">
        <strong>{name}</strong> <span className="quiet">{note}</span> <Outcome verdict={verdict} />
      </p>
      {verdict.issues.length > 0 && (
        <ul className="side-issues">
          {verdict.issues.slice(0, LISTED).map((issue) => (
            <li key={keyOf(issue)} className="anywhere">
              <span title={mask(issue.message)}>
                <Words>{mask(headlineOf(issue))}</Words>
              </span>{' '}
              {issue.expression !== undefined && <code className="quiet">{issue.expression}</code>}{' '}
              {issue.line !== undefined && <span className="quiet">{text.verdict.line(issue.line)}</span>}
            </li>
          ))}
        </ul>
      )}
      {rest > 0 && <p className="quiet">+ {text.verdict.faults(rest)}</p>}
      {children}
    </div>
  )
}

function Outcome({ verdict: { accepted, issues, more = 0 } }: { readonly verdict: Verdict }) {
  return (
    <>
      <Tag data-color={accepted ? 'success' : 'danger'}>{accepted ? text.verdict.accepted : text.verdict.rejected}</Tag>{' '}
      {!accepted && <span className="quiet">{text.verdict.faults(issues.length + more)}</span>}
    </>
  )
}

/** VKP's corrections, each with the value before and after. `children`: what to do with the corrected payload. */
export function Corrections({ check, children }: { readonly check: PayloadCheck; readonly children: ReactNode }) {
  const { vkp, patch, corrected } = check
  if (vkp.corrections.length === 0) return null
  return (
    <section className="panel" id="corrections" aria-labelledby="corrections-heading" data-key="d" tabIndex={-1}>
      <Heading level={2} data-size="2xs" id="corrections-heading">
        {corrected === undefined ? text.verdict.diff : text.verdict.fix}
      </Heading>
      {(patch !== null || corrected !== undefined) && <p className="quiet">{text.verdict.verified}</p>}
      <ul className="corrections">
        {vkp.corrections.map((correction) => (
          <li key={JSON.stringify([correction.kind, correction.pointer, correction.before])}>
            <CorrectionRow correction={correction} />
          </li>
        ))}
      </ul>
      {children}
    </section>
  )
}

function CorrectionRow({ correction: { kind, expression, before, after } }: { readonly correction: Correction }) {
  return (
    <>
      <p>
        <code className="anywhere">{expression}</code> <span className="quiet">{text.verdict.kinds[kind] ?? kind}</span>
      </p>
      <div className="diff">
        <Value kind="before" value={before} />
        <Value kind="after" value={after} />
      </div>
    </>
  )
}

/** Characters of a value that a correction shows. */
const LONGEST = 4_000

function Value({ kind, value }: { readonly kind: 'before' | 'after'; readonly value: unknown }) {
  const mask = useMask()
  const shown = mask(JSON.stringify(value, null, 2) ?? '').slice(0, LONGEST)
  const gone = kind === 'after' && value === null
  return (
    <div className="diff-side" data-kind={kind}>
      <span className="ds-sr-only">{kind === 'before' ? text.verdict.before : text.verdict.afterwards}: </span>
      {gone ? <em>{text.verdict.gone}</em> : <pre>{shown}</pre>}
    </div>
  )
}
