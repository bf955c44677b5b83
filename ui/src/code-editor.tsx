import type { DragEvent, Ref } from 'react'
import type { Issue } from './api.ts'
import './code-editor.css'
import { findPlace, linesAsSent, offsetOf } from './json-text.ts'
import { text } from './text.ts'

interface CodeEditorProps {
  readonly ref: Ref<HTMLTextAreaElement>
  readonly value: string
  readonly change: (value: string) => void
  readonly issues: readonly Issue[]
}

/** A plain text area with line numbers, where files can be dropped; the faults are underlined in a copy of the text that lies under it. */
export function CodeEditor({ ref, value, change, issues }: CodeEditorProps) {
  const lines = value.split('\n')
  const faulty = new Set(issues.map(({ line }) => line))
  const drop = async (event: DragEvent) => {
    const file = event.dataTransfer.files[0]
    if (!file) return
    event.preventDefault()
    change(await file.text())
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
          <Marked value={value} issues={issues} />
        </pre>
        <textarea
          ref={ref}
          value={value}
          aria-label={text.validate.label}
          placeholder={text.validate.drop}
          rows={Math.max(lines.length, 20)}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="off"
          onChange={(event) => change(event.target.value)}
          onDrop={drop}
        />
      </div>
    </div>
  )
}

interface Span {
  readonly start: number
  readonly end: number
}

function Marked({ value, issues }: { readonly value: string; readonly issues: readonly Issue[] }) {
  const spans = faultySpans(value, issues)
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

/** The tokens at the places of the issues, in order, none twice. */
function faultySpans(value: string, issues: readonly Issue[]): readonly Span[] {
  if (issues.length === 0) return []
  const lines = linesAsSent(value)
  const spans = new Map<number, Span>()
  for (const { line, column } of issues) {
    if (line === undefined) continue
    const { token } = findPlace(lines, offsetOf(value, line, column ?? 1))
    if (token) spans.set(token.start, token)
  }
  return [...spans.values()].sort((one, other) => one.start - other.start)
}
