import { useMemo, useState } from 'react'
import { keyOf, type ShownIssue } from '../data/api.ts'
import { findPlace, foldsOf, type JsonToken, type Line, linesAsSent, linesFormatted, offsetOf } from './json-text.ts'
import './payload.css'
import { fixOf, text as words } from '../text/text.ts'
import { useMask } from './reveal.ts'

/** Past this many characters a line is hard to read, and the body is laid out again at first. */
const LONG_LINE = 160
/** Lines that are drawn at first, and at least those up to the last fault and a few more. */
const FIRST_LINES = 60
const CONTEXT = 8
/** Lines that are drawn in addition when more are asked for. */
const MORE_LINES = 1_000
/** Characters of one value that are drawn. A value can be as long as the body. */
const LONGEST_VALUE = 2_000

interface PayloadProps {
  readonly text: string
  /** Those with a line are shown at their place. */
  readonly issues: readonly ShownIssue[]
  readonly label: string
  /** With a search of its own. */
  readonly search?: boolean
  /** Lines that are drawn at first, where there is no fault behind them. */
  readonly lines?: number
}

/** A body with line numbers, each fault under the line where it is, and folding. Everything is drawn as text. */
export function Payload({ text, issues, label, search = false, lines: few = FIRST_LINES }: PayloadProps) {
  const crowded = useMemo(() => text.split('\n').some((line) => line.length > LONG_LINE), [text])
  const [formatted, setFormatted] = useState(crowded)
  const lines = useMemo(() => (formatted ? linesFormatted(text) : linesAsSent(text)), [text, formatted])
  const marks = markPlaces(text, lines, issues)
  const [more, setMore] = useState(0)
  const [wanted, setWanted] = useState('')
  const hits = linesWith(lines, wanted)
  const last = Math.max(0, ...marks.keys()) + CONTEXT
  const first = Math.max(few, last, (hits[0] ?? 0) + CONTEXT) + more
  const rest = Math.min(MORE_LINES, lines.length - first)
  return (
    <section className="payload" aria-label={label}>
      {(crowded || search) && (
        <div className="payload-tools">
          {crowded && <Layout formatted={formatted} choose={setFormatted} />}
          {search && <Search value={wanted} change={setWanted} hits={hits.length} />}
        </div>
      )}
      <Lines key={String(formatted)} lines={lines} first={first} marks={marks} hits={new Set(hits)} />
      {rest > 0 && (
        <button type="button" className="rest" onClick={() => setMore(more + MORE_LINES)}>
          {words.payload.rest(rest)}
        </button>
      )}
    </section>
  )
}

interface LinesProps {
  readonly lines: readonly Line[]
  readonly first: number
  readonly marks: ReadonlyMap<number, readonly Mark[]>
  readonly hits: ReadonlySet<number>
}

function Lines({ lines, first, marks, hits }: LinesProps) {
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set())
  const folds = useMemo(() => foldsOf(lines), [lines])
  const toggle = (line: number) => setFolded(folded.has(line) ? without(folded, line) : new Set([...folded, line]))
  const drawn = visible(lines.length, folds, folded).slice(0, first)
  return drawn.map((index) => {
    const line = lines[index]
    const end = folds.get(index)
    const fold = end === undefined ? undefined : { lines: end - index - 1, folded: folded.has(index), toggle }
    if (!line) return null
    return (
      <Row
        key={line.start}
        index={index}
        line={line}
        marks={marks.get(index) ?? []}
        hit={hits.has(index)}
        fold={fold}
      />
    )
  })
}

function visible(count: number, folds: ReadonlyMap<number, number>, folded: ReadonlySet<number>): number[] {
  const shown: number[] = []
  for (let line = 0; line < count; line += 1) {
    shown.push(line)
    if (folded.has(line)) line = (folds.get(line) ?? line + 1) - 1
  }
  return shown
}

function without(lines: ReadonlySet<number>, line: number): ReadonlySet<number> {
  return new Set([...lines].filter((one) => one !== line))
}

function linesWith(lines: readonly Line[], wanted: string): number[] {
  const value = wanted.trim().toLowerCase()
  if (value === '') return []
  const found = (line: Line) =>
    line.tokens
      .map((token) => token.text)
      .join('')
      .toLowerCase()
      .includes(value)
  return lines.flatMap((line, index) => (found(line) ? [index] : []))
}

interface SearchProps {
  readonly value: string
  readonly change: (value: string) => void
  readonly hits: number
}

function Search({ value, change, hits }: SearchProps) {
  return (
    <span className="payload-search">
      <input
        type="search"
        aria-label={words.payload.search}
        placeholder={words.payload.search}
        value={value}
        onChange={(event) => change(event.target.value)}
      />
      <span role="status" className="quiet">
        {value !== '' && words.payload.hits(hits)}
      </span>
    </span>
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
  readonly token: JsonToken | undefined
  readonly issue: ShownIssue
}

function markPlaces(text: string, lines: readonly Line[], issues: readonly ShownIssue[]): Map<number, Mark[]> {
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

interface Fold {
  readonly lines: number
  readonly folded: boolean
  readonly toggle: (line: number) => void
}

interface RowProps {
  readonly index: number
  readonly line: Line
  readonly marks: readonly Mark[]
  readonly hit: boolean
  readonly fold: Fold | undefined
}

function Row({ index, line, marks, hit, fold }: RowProps) {
  const mask = useMask()
  const marked = new Set(marks.map(({ token }) => token))
  return (
    <>
      <div className="line" data-marked={marks.length > 0} data-hit={hit}>
        <span className="line-number" aria-hidden="true">
          {index + 1}
        </span>
        {fold && <FoldButton index={index} fold={fold} />}
        <code className="line-text" style={{ paddingInlineStart: `${line.indent}ch` }}>
          {line.tokens.map((token) => (
            <span key={token.start} className={marked.has(token) ? `${token.kind} faulty` : token.kind}>
              {shortened(mask(token.text))}
            </span>
          ))}
          {fold?.folded && <span className="folded"> … {words.payload.folded(fold.lines)} …</span>}
        </code>
      </div>
      {marks.map(({ issue }) => (
        <div key={keyOf(issue)} className="line" data-note="true">
          <span />
          <p className="line-note" style={{ paddingInlineStart: `${line.indent}ch` }}>
            {mask(issue.message)} {fixOf(issue)}
          </p>
        </div>
      ))}
    </>
  )
}

function FoldButton({ index, fold: { folded, toggle } }: { readonly index: number; readonly fold: Fold }) {
  return (
    <button
      type="button"
      className="fold"
      aria-expanded={!folded}
      aria-label={folded ? words.payload.unfold(index + 1) : words.payload.fold(index + 1)}
      onClick={() => toggle(index)}
    />
  )
}

function shortened(text: string): string {
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}
