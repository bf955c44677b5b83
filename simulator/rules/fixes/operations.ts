import { append } from '../../ground/append.ts'
import { pointerToken } from '../../ground/text/json-pointer.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import type { FixAction } from './actions.ts'
import type { Document, NodePlace } from './document.ts'

/**
 * Settled actions as a JSON Patch on the sent value, from the end of the text to its beginning, so that no operation moves
 * the place of a later one. Values are moved rather than repeated: a number keeps its digits, and nothing is quoted.
 * Undefined where no patch can say it: a place that several properties of one name share, a number that a reader of JSON
 * would round, and more than five thousand operations.
 */
export function operationsOf(doc: Document, actions: readonly FixAction[]): readonly PatchOperation[] | undefined {
  const operations: PatchOperation[] = []
  for (const action of [...actions].sort(fromTheEnd)) {
    const made = isBeyondPatch(action) ? undefined : operationsFor(doc, action)
    if (made === undefined) return undefined
    append(operations, made)
    if (operations.length > MOST_OPERATIONS) return undefined
  }
  return operations
}

/** A longer patch is not a help to anybody; the fixed text is there. */
const MOST_OPERATIONS = 5_000

/** Two properties of one name have one pointer, and the root is not a member of anything. */
function isBeyondPatch({ does, at }: FixAction): boolean {
  return at.ambiguous || (at.parent === undefined && does !== 'add')
}

/** What is done to a value comes before what is done to the property around it; what is raised leaves before its list goes. */
function fromTheEnd(one: FixAction, other: FixAction): number {
  if (one.does === 'raise' || other.does === 'raise') return one.does === other.does ? 0 : one.does === 'raise' ? -1 : 1
  return startOf(other.at) - startOf(one.at) || RANK[one.does] - RANK[other.does]
}

const RANK = {
  raise: 0,
  add: 0,
  write: 0,
  null: 0,
  flatten: 1,
  unwrap: 1,
  wrap: 2,
  rename: 3,
  drop: 4,
} as const satisfies Record<FixAction['does'], number>

const startOf = ({ member, node }: NodePlace): number => member?.keyStart ?? node.start

function operationsFor(doc: Document, action: FixAction): readonly PatchOperation[] | undefined {
  const { at } = action
  const path = at.pointer
  switch (action.does) {
    case 'drop':
      return [{ op: 'remove', path }]
    case 'null':
      return [{ op: 'replace', path, value: null }]
    case 'write':
      return isExact(action.text) ? [{ op: 'replace', path, value: JSON.parse(action.text) }] : undefined
    case 'wrap':
      return wrapping(doc, at)
    case 'raise':
      return action.from.flatMap((list) =>
        list.node.items.map((): PatchOperation => ({ op: 'move', from: `${list.pointer}/0`, path: `${path}/-` })),
      )
    case 'add':
      return isExact(action.text)
        ? [{ op: 'add', path: `${path}/${pointerToken(action.key)}`, value: JSON.parse(action.text) }]
        : undefined
    case 'unwrap':
      // Among the items of a list, what is added does not take the place of what is there.
      return at.index === undefined ? [{ op: 'move', from: `${path}/0`, path }] : flattening(at)
    case 'flatten':
      return flattening(at)
    case 'rename':
      return [{ op: 'move', from: path, path: siblingOf(path, action.key) }]
  }
}

/** Whether JSON.parse keeps a number as it is written. */
function isExact(text: string): boolean {
  const value: unknown = JSON.parse(text)
  return typeof value !== 'number' || String(value) === text
}

/** A value cannot be moved into itself: it waits beside. */
function wrapping(doc: Document, { pointer: path, parent }: NodePlace): readonly PatchOperation[] {
  let key = '_moved'
  while (parent !== undefined && doc.named(parent.node, key).length > 0) key += '_'
  const aside = siblingOf(path, key)
  return [
    { op: 'move', from: path, path: aside },
    { op: 'add', path, value: [] },
    { op: 'move', from: aside, path: `${path}/0` },
  ]
}

/** The items leave from the last to the first, each to the place behind the inner list. */
function flattening({ node, pointer, parent, index = 0 }: NodePlace): readonly PatchOperation[] {
  const behind = `${parent?.pointer ?? ''}/${index + 1}`
  const moves = node.items
    .map((_, at): PatchOperation => ({ op: 'move', from: `${pointer}/${at}`, path: behind }))
    .reverse()
  return [...moves, { op: 'remove', path: pointer }]
}

function siblingOf(pointer: string, key: string): string {
  return `${pointer.slice(0, pointer.lastIndexOf('/'))}/${pointerToken(key)}`
}
