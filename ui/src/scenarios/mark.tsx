import { wordOf } from '../text/word-of.ts'
import './mark.css'
import { words } from './words.ts'

/** How a scenario or a step stands: a sign, and the word for who does not see it. `worded`: the word stands beside it. */
export function Mark({ standing, worded = false }: { readonly standing: string; readonly worded?: boolean }) {
  return (
    <span className="mark" data-standing={standing}>
      {!worded && <span className="ds-sr-only">{wordOf(words.outcomes, standing)}: </span>}
    </span>
  )
}
