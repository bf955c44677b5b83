import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { EditorMark } from './editor.tsx'

/** A token of JSON or a word of YAML, at the beginning of a text. */
const TOKEN = /^(?:"(?:\\.|[^"\\])*"?|[^\s{}[\],:"]+|.)/u
/** Characters of one token that are marked. A value can be as long as the text. */
const LONGEST = 500

/** Where a place is in a text, given its line and column from 1; the nearest there is where it is behind the end. */
export function offsetAt(text: Text, line: number, column: number): number {
  const { from, to } = text.line(Math.min(Math.max(1, line), text.lines))
  return Math.min(from + Math.max(1, column) - 1, to)
}

/** What is marked of a text: the token at each place. What has no place is not marked. */
export function diagnosticsOf(text: Text, marks: readonly EditorMark[]): Diagnostic[] {
  return marks.flatMap(({ line, column = 1, message }) => {
    if (line === undefined) return []
    const from = offsetAt(text, line, column)
    const rest = text.sliceString(from, Math.min(text.lineAt(from).to, from + LONGEST))
    const to = from + (TOKEN.exec(rest)?.[0].length ?? 0)
    return [{ from, to, severity: 'error', message: message.replaceAll('`', '') } as const]
  })
}
