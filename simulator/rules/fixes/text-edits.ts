import { append } from '../../ground/append.ts'
import type { Edit } from '../json/edits.ts'
import type { JsonMember, JsonNode } from '../json/json-text.ts'
import type { FixAction } from './actions.ts'
import type { NodePlace } from './document.ts'

type Extent = Omit<Edit, 'text'>

/** The edits that carry out settled actions, in the order of the text. What is not named keeps its characters. */
export function editsOf(text: string, actions: readonly FixAction[]): readonly Edit[] {
  const gone = new Map<NodePlace, Set<number>>()
  const edits: Edit[] = []
  for (const action of actions) {
    if (action.does === 'drop') addDrop(gone, action.at)
    append(edits, editsFor(text, action))
  }
  for (const [parent, starts] of gone) append(edits, deletions(parent.node, starts))
  return edits.sort((one, other) => one.start - other.start || one.end - other.end)
}

/** Leads from an offset in the edited text back to the sent one; inside of an edit to its beginning. */
export function sentOffset(edits: readonly Edit[]): (offset: number) => number {
  const shifts: { readonly from: number; readonly shift: number; readonly start: number }[] = []
  let shift = 0
  for (const { start, end, text } of edits) {
    shifts.push({ from: start + shift, shift: Number.NaN, start })
    shift += text.length - (end - start)
    shifts.push({ from: end + shift, shift, start: end })
  }
  return (offset) => {
    const last = shifts[lastAtOrBefore(shifts, offset)]
    if (last === undefined) return offset
    return Number.isNaN(last.shift) ? last.start : offset - last.shift
  }
}

function lastAtOrBefore(shifts: readonly { readonly from: number }[], offset: number): number {
  let below = -1
  let above = shifts.length
  while (above - below > 1) {
    const middle = (below + above) >> 1
    if ((shifts[middle]?.from ?? 0) <= offset) below = middle
    else above = middle
  }
  return below
}

function addDrop(gone: Map<NodePlace, Set<number>>, place: NodePlace): void {
  const { parent } = place
  if (parent === undefined) return
  const starts = gone.get(parent)
  if (starts === undefined) gone.set(parent, new Set([startOf(place)]))
  else starts.add(startOf(place))
}

const startOf = ({ member, node }: NodePlace): number => member?.keyStart ?? node.start

function childrenOf({ members, items }: JsonNode): readonly Extent[] {
  return members.length > 0 ? members.map(({ keyStart, value }) => ({ start: keyStart, end: value.end })) : items
}

/** What is dropped is deleted with its siblings. */
function editsFor(text: string, action: FixAction): readonly Edit[] {
  const { node, member } = action.at
  const { start, end } = node
  switch (action.does) {
    case 'drop':
      return []
    case 'null':
      return [{ start, end, text: 'null' }]
    case 'write':
      return [{ start, end, text: action.text }]
    case 'wrap':
      return [insert(start, '['), insert(end, ']')]
    case 'unwrap':
      return around(node)
    case 'flatten':
      return [
        { start, end: start + 1, text: '' },
        { start: end - 1, end, text: '' },
      ]
    case 'raise':
      return [insert(node.items.at(-1)?.end ?? end - 1, raised(text, action.from))]
    case 'add':
      return [addition(text, node, action)]
    case 'rename':
      return member === undefined ? [] : [keyEdit(text, member, action.key)]
  }
}

const raised = (text: string, lists: readonly NodePlace[]): string =>
  lists.flatMap(({ node }) => node.items.map((item) => `, ${text.slice(item.start, item.end)}`)).join('')

/** A property after the last one, with the white space that stands before the first. */
function addition(
  text: string,
  { start, end, members }: JsonNode,
  { key, text: value }: { key: string; text: string },
): Edit {
  const [first] = members
  const last = members.at(-1)
  const property = `${JSON.stringify(key)}: ${value}`
  if (first === undefined || last === undefined) return insert(end - 1, property)
  return insert(last.value.end, `,${text.slice(start + 1, first.keyStart)}${property}`)
}

/** Between a name and its value is no other quote. */
function keyEdit(text: string, { keyStart, value }: JsonMember, key: string): Edit {
  return { start: keyStart, end: text.lastIndexOf('"', value.start - 1) + 1, text: JSON.stringify(key) }
}

const insert = (at: number, text: string): Edit => ({ start: at, end: at, text })

/** Deletes the brackets of a list and what is between them and its first item. */
function around({ start, end, items }: JsonNode): readonly Edit[] {
  const [item] = items
  if (item === undefined) return []
  return [
    { start, end: item.start, text: '' },
    { start: item.end, end, text: '' },
  ]
}

/** Deletes children of an object or list, told by where they start, with a comma each where others stay. */
export function deletions(parent: JsonNode, gone: ReadonlySet<number>): readonly Edit[] {
  const edits: Edit[] = []
  let kept: number | undefined
  let run: Extent | undefined
  for (const { start, end } of childrenOf(parent)) {
    if (gone.has(start)) run = kept === undefined ? { start: run?.start ?? start, end } : { start: kept, end }
    else {
      if (run !== undefined) edits.push({ start: run.start, end: kept === undefined ? start : run.end, text: '' })
      run = undefined
      kept = end
    }
  }
  if (run !== undefined) edits.push({ ...run, text: '' })
  return edits
}
