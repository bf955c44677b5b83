import { diffLines } from 'diff'
import type { Failure } from '../runner/result.ts'

/** One line of a difference: expected and missing, there and not expected, or the same in both. */
export interface DifferenceLine {
  readonly sign: '-' | '+' | ' '
  readonly text: string
}

/** Expected (`-`) against actual (`+`), line by line. */
export function differenceOf({ expected, actual }: Failure): DifferenceLine[] {
  return diffLines(shown(expected), shown(actual)).flatMap(({ value, added, removed }) => {
    const sign = added ? '+' : removed ? '-' : ' '
    return value
      .replace(/\n$/, '')
      .split('\n')
      .map((text): DifferenceLine => ({ sign, text }))
  })
}

/** A text as it is, anything else as JSON; each ends with a line break, so that last lines compare. */
function shown(value: unknown): string {
  return `${typeof value === 'string' ? value : JSON.stringify(value, null, 2)}\n`
}
