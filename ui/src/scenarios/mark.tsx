import { wordOf } from '../text/word-of.ts'
import './mark.css'
import { words } from './words.ts'

/** How a scenario or a step stands: a sign, and the word for who does not see it. `worded`: the word stands beside it. */
export function Mark({ status, worded = false }: { readonly status: string; readonly worded?: boolean }) {
  return (
    <span className="mark" data-status={status}>
      {!worded && <span className="ds-sr-only">{wordOf(words.outcomes, status)}: </span>}
    </span>
  )
}
