import type { Issue } from '../shell/api.ts'

/** The key of an issue's cause, as `CauseEntry` has it. */
export function causeOf({ rule, expression = '' }: Issue): string {
  return `${rule} ${withoutIndexes(expression)}`.trimEnd()
}

/** The element that a place ends with: `author` of `Composition.author[0]`. */
export function elementOf(place: string): string {
  return withoutIndexes(place).split('.').at(-1) ?? place
}

function withoutIndexes(expression: string): string {
  return expression.replaceAll(/\[\d+\]/g, '')
}
