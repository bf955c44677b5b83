import { cutText } from '../ground/text/mask/cut.ts'
import type { Issue } from './issue.ts'

/*
 * What keeps answers small, however much is wrong with what was sent.
 */

/** Characters of a text that an issue quotes; the rest is an ellipsis. */
const LONGEST_TEXT = 1_000
/** Characters of a patch of one issue; a longer one is left out. */
const LONGEST_PATCH = 4_000

/** The first of a list, and how many more there are. */
export interface Bounded<T> {
  readonly shown: readonly T[]
  readonly more: number
}

/** The first items of a list whose JSON has no more than `characters`. */
export function within<T>(items: readonly T[], characters: number): Bounded<T> {
  return upTo(items, characters, (item) => ({ item, size: sizeOf(item) }))
}

/** The first issues, short enough to be shown, whose JSON has no more than `characters`. */
export function shortIssues(issues: readonly Issue[], characters: number): Bounded<Issue> {
  return upTo(issues, characters, (issue) => {
    const { size, isShort } = measured(issue)
    if (isShort) return { item: issue, size }
    const item = cutShort(issue)
    return { item, size: sizeOf(item) }
  })
}

function upTo<T>(
  items: readonly T[],
  characters: number,
  measure: (item: T) => { readonly item: T; readonly size: number },
): Bounded<T> {
  let left = characters
  const shown: T[] = []
  for (const one of items) {
    const { item, size } = measure(one)
    left -= size
    if (left < 0) break
    shown.push(item)
  }
  return { shown, more: items.length - shown.length }
}

/** What is written in JSON with more than one character. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u

/** Looks through a value of JSON once. */
class Measure {
  /** Characters of the longest text in it. */
  longest = 0

  /** How many characters the JSON of a value has; of many small values this is faster than to make it. */
  sizeOf(value: unknown): number {
    if (typeof value === 'string') return this.sizeOfText(value)
    if (typeof value !== 'object' || value === null) return String(value).length
    if (Array.isArray(value)) return this.sizeOfItems(value)
    let size = 1
    for (const name in value) {
      const member = (value as Readonly<Record<string, unknown>>)[name]
      if (member !== undefined) size += this.sizeOf(name) + this.sizeOf(member) + 2
    }
    return Math.max(2, size)
  }

  private sizeOfText(text: string): number {
    if (text.length > this.longest) this.longest = text.length
    return ESCAPED.test(text) ? JSON.stringify(text).length : text.length + 2
  }

  private sizeOfItems(items: readonly unknown[]): number {
    let size = 1
    for (const item of items) size += this.sizeOf(item) + 1
    return Math.max(2, size)
  }
}

const sizeOf = (value: unknown): number => new Measure().sizeOf(value)

/** A value unless its JSON is too long to be shown. */
export function unlessLong<T>(value: T, characters: number): T | null {
  return JSON.stringify(value).length <= characters ? value : null
}

/** A text as it is quoted. */
export function shortened(text: string): string {
  return cutText(text, LONGEST_TEXT)
}

/** An issue whose texts are short enough to be shown, and whose patch is left out where it is not. */
export function shortIssue(issue: Issue): Issue {
  return measured(issue).isShort ? issue : cutShort(issue)
}

function measured(issue: Issue): { readonly size: number; readonly isShort: boolean } {
  const measure = new Measure()
  const size = measure.sizeOf(issue)
  // What is short as a whole has no long patch.
  const hasNoLongPatch = size <= LONGEST_PATCH || (isBrief(issue.patch) && isBrief(issue.template))
  return { size, isShort: measure.longest <= LONGEST_TEXT && hasNoLongPatch }
}

const isBrief = (value: unknown): boolean => value === undefined || value === null || sizeOf(value) <= LONGEST_PATCH

function cutShort(issue: Issue): Issue {
  const { message, expression, pointer, firely, evidence, advice, patch, template } = issue
  return {
    ...issue,
    message: shortened(message),
    ...(expression === undefined ? {} : { expression: shortened(expression) }),
    ...(pointer === undefined ? {} : { pointer: shortened(pointer) }),
    ...(firely && { firely: { ...firely, path: shortened(firely.path) } }),
    ...(evidence && { evidence: shortTexts(evidence) }),
    ...(advice && { advice: shortTexts(advice) }),
    ...(patch && { patch: isBrief(patch) ? patch : null }),
    ...(isBrief(template) ? {} : { template: [] }),
  }
}

/** A value of JSON with all its texts shortened; the same value where none is long. */
function shortTexts<T>(value: T): T {
  return (hasLongText(value) ? withShortTexts(value) : value) as T
}

function hasLongText(value: unknown): boolean {
  const measure = new Measure()
  measure.sizeOf(value)
  return measure.longest > LONGEST_TEXT
}

function withShortTexts(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value)
  if (Array.isArray(value)) return value.map(withShortTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withShortTexts(member)]))
}
