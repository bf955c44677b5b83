import { type FixAction, isInside, settle, spread } from './actions.ts'
import type { Document, NodePlace } from './document.ts'
import type { Fix } from './fix.ts'

/** Fixes that go together: which of those given, and what they do. */
export interface Compatible {
  readonly indexes: readonly number[]
  readonly actions: readonly FixAction[]
}

type Candidate = { readonly index: number; readonly actions: readonly FixAction[] }

/** Takes each fix that does not contradict one before it, and that leaves nothing mandatory empty with the others. */
export function compatible(doc: Document, fixes: readonly (Fix | undefined)[]): Compatible {
  const done = new Deeds()
  const mechanical = fixes
    .map((fix, index): Candidate => ({ index, actions: fix?.actions ?? [] }))
    .filter(({ actions }) => actions.length > 0)
  // What is raised takes its text along as it is: its own fixes come first.
  const calm = mechanical.filter(({ actions }) => !actions.some(({ does }) => does === 'raise'))
  const taken = (calm.length > 0 ? calm : mechanical.slice(0, 1)).filter(({ actions }) => done.add(actions))
  const kept = withoutBlocked(doc, taken)
  const settled = settle(
    doc,
    kept.flatMap(({ actions }) => actions),
  )
  return { indexes: kept.map(({ index }) => index), actions: settled?.actions ?? [] }
}

/** Leaves out the fixes that would together empty what may not be empty. */
function withoutBlocked(doc: Document, candidates: readonly Candidate[]): readonly Candidate[] {
  const { blocked } = spread(
    doc,
    candidates.flatMap(({ actions }) => actions),
  )
  if (blocked.length === 0) return candidates
  const those = new Set(blocked)
  const left = candidates.filter(
    ({ actions }) => !actions.some(({ does, at }) => does === 'drop' && isInside(at, those)),
  )
  return withoutBlocked(doc, left)
}

const SLOTS = {
  drop: 'existence',
  null: 'value',
  write: 'value',
  raise: 'items',
  add: 'members',
  wrap: 'shape',
  unwrap: 'shape',
  flatten: 'shape',
  rename: 'name',
} as const satisfies Record<FixAction['does'], string>

type Slot = (typeof SLOTS)[FixAction['does']]

/** What was decided for each place, so that nothing is decided twice in two ways. */
class Deeds {
  private readonly byPlace = new Map<NodePlace, Map<Slot, string>>()
  private readonly names = new Map<NodePlace, Set<string>>()
  /** Lists that lose items, and lists that are flattened: a patch counts the items of those. */
  private readonly shrinking = new Set<NodePlace>()
  private readonly flattened = new Set<NodePlace>()

  /** Whether the actions agree with all before; only then they are noted. */
  add(actions: readonly FixAction[]): boolean {
    if (!actions.every((action) => this.agrees(action))) return false
    for (const action of actions) this.note(action)
    return true
  }

  private agrees(action: FixAction): boolean {
    const { at, does } = action
    const before = this.byPlace.get(at)?.get(SLOTS[does])
    if (before !== undefined) return before === deedOf(action)
    if (does === 'flatten') return !this.shrinking.has(at)
    if (does === 'drop') return at.parent === undefined || !this.flattened.has(at.parent)
    return does !== 'rename' || at.parent === undefined || !this.names.get(at.parent)?.has(action.key)
  }

  private note(action: FixAction): void {
    const { at, does } = action
    const deeds = this.byPlace.get(at) ?? new Map<Slot, string>()
    this.byPlace.set(at, deeds.set(SLOTS[does], deedOf(action)))
    if (does === 'flatten') this.flattened.add(at)
    if (at.parent === undefined) return
    if (does === 'drop') this.shrinking.add(at.parent)
    if (does === 'rename') this.names.set(at.parent, (this.names.get(at.parent) ?? new Set()).add(action.key))
  }
}

function deedOf(action: FixAction): string {
  if (action.does === 'rename') return `rename ${action.key}`
  if (action.does === 'add') return `add ${action.key} ${action.text}`
  return action.does === 'write' ? `write ${action.text}` : action.does
}
