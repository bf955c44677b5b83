/** A part of a text by its offsets, and what comes instead of it. Edits of one text do not overlap. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text from `start` to `end`, all of it by default, with the edits made that lie in it. Those at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[], start = 0, end = text.length): string {
  const pieces: string[] = []
  let from = start
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    pieces.push(text.slice(from, edit.start), edit.text)
    from = edit.end
  }
  pieces.push(text.slice(from, end))
  return pieces.join('')
}
