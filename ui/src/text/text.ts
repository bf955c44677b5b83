import { type Advice, type AdviceKey, sayAdvice } from '../../../simulator/rules/fixes/advice.ts'
import { ADVICE_EN } from '../../../simulator/rules/fixes/advice-en.ts'
import type { RuleList } from '../../../simulator/surfaces/control/types.ts'
import { en, type Text } from './en.ts'
import type { RuleText } from './rules-nb/rule-text.ts'

const KEY = 'jftsim-language'
// A page in English should not wait for the other texts; one that cannot get them is better read in English than not at all.
const norwegian = chosenLanguage() === 'nb' ? await import('./norwegian.ts').catch(() => undefined) : undefined
const ruleTexts: Readonly<Record<string, RuleText>> = norwegian?.rulesNb ?? {}

/** Every text of the page, in the language that `?lang=` or the last choice names; English at first. */
export const text: Text = norwegian?.nb ?? en

/** What an issue says of what to do about it. */
interface Fixable {
  readonly rule: string
  readonly fix: string
  readonly advice?: Advice
}

/** What to do about an issue, in the page's language: what its advice says of the place, otherwise what its rule says. */
export function fixOf({ rule, fix, advice }: Fixable): string {
  if (norwegian === undefined) return fix
  return advice === undefined ? (ruleTexts[rule]?.fix ?? fix) : sayAdvice(advice, norwegian.adviceNb)
}

/** The sentences of advices, and their parts, in the page's language. */
export const adviceTexts: Readonly<Record<AdviceKey, string>> = norwegian?.adviceNb ?? ADVICE_EN

/** The error that a rule finds, in Norwegian; `undefined` in English, where the message says it more exactly. */
export function ruleTitle(rule: string): string | undefined {
  return ruleTexts[rule]?.title
}

/** The rules and the silent points with their texts in the page's language; English where there is none. */
export function inPageLanguage({ rules, settings }: RuleList): RuleList {
  return {
    rules: rules.map((rule) => ({ ...rule, ...ruleTexts[rule.id] })),
    settings: settings.map((point) => ({ ...point, ...norwegian?.settingsNb[point.name] })),
  }
}

/** Draws the page again in the other language, and remembers it. */
export function switchLanguage(): void {
  localStorage.setItem(KEY, text === en ? 'nb' : 'en')
  const url = new URL(window.location.href)
  url.searchParams.delete('lang')
  window.history.replaceState(null, '', url)
  window.location.reload()
}

function chosenLanguage(): string {
  // The texts are read by unit tests too, where there is no page.
  if (typeof window === 'undefined') return 'en'
  return new URLSearchParams(window.location.search).get('lang') ?? localStorage.getItem(KEY) ?? 'en'
}
