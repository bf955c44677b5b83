import type { FixAction } from './actions.ts'
import { advise } from './advice.ts'
import type { Document, NodePlace } from './document.ts'
import { type Case, type Fix, inWords } from './fix.ts'

/** Resources inside of contained resources move to the outermost list, when no two would have the same id there. */
export function nestedContained({ doc, place }: Case): Fix | undefined {
  const outer = outermost(place)
  if (outer?.node.kind !== 'array') return undefined
  const inner = doc.items(outer).flatMap((item) => doc.child(item, 'contained') ?? [])
  const items = [outer, ...inner].flatMap((list) => doc.items(list))
  const ids = items.flatMap((item) => doc.child(item, 'id') ?? []).map((id) => doc.raw(id))
  const canMove =
    inner.every((list) => list.node.kind === 'array' && hasMore(doc, list)) && new Set(ids).size === ids.length
  if (!canMove) return inWords(advise('nested'))
  const drops = inner.map((at): FixAction => ({ does: 'drop', at }))
  return { advice: advise('raise'), actions: [{ does: 'raise', at: outer, from: inner }, ...drops] }
}

/** The list `contained` that lies in no other. */
function outermost(place: NodePlace): NodePlace | undefined {
  let found: NodePlace | undefined
  for (let one: NodePlace | undefined = place; one !== undefined; one = one.parent) {
    if (one.member?.key === 'contained') found = one
  }
  return found
}

/** Whether the resource around a list has something else. */
function hasMore(doc: Document, { parent }: NodePlace): boolean {
  return (
    parent !== undefined &&
    doc.members(parent).some(({ member }) => !['resourceType', 'contained'].includes(member?.key ?? ''))
  )
}
