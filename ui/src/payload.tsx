import { useState } from 'react'
import { type Issue, keyOf } from './api.ts'
import { findPlace, type Line, linesAsSent, linesFormatted, offsetOf, type Token } from './json-text.ts'
import './payload.css'
import { text as words } from './text.ts'

/** Past this many characters a line is hard to read, and the body is laid out anew at first. */
const LONG_LINE = 160
/** Lines that are drawn at first: those up to the last fault and a few more, and at least so many. */
const FIRST_LINES = 60
const CONTEXT = 8

interface PayloadProps {
  readonly text: string
  /** Those with a line are shown at their place. */
  readonly issues: readonly Issue[]
  readonly label: string
}

/** A body with line numbers, each fault under the line where it is. Everything is drawn as text. */
export function Payload({ text, issues, label }: PayloadProps) {
  const sent = linesAsSent(text)
  const crowded = sent.some((line) => line.tokens.reduce((sum, token) => sum + token.text.length, 0) > LONG_LINE)
  const [formatted, setFormatted] = useState(crowded)
  const lines = formatted ? linesFormatted(text) : sent
  const marks = markPlaces(text, lines, issues)
  const [whole, setWhole] = useState(false)
  const first = whole ? lines.length : Math.max(FIRST_LINES, ...[...marks.keys()].map((line) => line + CONTEXT))
  const rest = lines.length - first
  return (
    <section className="payload" aria-label={label}>
      {crowded && <Layout formatted={formatted} choose={setFormatted} />}
      {lines.slice(0, first).map((line, index) => (
        <Row key={line.start} number={index + 1} line={line} marks={marks.get(index) ?? []} />
      ))}
      {rest > 0 && (
        <button type="button" className="rest" onClick={() => setWhole(true)}>
          {words.payload.rest(rest)}
        </button>
      )}
    </section>
  )
}

interface LayoutProps {
  readonly formatted: boolean
  readonly choose: (formatted: boolean) => void
}

function Layout({ formatted, choose }: LayoutProps) {
  return (
    <fieldset className="layout">
      <legend className="ds-sr-only">{words.payload.layout}</legend>
      {[false, true].map((value) => (
        <button key={String(value)} type="button" aria-pressed={value === formatted} onClick={() => choose(value)}>
          {value ? words.payload.formatted : words.payload.original}
        </button>
      ))}
    </fieldset>
  )
}

interface Mark {
  readonly token: Token | undefined
  readonly issue: Issue
}

function markPlaces(text: string, lines: readonly Line[], issues: readonly Issue[]): Map<number, Mark[]> {
  const marks = new Map<number, Mark[]>()
  for (const issue of issues) {
    if (issue.line === undefined) continue
    const offset = offsetOf(text, issue.line, issue.column ?? 1)
    // The journal keeps the beginning of a long body; what lies behind it has no place here.
    if (offset > text.length) continue
    const { line, token } = findPlace(lines, offset)
    marks.set(line, [...(marks.get(line) ?? []), { token, issue }])
  }
  return marks
}

interface RowProps {
  readonly number: number
  readonly line: Line
  readonly marks: readonly Mark[]
}

function Row({ number, line, marks }: RowProps) {
  const marked = new Set(marks.map(({ token }) => token))
  return (
    <>
      <div className="line" data-marked={marks.length > 0}>
        <span className="line-number" aria-hidden="true">
          {number}
        </span>
        <code className="line-text" style={{ paddingInlineStart: `${line.indent}ch` }}>
          {line.tokens.map((token) => (
            <span key={token.start} className={marked.has(token) ? `${token.kind} faulty` : token.kind}>
              {token.text}
            </span>
          ))}
        </code>
      </div>
      {marks.map(({ issue }) => (
        <div key={keyOf(issue)} className="line" data-note="true">
          <span />
          <p className="line-note" style={{ paddingInlineStart: `${line.indent}ch` }}>
            {issue.message} {issue.fix}
          </p>
        </div>
      ))}
    </>
  )
}
