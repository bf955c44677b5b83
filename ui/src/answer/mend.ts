import { deletions } from '../../../simulator/rules/fixes/text-edits.ts'
import { applyEdits } from '../../../simulator/rules/json/edits.ts'
import { type JsonNode, locatorIn, readTree } from '../../../simulator/rules/json/json-text.ts'
import type { PayloadCheck } from '../data/api.ts'

/** What can be copied as the fix of a payload. */
export interface Mend {
  /** RFC 6902; `null` where no patch can say it, as for a comma too many. */
  readonly patch: readonly object[] | null
  /** The whole payload with the fixes in it; absent where it may not be shown. */
  readonly payload?: string
  /** How many errors it fixes, and of how many: those too that show only when the others are gone. */
  readonly fixed: number
  readonly of: number
  /** Elements that R4 does not have, which it removes with what is in them, as JSON Pointers. */
  readonly removed: readonly string[]
}

/** The mechanical fixes, and elements that R4 does not have left out. `undefined`: only the vendor knows what to write. */
export function mendOf(payload: string, { fixes, fixed }: PayloadCheck): Mend | undefined {
  const removed = fixes.rest.flatMap(({ rule, pointer }) =>
    rule === 'r4-unknown-element' && pointer !== undefined ? [pointer] : [],
  )
  if (fixes.fixed + removed.length === 0) return undefined
  const removals = removed.map((path) => ({ op: 'remove', path }))
  const beyondPatches = fixes.fixed > 0 && fixes.patch === null
  const whole = fixed ?? (fixes.fixed === 0 ? payload : undefined)
  return {
    patch: beyondPatches ? null : [...(fixes.patch ?? []), ...removals],
    ...(whole === undefined ? {} : { payload: withoutMembers(whole, removed) }),
    fixed: fixes.fixed + removed.length,
    of: fixes.fixed + fixes.rest.length + fixes.beyond,
    removed,
  }
}

/** JSON is nested at most this deep. */
const DEPTH = 1_000

/** The text without members of objects, given as JSON Pointers; all else keeps its characters. */
function withoutMembers(text: string, pointers: readonly string[]): string {
  const { root } = readTree(text, DEPTH)
  if (root === undefined) return text
  const at = locatorIn(root)
  const gone = new Map<JsonNode, Set<number>>()
  for (const pointer of pointers) {
    const parent = at(pointer.slice(0, pointer.lastIndexOf('/')))?.node
    const start = at(pointer)?.keyStart
    if (parent && start !== undefined) gone.set(parent, (gone.get(parent) ?? new Set()).add(start))
  }
  const edits = Array.from(gone, ([parent, starts]) => deletions(parent, starts)).flat()
  return applyEdits(
    text,
    edits.sort((one, other) => one.start - other.start),
  )
}
