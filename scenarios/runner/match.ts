import type { Matcher } from '../pack/step.ts'
import { bounded } from './bounded.ts'

type MatcherObject = Extract<Matcher, { matches?: unknown }>

/** What is asked of values, and the values as that question sees them. */
interface Question {
  readonly holds: boolean
  readonly expected: unknown
  readonly actual: unknown
}

/** What a set of values is asked by each key of a matcher. */
const QUESTIONS: Readonly<Record<keyof MatcherObject, (values: readonly unknown[], wanted: unknown) => Question>> = {
  matches: (values, wanted) => ({
    holds: values.length > 0 && values.every((value) => finds(String(wanted), value)),
    expected: `matches ${wanted}`,
    actual: simple(values),
  }),
  not: (values, wanted) => ({
    holds: !values.some((value) => same(value, wanted)),
    expected: { not: wanted },
    actual: simple(values),
  }),
  exists: (values, wanted) => ({
    holds: values.length > 0 === wanted,
    expected: wanted ? 'a value' : 'no value',
    actual: simple(values),
  }),
  count: (values, wanted) => ({
    holds: values.length === wanted,
    expected: `${wanted} values`,
    actual: `${values.length} values`,
  }),
  unique: (values) => ({ holds: repeated(values).length === 0, expected: 'no value twice', actual: repeated(values) }),
  includes: (values, wanted) => ({
    holds: list(wanted).every((one) => values.some((value) => same(value, one))),
    expected: { includes: wanted },
    actual: values,
  }),
  excludes: (values, wanted) => ({
    holds: !list(wanted).some((one) => values.some((value) => same(value, one))),
    expected: { excludes: wanted },
    actual: values,
  }),
  'one-of': (values, wanted) => ({
    holds: values.length > 0 && values.every((value) => list(wanted).some((one) => same(value, one))),
    expected: { 'one-of': wanted },
    actual: simple(values),
  }),
  'same-set': (values, wanted) => ({
    holds: same(sorted(values), sorted(list(wanted))),
    expected: sorted(list(wanted)),
    actual: sorted(values),
  }),
  'at-least': (values, wanted) => ({
    holds: values.length > 0 && values.every((value) => Number(value) >= Number(wanted)),
    expected: `at least ${wanted}`,
    actual: simple(values),
  }),
  'at-most': (values, wanted) => ({
    holds: values.length > 0 && values.every((value) => Number(value) <= Number(wanted)),
    expected: `at most ${wanted}`,
    actual: simple(values),
  }),
}

/** Whether a regular expression finds something in a value. */
function finds(pattern: string, value: unknown): boolean {
  return bounded(pattern, () => new RegExp(pattern, 'u').test(String(value)))
}

/** In what the values are not as wanted; `undefined` when they are. A plain matcher is the value itself, `null` none. */
export function mismatch(
  values: readonly unknown[],
  matcher: Matcher,
): { readonly expected: unknown; readonly actual: unknown } | undefined {
  if (typeof matcher === 'object' && matcher !== null && !Array.isArray(matcher)) {
    const failed = Object.entries(matcher)
      .map(([key, wanted]) => QUESTIONS[key as keyof MatcherObject](values, wanted))
      .find(({ holds }) => !holds)
    return failed && { expected: failed.expected, actual: failed.actual }
  }
  const wanted = matcher === null ? [] : list(matcher)
  return same(values, wanted) ? undefined : { expected: matcher, actual: simple(values) }
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

/** One value for a reader; a list where there are several. */
function simple(values: readonly unknown[]): unknown {
  return values.length === 1 ? values[0] : values.length === 0 ? null : values
}

/** Equal as JSON, whatever the order of members. */
export function same(a: unknown, b: unknown): boolean {
  return canonical(a) === canonical(b)
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

function sorted(values: readonly unknown[]): unknown[] {
  return [...values].sort((a, b) => (canonical(a) < canonical(b) ? -1 : 1))
}

function repeated(values: readonly unknown[]): unknown[] {
  const seen = new Set<string>()
  const twice = values.filter((value) => {
    const text = canonical(value)
    if (seen.has(text)) return true
    seen.add(text)
    return false
  })
  return [...new Set(twice)]
}
