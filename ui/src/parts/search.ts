import {
  contains,
  fulfils,
  type Grammar,
  type Mistake,
  parseSearch,
  type Searchable,
} from '../../../simulator/ground/text/find.ts'

export type { Grammar, Mistake, Searchable }

/** What was not understood of a search. */
export function mistakesIn(search: string, grammar: Grammar): readonly Mistake[] {
  return parseSearch(search, grammar).mistakes
}

/** Whether a search has any condition, and all of it was understood. */
export function isSearch(search: string, grammar: Grammar): boolean {
  const { clauses, mistakes } = parseSearch(search, grammar)
  return clauses.length > 0 && mistakes.length === 0
}

/** The rows that a search finds, where the page has all there are; none where it was not understood. */
export function filterRows<T>(
  rows: readonly T[],
  search: string,
  grammar: Grammar,
  searchable: (row: T) => Searchable,
): readonly T[] {
  const { clauses, mistakes } = parseSearch(search, grammar)
  if (mistakes.length > 0) return []
  return clauses.length === 0 ? rows : rows.filter((row) => fulfils(clauses, searchable(row)))
}

/** A completion: the whole text after it is chosen, and what the list shows. */
export interface Completion {
  readonly label: string
  readonly text: string
}

const SUGGESTED = 8

/** How the word at the end of `text` can continue: with the name of a field, or with one of its values. */
export function completions(text: string, vocabulary: Readonly<Record<string, readonly string[]>>): Completion[] {
  const [, before = '', not = '', word = ''] = /^(.*?)([-!]?)((?:[\w-]+:(?:"[^"]*)?)?[^\s"]*)$/s.exec(text) ?? []
  const [name = '', value] = word.split(/:(.*)/s)
  const labels =
    value === undefined
      ? Object.keys(vocabulary).filter((field) => field.startsWith(name.toLowerCase()))
      : (vocabulary[name.toLowerCase()] ?? []).filter((one) => contains(one, value.replaceAll('"', '').toLowerCase()))
  return labels
    .map((label) => (value === undefined ? `${label}:` : `${name}:${/\s/.test(label) ? JSON.stringify(label) : label}`))
    .filter((label) => label !== word)
    .slice(0, SUGGESTED)
    .map((label) => ({ label, text: `${before}${not}${label}${value === undefined ? '' : ' '}` }))
}

/** The distinct values of each field, for completion; the most frequent first. */
export function vocabularyOf(rows: readonly Searchable[]): Record<string, readonly string[]> {
  const counts: Record<string, Map<string, number>> = {}
  for (const { fields } of rows) {
    for (const [field, values] of Object.entries(fields)) {
      counts[field] ??= new Map()
      for (const value of values) if (value) counts[field].set(value, (counts[field].get(value) ?? 0) + 1)
    }
  }
  const byCount = (counted: Map<string, number>) =>
    [...counted].sort(([, one], [, other]) => other - one).map(([value]) => value)
  return Object.fromEntries(Object.entries(counts).map(([field, counted]) => [field, byCount(counted)]))
}
