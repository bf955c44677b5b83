import type { Issue } from '../issue.ts'
import { applyEdits, type Edit } from '../json/edits.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import { answersTo, MOST_FIXES, withoutMark } from './answers.ts'
import { compatible } from './compatible.ts'
import type { FixOptions } from './fix.ts'
import { offsetsIn } from './offsets.ts'
import { operationsOf } from './operations.ts'
import { editsOf, sentOffset } from './text-edits.ts'

/** All mechanical fixes of one text together. */
export interface Composed {
  /** The sent text with nothing changed but the fixed places; the sent text where there is nothing to fix. */
  readonly text: string
  /** The same as one JSON Patch (RFC 6902) on the sent value; `null` where nothing is fixed, and where no patch can say it. */
  readonly patch: readonly PatchOperation[] | null
  /** How many of the sent text's issues are gone, of how many. */
  readonly fixed: number
  readonly of: number
  /** The issues of the fixed text, with its places. */
  readonly rest: readonly Issue[]
  /** How many issues were not looked at: fixes are made for the first thousand. */
  readonly beyond: number
}

/** A fixed text may show issues that others hid; how many layers of mechanical ones are fixed. */
const MOST_ROUNDS = 3

/**
 * Carries out every mechanical fix that can go together with those before it, and has the text judged again. A byte order
 * mark stays.
 */
export function composeFixes(
  sent: string,
  issues: readonly Issue[],
  options: FixOptions,
  judge: (text: string) => readonly Issue[],
): Composed {
  const text = withoutMark(sent)
  let state: Stage = { text, issues, patch: [], sentOffset: (offset) => offset }
  const taken = new Set<string>()
  const rounds = issues.length > MOST_FIXES ? 1 : MOST_ROUNDS
  for (let round = 0; round < rounds && state.issues.length > 0; round++) {
    const next = oneRound(state, options, judge, taken)
    if (next === undefined) break
    state = next
  }
  const left = new Set(marksOf(state))
  const gone = marksOf({ text, issues, sentOffset: (offset) => offset }).filter(
    (mark) => taken.has(mark) && !left.has(mark),
  )
  return {
    text: sent.slice(0, sent.length - text.length) + state.text,
    patch: (state.text !== text && state.patch) || null,
    fixed: state.issues.length === 0 ? issues.length : gone.length,
    of: issues.length,
    rest: state.issues,
    beyond: Math.max(0, issues.length - MOST_FIXES),
  }
}

/** Where a text stands between two rounds. */
interface Stage {
  readonly text: string
  readonly issues: readonly Issue[]
  readonly patch: readonly PatchOperation[] | undefined
  /** From an offset in this text to the one in the sent text. */
  readonly sentOffset: (offset: number) => number
}

/** Undefined when there is nothing more to fix. Marks the issues that it takes on. */
function oneRound(
  before: Stage,
  options: FixOptions,
  judge: (text: string) => readonly Issue[],
  taken: Set<string>,
): Stage | undefined {
  const answers = answersTo(before.text, before.issues, options)
  const { doc, syntax } = answers
  if (syntax !== undefined) return syntax.edits.length === 0 ? undefined : mended(before, syntax.edits, judge, taken)
  if (doc === undefined) return undefined
  const { indexes, actions } = compatible(doc, answers.fixes)
  if (actions.length === 0) return undefined
  const marks = marksOf(before)
  for (const index of indexes) taken.add(marks[index] ?? '')
  const edits = editsOf(before.text, actions)
  const text = applyEdits(before.text, edits)
  const operations = operationsOf(doc, actions)
  const back = sentOffset(edits)
  return {
    text,
    issues: judge(text),
    patch: before.patch && operations && [...before.patch, ...operations],
    sentOffset: (offset) => before.sentOffset(back(offset)),
  }
}

/** A text that is JSON after edits that no patch can say. */
function mended(
  before: Stage,
  edits: readonly Edit[],
  judge: (text: string) => readonly Issue[],
  taken: Set<string>,
): Stage {
  for (const mark of marksOf(before)) taken.add(mark)
  const text = applyEdits(before.text, edits)
  const back = sentOffset(edits)
  const sent = (offset: number) => before.sentOffset(back(offset))
  return { text, issues: judge(text), patch: undefined, sentOffset: sent }
}

/** What an issue is known by from round to round: its rule, its place in the sent text, and the name that it is about. */
function marksOf({ text, issues, sentOffset: back }: Omit<Stage, 'patch'>): string[] {
  const offsetOf = offsetsIn(text)
  return issues.map((issue) => {
    const name = issue.pointer?.slice(issue.pointer.lastIndexOf('/')).replace(/^\/\d+$/, '')
    return `${issue.rule} ${name} ${back(offsetOf(issue) ?? 0)}`
  })
}
