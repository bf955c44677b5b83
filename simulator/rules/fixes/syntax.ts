import { MAX_DEPTH } from '../fhir/walker.ts'
import type { Edit } from '../json/edits.ts'
import { type Advice, advise } from './advice.ts'
import { repairJson } from './repair.ts'

/** The answer to a text that is not JSON: no JSON Patch can say it. */
export interface SyntaxFix {
  readonly advice: Advice
  /** What makes it JSON; empty where somebody has to look. */
  readonly edits: readonly Edit[]
}

/** Says what keeps a text from being JSON, at the first place where something does, and mends what can be mended. */
export function mendSyntax(text: string): SyntaxFix {
  if (/^\s*<[\w?!]/.test(text)) return { advice: advise('json-xml'), edits: [] }
  const { repairs, stop } = repairJson(text, MAX_DEPTH)
  const [first] = repairs
  if (stop !== undefined) {
    const isFirst = first === undefined || stop.offset < first.start
    return { advice: advise(isFirst ? stop.kind : first.kind), edits: [] }
  }
  if (first === undefined) return { advice: advise('json'), edits: [] }
  const advice = advise(first.kind)
  if (repairs.length === 1) return { advice, edits: repairs }
  return { advice: advise('json-more', { first: advice, count: repairs.length }), edits: repairs }
}
