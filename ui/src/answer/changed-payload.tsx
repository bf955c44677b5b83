import { useLayoutEffect, useMemo, useRef } from 'react'
import type { ShownIssue } from '../data/api.ts'
import { findPlace, layoutFor, offsetOf } from '../parts/json-text.ts'
import { useMask } from '../parts/reveal.ts'
import { answerText } from '../text/answer-text.ts'
import { type ChangedLine, changedLines } from './changed-lines.ts'
import type { RequestLine } from './request-place.ts'

interface ChangedPayloadProps {
  /** Lines of the request above the payload, where one of them is wrong or there is no payload. */
  readonly head: readonly RequestLine[]
  /** Empty where there was none. */
  readonly sent: string
  /** The same with the fix in it, where there is one to show. */
  readonly fixed: string | undefined
  /** The error whose line is scrolled to. */
  readonly lead: ShownIssue
}

/** Lines that are drawn before and after the faulty one. */
const AROUND = 150
/** Without it the part that scrolls cannot be reached by keyboard in every browser. */
const SCROLLED_BY_KEYS = { tabIndex: 0 }

/** A payload scrolled to its faulty line, with what the fix takes away and puts there in place. */
export function ChangedPayload({ head, sent, fixed, lead }: ChangedPayloadProps) {
  const box = useRef<HTMLElement>(null)
  const faulty = useMemo(() => faultyLine(sent, lead), [sent, lead])
  const lines = useMemo(() => linesOf(sent, fixed), [sent, fixed])
  const at = lines.findIndex(({ change, number }) => change !== 'ins' && number === faulty)
  const first = Math.max(0, at - AROUND)
  useLayoutEffect(() => {
    const line = lines.length > 0 && box.current?.querySelector<HTMLElement>('[data-faulty]')
    if (box.current && line) box.current.scrollTop = line.offsetTop - box.current.clientHeight / 3
  }, [lines])
  return (
    <section
      className="changed"
      ref={box}
      aria-label={fixed === undefined ? answerText.sent : answerText.payload}
      {...SCROLLED_BY_KEYS}
    >
      {head.map((line) => (
        <HeadRow key={line.text} line={line} />
      ))}
      {lines.slice(first, first + 2 * AROUND).map((line, index) => (
        <Row key={`${line.change} ${line.number}`} line={line} faulty={first + index === at} />
      ))}
    </section>
  )
}

function HeadRow({ line: { text, faulty } }: { readonly line: RequestLine }) {
  const mask = useMask()
  const Part = faulty ? 'mark' : 'span'
  return (
    <div className="changed-line" data-change="none" data-faulty={faulty || undefined}>
      <span className="line-number" />
      <Part>{mask(text)}</Part>
    </div>
  )
}

function linesOf(sent: string, fixed: string | undefined): readonly ChangedLine[] {
  if (sent === '') return []
  const changed = fixed === undefined ? [] : changedLines(sent, fixed)
  return changed.length > 0 ? changed : changedLines(sent, sent)
}

/** The line of the layout, from 1, that an error is on; 0: it has no place. */
function faultyLine(sent: string, { line, column }: ShownIssue): number {
  if (line === undefined) return 0
  return findPlace(layoutFor(sent)(sent), offsetOf(sent, line, column ?? 1)).line + 1
}

/** Characters of one line that are drawn. A value can be as long as the body. */
const LONGEST = 2_000

function Row({ line, faulty }: { readonly line: ChangedLine; readonly faulty: boolean }) {
  const mask = useMask()
  const { change, indent, number } = line
  const shown = `${' '.repeat(indent)}${mask(line.text).slice(0, LONGEST)}`
  const Part = change === 'none' ? (faulty ? 'mark' : 'span') : change
  return (
    <div className="changed-line" data-change={change} data-faulty={faulty || undefined}>
      <span className="line-number" aria-hidden="true">
        {change === 'ins' ? '' : number}
      </span>
      <Part>{shown}</Part>
    </div>
  )
}
