import type { Issue } from '../issue.ts'

/** Tells the offset of an issue's line and column in a text; the lines are counted once. */
export function offsetsIn(text: string): (issue: Pick<Issue, 'line' | 'column'>) => number | undefined {
  const starts = [0]
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
  return ({ line, column }) => {
    const start = line === undefined ? undefined : starts[line - 1]
    return start === undefined || column === undefined ? undefined : start + column - 1
  }
}
