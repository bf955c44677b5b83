import type { ExchangeSummary, Issue } from '../shell/api.ts'

/** Refusals for the same reason. */
export interface Cause {
  /** The rule and the place without indexes; stays the same while exchanges come and go. */
  readonly key: string
  readonly rule: string
  /** FHIRPath without indexes: `Bundle.entry.resource.author`. Absent where the issue has no place. */
  readonly place?: string
  /** The newest issue of this cause. */
  readonly issue: Issue
  /** The refused requests, newest first, each once. */
  readonly exchanges: readonly ExchangeSummary[]
  /** How many faults there were; one request can have many. */
  readonly count: number
}

/** Refused requests, newest first, by cause; the causes with the newest refusal come first. */
export function groupByCause(refused: readonly ExchangeSummary[]): readonly Cause[] {
  const causes = new Map<string, { issue: Issue; exchanges: ExchangeSummary[]; count: number }>()
  for (const exchange of refused) {
    for (const issue of exchange.issues) {
      const cause = causes.get(causeOf(issue)) ?? { issue, exchanges: [], count: 0 }
      if (cause.exchanges.at(-1) !== exchange) cause.exchanges.push(exchange)
      cause.count += 1
      causes.set(causeOf(issue), cause)
    }
  }
  return Array.from(causes, ([key, cause]) => ({ key, rule: cause.issue.rule, ...placeOf(cause.issue), ...cause }))
}

/** The key of an issue's cause. */
export function causeOf({ rule, expression = '' }: Issue): string {
  return `${rule} ${withoutIndexes(expression)}`.trimEnd()
}

/** The element that a place ends with: `author` of `Composition.author[0]`. */
export function elementOf(place: string): string {
  return withoutIndexes(place).split('.').at(-1) ?? place
}

function placeOf({ expression }: Issue) {
  return expression === undefined ? {} : { place: withoutIndexes(expression) }
}

function withoutIndexes(expression: string): string {
  return expression.replaceAll(/\[\d+\]/g, '')
}
