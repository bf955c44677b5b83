import { applyPatch, type Operation } from 'rfc6902'
import { STRICT_DEFAULTS, validateStrict } from '../fhir/strict.ts'
import type { Issue } from '../issue.ts'
import { applyEdits } from '../json/edits.ts'
import { readTree } from '../json/json-text.ts'
import { settle } from './actions.ts'
import { sayAdvice } from './advice.ts'
import { answersTo, withFixes } from './answers.ts'
import { composeFixes } from './compose.ts'
import type { FixOptions } from './fix.ts'
import { editsOf } from './text-edits.ts'

export const SDK_5: FixOptions = { sdk: 5, dotnet: 8 }
export const SDK_6: FixOptions = { sdk: 6, dotnet: 8 }

export const judging =
  ({ sdk, dotnet }: FixOptions = SDK_5) =>
  (text: string): readonly Issue[] =>
    validateStrict(text, { ...STRICT_DEFAULTS, sdk, dotnet }).issues

/** The issues of a text with their fixes. */
export const fixesOf = (text: string, options: FixOptions = SDK_5) => withFixes(text, judging(options)(text), options)

/** All mechanical fixes of a text. */
export const composed = (text: string, options: FixOptions = SDK_5) =>
  composeFixes(text, judging(options)(text), options, judging(options))

/** An issue as tests read it: its rule, and what to do. */
export const told = ({ rule, advice }: Issue): string =>
  `${rule}: ${advice === undefined ? 'nothing' : sayAdvice(advice)}`

/** The JSON value after a patch, applied by somebody else's code. Throws when an operation fails. */
export function patched(text: string, patch: Issue['patch']): unknown {
  const copy = { root: JSON.parse(text) }
  const below = (patch ?? []).map((operation) => ({
    ...operation,
    path: `/root${operation.path}`,
    ...('from' in operation ? { from: `/root${operation.from}` } : {}),
  }))
  const faults = applyPatch(copy, below as Operation[]).filter((fault) => fault !== null)
  if (faults.length > 0) throw new Error(`The patch does not apply: ${faults.join(', ')}`)
  return copy.root
}

/** What one fix of a text comes to, alone. */
export interface Alone {
  readonly issue: Issue
  readonly text: string
  /** Whether the issue is gone, and how many others came that the text did not have. */
  readonly isGone: boolean
  readonly added: readonly string[]
}

/** Carries out each mechanical fix of a text alone, in the text, and judges again. */
export function eachAlone(text: string, options: FixOptions = SDK_5): readonly Alone[] {
  const issues = judging(options)(text)
  const { doc, fixes } = answersTo(text, issues, options)
  if (doc === undefined) return []
  return issues.flatMap((issue, index) => {
    const actions = fixes[index]?.actions ?? []
    const settled = actions.length === 0 ? undefined : settle(doc, actions)
    if (settled === undefined) return []
    const fixed = applyEdits(text, editsOf(text, settled.actions))
    const others = counted(issues.filter((other) => other !== issue))
    const after = counted(judging(options)(fixed))
    const added = [...after].filter(([mark, count]) => count > (others.get(mark) ?? 0)).map(([mark]) => mark)
    return [{ issue, text: fixed, isGone: !added.includes(markOf(issue)), added }]
  })
}

const markOf = ({ rule, message }: Issue): string => `${rule} ${message}`

function counted(issues: readonly Issue[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const issue of issues) counts.set(markOf(issue), (counts.get(markOf(issue)) ?? 0) + 1)
  return counts
}

/** The tokens of a JSON text: strings, numbers, words and punctuation as they are written. */
export function tokensOf(text: string): readonly string[] {
  if (readTree(text, 64).root === undefined) throw new Error('The text is not JSON.')
  return text.match(/"(?:[^"\\]|\\.)*"|[^\s"{}[\],:]+|[{}[\],:]/g) ?? []
}
