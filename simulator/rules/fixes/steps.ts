import type { Issue } from '../issue.ts'
import { applyEdits } from '../json/edits.ts'
import { settle } from './actions.ts'
import { answersTo } from './answers.ts'
import { answered } from './asks.ts'
import type { Fix, FixOptions } from './fix.ts'
import { editsOf } from './text-edits.ts'

/** One issue that a person decides on. */
export interface FixStep {
  readonly issue: Issue
  /** `apply`: it can be done; `value`, `offset`: it can be done with one word of the vendor's; `edit`: by hand only. */
  readonly kind: 'apply' | 'value' | 'offset' | 'edit'
  /** The codes to choose from. */
  readonly choices: readonly string[]
  /** The text with this fix in it; undefined when R4 does not take the answer there. */
  readonly apply: (answer?: string) => string | undefined
}

/** The issues of a text, each with what can be done about it alone. */
export function fixSteps(text: string, issues: readonly Issue[], options: FixOptions): readonly FixStep[] {
  const { doc, fixes, syntax } = answersTo(text, issues, options)
  return issues.map((issue, index): FixStep => {
    const fix = fixes[index]
    const told = { ...issue, ...(fix && { advice: fix.advice }) }
    if (syntax !== undefined && syntax.edits.length > 0) {
      return { issue: told, kind: 'apply', choices: [], apply: () => applyEdits(text, syntax.edits) }
    }
    const carriedOut = (actions: Fix['actions']) => {
      const settled = doc === undefined ? undefined : settle(doc, actions)
      return settled && applyEdits(text, editsOf(text, settled.actions))
    }
    if (fix === undefined || (fix.actions.length === 0 && fix.ask === undefined)) {
      return { issue: told, kind: 'edit', choices: [], apply: () => undefined }
    }
    const { ask } = fix
    if (ask === undefined) return { issue: told, kind: 'apply', choices: [], apply: () => carriedOut(fix.actions) }
    const apply = (answer = '') => {
      const action = answered(ask, answer, options)
      return action && carriedOut([action])
    }
    const choices = [...(ask.property.element.valueSet?.codes ?? [])]
    return { issue: told, kind: ask.local === undefined ? 'value' : 'offset', choices, apply }
  })
}
