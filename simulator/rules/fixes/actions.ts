import type { Document, NodePlace } from './document.ts'

/**
 * What a fix does to one place of the sent text.
 * - `drop`: the property or item goes. So does an object or array that is empty thereby.
 * - `null`: null keeps the place of an item whose companion stays.
 * - `wrap`: the value becomes a list of one; `unwrap`: a list of one becomes the value in it.
 * - `flatten`: the items of a list in a list become items of the outer one.
 * - `rename`: the property gets another name; `write`: the value gets another text.
 * - `raise`: the items of the lists in `from` are added to the list.
 * - `add`: the object gets a property.
 */
export type FixAction =
  | { readonly does: 'drop' | 'null' | 'wrap' | 'unwrap' | 'flatten'; readonly at: NodePlace }
  | { readonly does: 'rename'; readonly at: NodePlace; readonly key: string }
  | { readonly does: 'write'; readonly at: NodePlace; readonly text: string }
  | { readonly does: 'raise'; readonly at: NodePlace; readonly from: readonly NodePlace[] }
  | { readonly does: 'add'; readonly at: NodePlace; readonly key: string; readonly text: string }

/** Actions that can be carried out together, and the places that go without being asked for: they would be empty. */
export interface Settled {
  readonly actions: readonly FixAction[]
  readonly emptied: readonly NodePlace[]
}

/**
 * Completes actions: what is empty after them goes too, and nothing is done inside of what goes. Undefined when something
 * would have to go that R4 makes mandatory, or the whole resource.
 */
export function settle(doc: Document, actions: readonly FixAction[]): Settled | undefined {
  const { dropped, blocked } = spread(doc, actions)
  if (blocked.length > 0) return undefined
  const asked = new Set(actions.filter(({ does }) => does === 'drop').map(({ at }) => at))
  const emptied = [...dropped].filter((place) => !asked.has(place))
  const drops = emptied.map((at): FixAction => ({ does: 'drop', at }))
  const stays = ({ does, at }: FixAction) => !isInside(at, dropped) && (does === 'drop' || !dropped.has(at))
  return { actions: unique([...actions, ...drops]).filter(stays), emptied }
}

/** What goes: the places to drop, and each object and list all of whose contents go; `blocked` are those that may not. */
export function spread(doc: Document, actions: readonly FixAction[]) {
  const dropped = new Set(actions.filter(({ does }) => does === 'drop').map(({ at }) => at))
  const gone = new Map<NodePlace, number>()
  const blocked: NodePlace[] = []
  const lose = ({ parent, node }: NodePlace) => {
    if (parent === undefined || (node.kind === 'null' && doc.keepsPlaces(parent))) return
    const count = (gone.get(parent) ?? 0) + 1
    gone.set(parent, count)
    if (count !== doc.contentOf(parent) || dropped.has(parent)) return
    if (mayGo(doc, parent, dropped)) dropped.add(parent)
    else blocked.push(parent)
  }
  for (const { does, at } of actions) if (does === 'null' && !dropped.has(at)) lose(at)
  // A set that grows is walked to its end.
  for (const place of dropped) lose(place)
  return { dropped, blocked }
}

/** Whether R4 lets a value be left out where it stands, once the places in `dropped` are gone. */
export function mayGo(doc: Document, place: NodePlace, dropped: ReadonlySet<NodePlace> = new Set()): boolean {
  const { parent, member, property } = place
  if (parent === undefined) return false
  if (member === undefined || property === undefined || !property.element.mandatory) return true
  return doc.forElement(parent, property.element.name).some((other) => other !== place && !dropped.has(other))
}

/** Whether something around a place is one of those. */
export function isInside({ parent }: NodePlace, those: ReadonlySet<NodePlace>): boolean {
  for (let around = parent; around !== undefined; around = around.parent) {
    if (those.has(around)) return true
  }
  return false
}

/** The first of the actions that do the same to one place. */
function unique(actions: readonly FixAction[]): readonly FixAction[] {
  const seen = new Map<NodePlace, Set<FixAction['does']>>()
  return actions.filter(({ does, at }) => {
    const done = seen.get(at) ?? new Set()
    seen.set(at, done)
    return done.size < done.add(does).size
  })
}
