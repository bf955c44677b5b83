import type { Edit } from '../json/edits.ts'

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
