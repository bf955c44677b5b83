/** A piece of a text, and what comes in its place. Edits of one text do not overlap. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The text from `start` to `end` with the edits made that lie in it. Of edits at the same place the first comes first. */
export function applyEdits(text: string, start: number, end: number, edits: readonly Edit[]): string {
  const pieces: string[] = []
  let from = start
  for (const edit of edits.toSorted((one, other) => one.start - other.start)) {
    pieces.push(text.slice(from, edit.start), edit.text)
    from = edit.end
  }
  pieces.push(text.slice(from, end))
  return pieces.join('')
}

/** Deletes the children of an object or array that begin at the offsets given, with a comma each; at least one child stays. */
export function deleteChildren(
  children: readonly { readonly start: number; readonly end: number }[],
  gone: ReadonlySet<number>,
): Edit[] {
  const edits: Edit[] = []
  let kept: number | undefined
  let run: number | undefined
  for (const { start, end } of children) {
    if (gone.has(start)) {
      run ??= start
      if (kept !== undefined) edits.push({ start: kept, end, text: '' })
      kept = kept === undefined ? undefined : end
    } else {
      if (run !== undefined && kept === undefined) edits.push({ start: run, end: start, text: '' })
      run = undefined
      kept = end
    }
  }
  return edits
}
