import type { ExchangeSummary } from '../../../../simulator/surfaces/control/types.ts'

/** What the catalogue says of a rule, in one language: the error that it finds, as a heading, and what to do about it. */
export interface RuleText {
  readonly title: string
  readonly fix: string
}

export type RuleTexts = Readonly<Record<ExchangeSummary['issues'][number]['rule'], RuleText>>

/** What a silent point says, in one language: what the documents leave open, and why the default was chosen. */
export interface SettingText {
  readonly question: string
  readonly reasoning: string
}
