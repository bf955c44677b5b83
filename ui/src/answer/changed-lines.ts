import { diffArrays } from 'diff'
import { type Line, layoutFor } from '../parts/json-text.ts'

/** A line of a payload that is fixed: as it stays, as it was, as it becomes. */
export interface ChangedLine {
  readonly change: 'none' | 'del' | 'ins'
  readonly text: string
  readonly indent: number
  /** From 1, in the payload as it was sent or as it becomes. */
  readonly number: number
}

/** The lines of a payload before and after a fix in one list. Where they are laid out again indentation is no change. */
export function changedLines(before: string, after: string): readonly ChangedLine[] {
  const lines = layoutFor(before)
  const [old, fresh] = [lines(before), lines(after)]
  let [left, right] = [0, 0]
  return (
    diffArrays(old.map(textOf), fresh.map(textOf), { maxEditLength: MOST_CHANGES })?.flatMap(
      ({ value, added, removed }) =>
        value.map((text): ChangedLine => {
          const change = added ? 'ins' : removed ? 'del' : 'none'
          if (change !== 'ins') left += 1
          if (change !== 'del') right += 1
          const line = change === 'del' ? old[left - 1] : fresh[right - 1]
          return { change, text, indent: line?.indent ?? 0, number: change === 'ins' ? right : left }
        }),
    ) ?? []
  )
}

/** Past this many changed lines they are not compared: the time would grow with their square. */
const MOST_CHANGES = 2_000

function textOf({ tokens }: Line): string {
  return tokens.map((token) => token.text).join('')
}
