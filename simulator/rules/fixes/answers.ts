import type { RuleId } from '../catalogue.ts'
import { MAX_DEPTH } from '../fhir/walker.ts'
import type { Issue } from '../issue.ts'
import { readTree } from '../json/json-text.ts'
import { settle } from './actions.ts'
import { Document } from './document.ts'
import { leaveOut } from './empty.ts'
import type { Case, Fix, FixOptions } from './fix.ts'
import { offsetsIn } from './offsets.ts'
import { operationsOf, type PatchOperation } from './operations.ts'
import { arrayExpected, oneExpected } from './shape.ts'

/** Fixes are made for so many issues of a text, from the first. */
export const MOST_FIXES = 1_000

/** How each rule is answered; undefined: by the catalogue alone. */
const ANSWERS: Partial<Readonly<Record<RuleId, (one: Case) => Fix | undefined>>> = {
  'r4-array-expected': arrayExpected,
  'r4-value-is-array': oneExpected,
  'r4-empty-string': leaveOut,
  'r4-blank-string': leaveOut,
}

/** The answers to the issues of a text, in their order; undefined where the catalogue's words are all there is. */
export interface Answers {
  /** Undefined where the text is not JSON. */
  readonly doc: Document | undefined
  readonly fixes: readonly (Fix | undefined)[]
}

/** Finds an answer to each of the first thousand issues of a text. Never throws; linear in the text. */
export function answersTo(text: string, issues: readonly Issue[], options: FixOptions): Answers {
  const { root } = readTree(text, MAX_DEPTH)
  if (root === undefined) return { doc: undefined, fixes: [] }
  const doc = new Document(text, root)
  const offsetOf = offsetsIn(text)
  const fixes = issues.slice(0, MOST_FIXES).map((issue) => {
    const answer = ANSWERS[issue.rule]
    if (answer === undefined || issue.pointer === undefined) return undefined
    const { place, missing } = doc.resolve(issue.pointer, offsetOf(issue))
    return answer({ doc, issue, place, missing, options })
  })
  return { doc, fixes }
}

/** The issues, each with what to do about it and, where that is mechanical, the patch that does it alone. */
export function withFixes(text: string, issues: readonly Issue[], options: FixOptions): readonly Issue[] {
  if (issues.length === 0) return issues
  const { doc, fixes } = answersTo(text, issues, options)
  return issues.map((issue, index) => {
    const fix = fixes[index]
    if (fix === undefined) return issue
    return { ...issue, advice: fix.advice, patch: doc === undefined ? null : patchOf(doc, fix) }
  })
}

function patchOf(doc: Document, { actions }: Fix): readonly PatchOperation[] | null {
  if (actions.length === 0) return null
  const settled = settle(doc, actions)
  return (settled && operationsOf(doc, settled.actions)) ?? null
}
