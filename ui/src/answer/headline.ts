import { type Advice, sayAdvice } from '../../../simulator/rules/fixes/advice.ts'
import { elementOf } from '../rejected/causes.ts'
import type { ShownIssue } from '../shell/api.ts'
import { adviceTexts, fixOf, ruleTitle, text } from '../text/text.ts'

/**
 * The cause in plain words, from the rule and from what was found: "`author` must be a list; you sent one object". Names
 * are in backticks. What to do about it is not in it: `fixOf` says that.
 */
export function headlineOf(issue: ShownIssue): string {
  const { advice, rule, expression = '', message } = issue
  if (advice !== undefined) return causeOfAdvice(advice, fixOf(issue))
  return text.causes[rule]?.(`\`${elementOf(expression)}\``) ?? ruleTitle(rule) ?? message
}

function causeOfAdvice(advice: Advice, whole: string): string {
  const own = text.answer.headlines[advice.key]
  if (own !== undefined) return sayAdvice(advice, { ...adviceTexts, [advice.key]: own })
  if (advice.key.startsWith('json')) return text.answer.notJson(whole.replace(/\.$/, ''))
  return beforeAdvice(whole)
}

/** An advice says the cause first, and after a colon or a full stop what to do about it; both also occur in what it quotes. */
function beforeAdvice(advice: string): string {
  let depth = 0
  let quoted = false
  const characters = [...advice]
  for (const [at, character] of characters.entries()) {
    if (character === '"') quoted = !quoted
    if (!quoted && character === '(') depth += 1
    if (!quoted && character === ')') depth -= 1
    const ends = (character === ':' || character === '.') && [' ', undefined].includes(characters[at + 1])
    if (ends && depth === 0 && !quoted) return characters.slice(0, at).join('')
  }
  return advice.replace(/\.$/, '')
}
