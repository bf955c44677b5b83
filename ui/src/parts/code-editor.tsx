import type { DragEvent, Ref } from 'react'
import './code-editor.css'
import { findPlace, linesAsSent, offsetOf } from './json-text.ts'

/** Where a text is faulty, from 1. */
export interface FaultPlace {
  readonly line?: number | undefined
  readonly column?: number | undefined
}

interface CodeEditorProps {
  readonly ref: Ref<HTMLTextAreaElement>
  readonly value: string
  readonly change: (value: string) => void
  /** Takes a file that was dropped. */
  readonly open: (file: File) => Promise<void>
  readonly label: string
  readonly placeholder: string
  readonly faults: readonly FaultPlace[]
  /** What is underlined; the lines of the faults are marked beside it. */
  readonly spans: readonly Span[]
}

/** A plain text area with line numbers, where files can be dropped; the faults are underlined in a copy of the text that lies under it. */
export function CodeEditor({ ref, value, change, open, label, placeholder, faults, spans }: CodeEditorProps) {
  const lines = value.split('\n')
  const faulty = new Set(faults.map(({ line }) => line))
  const drop = (event: DragEvent) => {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    void open(file)
  }
  return (
    <div className="code">
      <ol className="code-lines" aria-hidden="true">
        {Array.from(lines.keys(), (index) => index + 1).map((number) => (
          <li key={number} className="code-line" data-faulty={faulty.has(number)}>
            {number}
          </li>
        ))}
      </ol>
      <div className="code-text">
        <pre aria-hidden="true">
          <Marked value={value} spans={spans} />
        </pre>
        <textarea
          ref={ref}
          value={value}
          aria-label={label}
          placeholder={placeholder}
          rows={Math.max(lines.length, 20)}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => change(event.target.value)}
          onDrop={(event) => void drop(event)}
        />
      </div>
    </div>
  )
}

/** A part of a text, by offsets. */
export interface Span {
  readonly start: number
  readonly end: number
}

function Marked({ value, spans }: { readonly value: string; readonly spans: readonly Span[] }) {
  const starts = spans.map(({ start }, index) => ({ from: spans[index - 1]?.end ?? 0, start }))
  return (
    <>
      {spans.map(({ start, end }, index) => (
        <span key={start}>
          {value.slice(starts[index]?.from, start)}
          <mark className="faulty">{value.slice(start, end)}</mark>
        </span>
      ))}
      {value.slice(spans.at(-1)?.end ?? 0)}
    </>
  )
}

/** Puts the cursor of an editor at a place, and shows it. */
export function goToPlace(area: HTMLTextAreaElement, line: number, column: number): void {
  const offset = offsetOf(area.value, line, column)
  area.focus()
  area.setSelectionRange(offset, offset)
  area.closest('.code')?.querySelectorAll('.code-line')[line - 1]?.scrollIntoView({ block: 'center' })
}

/** The tokens of a JSON text at the places of the faults, in order, none twice. */
export function faultyTokens(value: string, faults: readonly FaultPlace[]): readonly Span[] {
  if (faults.length === 0) return []
  const lines = linesAsSent(value)
  const spans = new Map<number, Span>()
  for (const { line, column } of faults) {
    if (line === undefined) continue
    const { token } = findPlace(lines, offsetOf(value, line, column ?? 1))
    if (token) spans.set(token.start, token)
  }
  return [...spans.values()].sort((one, other) => one.start - other.start)
}
