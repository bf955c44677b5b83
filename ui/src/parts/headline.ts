import { type Advice, sayAdvice } from '../../../simulator/rules/fixes/advice.ts'
import type { ShownIssue } from '../data/api.ts'
import { adviceTexts, fixOf, ruleTitle, text } from '../text/text.ts'
import { elementOf } from './causes.ts'

/**
 * The cause in plain words, from the rule and from what was found: "`author` must be a list; you sent one object". Names
 * are in backticks. What to do about it is not in it: `fixOf` says that.
 */
export function headlineOf(issue: ShownIssue): string {
  const { advice, rule, expression = '', message } = issue
  if (advice !== undefined) return causeOfAdvice(advice, fixOf(issue))
  const correction = correctionIn(issue)
  if (correction !== undefined) return text.verdict.corrected(`\`${elementOf(expression)}\``, correction)
  return text.causes[rule]?.(`\`${elementOf(expression)}\``) ?? ruleTitle(rule) ?? message
}

/** What VKP did to an element, in words. */
function correctionIn({ rule, evidence }: ShownIssue): string | undefined {
  if (rule !== 'vkp-corrected' || typeof evidence !== 'object' || evidence === null) return undefined
  const kinds: Readonly<Record<string, string>> = text.verdict.kinds
  return 'kind' in evidence && typeof evidence.kind === 'string' ? kinds[evidence.kind] : undefined
}

function causeOfAdvice(advice: Advice, whole: string): string {
  const { key } = advice
  const own = text.answer.headlines[key]
  if (own === undefined && key.startsWith('json')) return text.answer.notJson(whole.replace(/\.$/, ''))
  return sayAdvice(advice, { ...adviceTexts, [key]: own ?? causeIn(adviceTexts[key]) })
}

/** A sentence of an advice says the cause first, and after a colon or a full stop what to do about it. */
function causeIn(sentence: string): string {
  const end = sentence.search(/[:.](?: |$)/)
  return end === -1 ? sentence : sentence.slice(0, end)
}
