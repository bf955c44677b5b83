import { Heading } from '@digdir/designsystemet-react'
import type { ExchangeDetail, Issue, Step } from '../data/api.ts'
import { decodeToken } from '../parts/jwt.ts'
import { useMask } from '../parts/reveal.ts'
import { text } from '../text/text.ts'
import { claimMarks, type Mark } from './claim-marks.ts'
import './token.css'

/** The access token and the proof of a request, decoded, each claim with what became of it. */
export function Tokens({ exchange }: { readonly exchange: ExchangeDetail }) {
  const { request, steps, issues, warnings } = exchange
  const header = (name: string) => request.headers.find(([one]) => one.toLowerCase() === name)?.[1] ?? ''
  const all = [...issues, ...warnings]
  return (
    <>
      <Token kind="token" value={header('authorization')} issues={all} steps={steps} />
      <Token kind="dpop" value={header('dpop')} issues={all} steps={steps} />
    </>
  )
}

interface TokenProps {
  readonly kind: 'token' | 'dpop'
  readonly value: string
  readonly issues: readonly Issue[]
  readonly steps: readonly Step[]
}

function Token({ kind, value, issues, steps }: TokenProps) {
  const decoded = decodeToken(value)
  if (!decoded) return null
  const title = kind === 'token' ? text.token.access : text.token.proof
  const marks = claimMarks(kind, steps, issues)
  return (
    <section className="panel" aria-label={title}>
      <div className="spread">
        <Heading level={2} data-size="2xs">
          {title}
        </Heading>
        <span className="quiet">{text.token.lead}</span>
      </div>
      <div className="token">
        <Members title={text.token.header} members={decoded.header} marks={marks} />
        <Members title={text.token.claims} members={decoded.claims} marks={marks} />
      </div>
    </section>
  )
}

interface MembersProps {
  readonly title: string
  readonly members: Readonly<Record<string, unknown>>
  readonly marks: (name: string) => Mark
}

function Members({ title, members, marks }: MembersProps) {
  const mask = useMask()
  return (
    <div>
      <h3 className="quiet">{title}</h3>
      <dl className="claims">
        {Object.entries(members).map(([name, value]) => (
          <div key={name} data-mark={marks(name).state}>
            <dt className="anywhere">
              {name}
              <span className="ds-sr-only">, {text.token[marks(name).state]}</span>
            </dt>
            <dd className="anywhere">
              {mask(typeof value === 'string' ? value : JSON.stringify(value))} <Moment name={name} value={value} />
              {marks(name).message !== undefined && (
                <span className="claim-fault">{mask(marks(name).message ?? '')}</span>
              )}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  )
}

/** Seconds since the epoch as a date. */
function Moment({ name, value }: { readonly name: string; readonly value: unknown }) {
  if (!['iat', 'nbf', 'exp', 'auth_time'].includes(name) || typeof value !== 'number') return null
  const date = new Date(value * 1000)
  if (Number.isNaN(date.getTime())) return null
  return <span className="quiet">{date.toLocaleString(text.locale, { dateStyle: 'medium', timeStyle: 'medium' })}</span>
}
