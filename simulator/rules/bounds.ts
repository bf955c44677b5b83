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
  let left = characters
  const shown: T[] = []
  for (const item of items) {
    left -= sizeOf(item)
    if (left < 0) break
    shown.push(item)
  }
  return { shown, more: items.length - shown.length }
}

/** What is written in JSON with more than one character. */
const ESCAPED = /["\\\p{Cc}\p{Cs}]/u

/** How many characters the JSON of a value has; of many small values this is faster than to make it. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return ESCAPED.test(value) ? JSON.stringify(value).length : value.length + 2
  if (typeof value !== 'object' || value === null) return String(value).length
  if (Array.isArray(value))
    return Math.max(
      2,
      value.reduce((size: number, item) => size + sizeOf(item) + 1, 1),
    )
  let size = 1
  for (const name in value) {
    const member = (value as Readonly<Record<string, unknown>>)[name]
    if (member !== undefined) size += sizeOf(name) + sizeOf(member) + 2
  }
  return Math.max(2, size)
}

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
  return isShort(issue) ? issue : cutShort(issue)
}

function isShort(issue: Issue): boolean {
  const { patch, template } = issue
  return !hasLongText(issue) && isBrief(patch) && isBrief(template)
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
  if (typeof value === 'string') return value.length > LONGEST_TEXT
  if (Array.isArray(value)) return value.some(hasLongText)
  if (typeof value !== 'object' || value === null) return false
  for (const name in value) if (hasLongText((value as Readonly<Record<string, unknown>>)[name])) return true
  return false
}

function withShortTexts(value: unknown): unknown {
  if (typeof value === 'string') return shortened(value)
  if (Array.isArray(value)) return value.map(withShortTexts)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, withShortTexts(member)]))
}
