import { pointerToken } from '../json/json-text.ts'
import type { Correction, CorrectionKind, PatchOperation } from './correct.ts'
import { applyEdits, deleteChildren, type Edit } from './correct-edits.ts'
import { type MovedText, movedTexts, type Part } from './correct-move.ts'
import { type LenientReading, listOf, type ReadElement, type ReadObject } from './lenient.ts'
import { childPointer, effectiveMembers, jsonValue, type SourceMember, type SourceNode } from './lenient-json.ts'

interface Place {
  readonly pointer: string
  readonly expression: string
}

/** What correcting a value came to: whether it is still there, and the changes to it. */
interface Outcome {
  readonly kept: boolean
  readonly edits: readonly Edit[]
  readonly operations: readonly PatchOperation[]
}

/** A correction, and where it stands in the text. */
interface Noted {
  readonly offset: number
  readonly correction: Correction
}

const UNTOUCHED: Outcome = { kept: true, edits: [], operations: [] }
const GONE: Outcome = { kept: false, edits: [], operations: [] }

/**
 * Compares a text with what the permissive parser read of it, and makes the corrections, the edits of the text and the patch
 * of the JSON value from the difference. One corrector, one text.
 */
export class Corrector {
  private readonly noted: Noted[] = []
  private edits: Edit[] = []
  /** In the order of the text: carried out from the last to the first, no path is moved by another. */
  private operations: PatchOperation[] = []
  private hasDuplicates = false
  private readonly text: string
  private readonly reading: LenientReading
  private readonly documentedOnly: boolean

  constructor(text: string, reading: LenientReading, mode: 'since-2026-03' | 'documented-only') {
    this.text = text
    this.reading = reading
    this.documentedOnly = mode === 'documented-only'
  }

  correct() {
    const { root } = this.reading
    const { edits, operations } = this.object(root, { pointer: '', expression: root.type.name })
    const inOrder = this.noted.sort((one, other) => one.offset - other.offset)
    return {
      corrections: inOrder.map(({ correction }) => correction),
      edited: applyEdits(this.text, 0, this.text.length, edits),
      patch: this.hasDuplicates ? undefined : [...operations].reverse(),
    }
  }

  /** Corrects the members of an object. It is gone when none is left. */
  private object({ source, elements, ignored }: ReadObject, place: Place): Outcome {
    return this.collect(() => {
      const gone = new Set<SourceMember>()
      for (const member of this.duplicates(source)) this.ignore(member, place, gone)
      for (const member of ignored) this.ignore(member, place, gone)
      for (const element of elements) this.element(element, place, gone)
      if (gone.size === source.members.length) return false
      this.edits.push(...deleteChildren(source.members.map(extentOf), new Set([...gone].map(extentStart))))
      return true
    })
  }

  /** Runs `work` with its own list of changes; what it changed counts only when something is left. */
  private collect(work: () => boolean): Outcome {
    const { edits, operations } = this
    this.edits = []
    this.operations = []
    const kept = work()
    const outcome = kept ? { kept, edits: this.edits, operations: this.operations } : GONE
    this.edits = edits
    this.operations = operations
    return outcome
  }

  private add({ edits, operations }: Outcome): void {
    for (const edit of edits) this.edits.push(edit)
    for (const operation of operations) this.operations.push(operation)
  }

  private duplicates(source: SourceNode): readonly SourceMember[] {
    const effective = effectiveMembers(source)
    if (effective.length === source.members.length) return []
    this.hasDuplicates = true
    const counted = new Set(effective)
    return this.documentedOnly ? [] : source.members.filter((member) => !counted.has(member))
  }

  /** A property that the parser passes over: empty, `fhir_comments`, or an earlier one of its name. */
  private ignore(member: SourceMember, owner: Place, gone: Set<SourceMember>): void {
    if (!this.mayDrop(member, member.value)) return
    const place = memberPlace(owner, member, member.key.replace(/^_/, ''))
    this.noteIgnored(member, place)
    this.remove(member, place, gone)
  }

  private noteIgnored({ value }: SourceMember, place: Place): void {
    if (value.kind !== 'array' || value.items.length === 0 || this.isContent(value)) {
      this.note(this.isContent(value) ? 'drop' : 'drop-empty', value, place, null)
      return
    }
    value.items.forEach((item, index) => {
      this.note(item.kind === 'array' ? 'drop' : 'drop-empty', item, itemPlace(place, index), null)
    })
  }

  /** Whether there is something in it: then it is no empty value that goes. */
  private isContent(node: SourceNode): boolean {
    if (node.kind === 'array') return node.items.some((item) => item.kind !== 'array' && this.isContent(item))
    if (node.kind === 'object') return node.members.length > 0
    return node.kind !== 'null' && node.text.trim() !== ''
  }

  private remove(member: SourceMember, { pointer }: Place, gone: Set<SourceMember>): void {
    gone.add(member)
    this.operations.push({ op: 'remove', path: pointer })
  }

  private element(read: ReadElement, owner: Place, gone: Set<SourceMember>): void {
    if (!this.documentedOnly && this.isMoved(read)) {
      this.move(read, owner, gone)
      return
    }
    const outcomes = [read.main, read.companion].map((member) => this.itemsOf(member, read, owner))
    for (const [at, member] of [read.main, read.companion].entries()) {
      if (member === undefined) continue
      const [own = [], other = []] = at === 0 ? outcomes : [outcomes[1], outcomes[0]]
      this.member(member, read, memberPlace(owner, member, read.property.element.name), own, other, gone)
    }
  }

  /** Whether parts stand in `name` where they belong in `_name`, or in `_name` where there is none. */
  private isMoved({ property, main, companion }: ReadElement): boolean {
    const { readings } = this.reading
    if (property.kind === 'primitive') return listOf(main).some((node) => 'object' in (readings.get(node) ?? {}))
    return property.kind !== 'native' && listOf(companion).some((node) => readings.has(node))
  }

  private itemsOf(member: SourceMember | undefined, read: ReadElement, owner: Place): Outcome[] {
    if (member === undefined) return []
    const place = memberPlace(owner, member, read.property.element.name)
    return listOf(member).map((node, index) => this.value(node, member, inItem(place, member, read, index)))
  }

  private value(node: SourceNode, member: SourceMember, place: Place): Outcome {
    const reading = this.reading.readings.get(node)
    if (reading === undefined) return this.mayDrop(member, node) ? GONE : UNTOUCHED
    if ('object' in reading) return this.object(reading.object, place)
    return this.literal(node, reading.token, place)
  }

  private literal(node: SourceNode, token: string, place: Place): Outcome {
    const sent = node.kind === 'string' ? JSON.stringify(node.text) : node.text
    if (token === sent || this.documentedOnly) return UNTOUCHED
    const value: unknown = JSON.parse(token)
    this.note(node.kind === 'string' && typeof value === 'string' ? 'trim' : 'retype', node, place, value)
    return {
      kept: true,
      edits: [{ start: node.start, end: node.end, text: token }],
      operations: [{ op: 'replace', path: place.pointer, value }],
    }
  }

  /** Corrects one property, given what became of its values and of those of its counterpart. */
  private member(
    member: SourceMember,
    read: ReadElement,
    place: Place,
    own: readonly Outcome[],
    other: readonly Outcome[],
    gone: Set<SourceMember>,
  ): void {
    const notedBefore = this.noted.length
    const outcome = this.collect(() => {
      this.items(member, read, place, own, other)
      return own.some(({ kept }) => kept) || (own.length === 0 && !this.mayDrop(member, member.value))
    })
    if (outcome.kept) {
      this.shape(member, read, place, own, outcome)
      return
    }
    const onlyNulls = listOf(member).every(({ kind }) => kind === 'null')
    if (onlyNulls && this.noted.length === notedBefore) this.note('drop-empty', member.value, place, null)
    this.remove(member, place, gone)
  }

  private items(
    member: SourceMember,
    read: ReadElement,
    place: Place,
    own: readonly Outcome[],
    other: readonly Outcome[],
  ): void {
    const nodes = listOf(member)
    const gone = new Set<number>()
    nodes.forEach((node, index) => {
      const outcome = own[index] ?? GONE
      if (outcome.kept) {
        this.add(outcome)
        return
      }
      const at = inItem(place, member, read, index)
      const keepsPlace = read.property.repeats && member.value.kind === 'array' && other[index]?.kept === true
      if (keepsPlace && node.kind === 'null') return
      if (!this.reading.readings.has(node)) this.note(node.kind === 'array' ? 'drop' : 'drop-empty', node, at, null)
      if (keepsPlace) this.replace(node, at)
      else {
        gone.add(node.start)
        this.operations.push({ op: 'remove', path: at.pointer })
      }
    })
    if (member.value.kind === 'array') this.edits.push(...deleteChildren(nodes, gone))
  }

  /** Null keeps the place of a value whose counterpart stays. */
  private replace(node: SourceNode, { pointer }: Place): void {
    this.edits.push({ start: node.start, end: node.end, text: 'null' })
    this.operations.push({ op: 'replace', path: pointer, value: null })
  }

  /** Makes an array of a value, a value of an array, and gives the property its name. */
  private shape(
    member: SourceMember,
    read: ReadElement,
    place: Place,
    own: readonly Outcome[],
    outcome: Outcome,
  ): void {
    const { value } = member
    const isArray = value.kind === 'array'
    const wraps = !isArray && read.property.repeats && (!this.documentedOnly || value.kind === 'object')
    const unwraps = isArray && !read.property.repeats && !this.documentedOnly
    const name = member.key.startsWith('_') ? `_${read.name}` : read.name
    const renames = name !== member.key && !this.documentedOnly
    if (!wraps && !unwraps && !renames) {
      this.add(outcome)
      return
    }
    const inner = unwraps ? (own.findLast(({ kept }) => kept) ?? outcome) : outcome
    const shaped = wraps ? wrapped(value, inner.edits) : unwraps ? unwrapped(value, own, inner.edits) : inner.edits
    const after: unknown = this.parse(applyEdits(this.text, value.start, value.end, shaped))
    if (wraps) this.note('wrap', value, place, after)
    if (unwraps) this.note('unwrap', value, place, after)
    for (const edit of shaped) this.edits.push(edit)
    if (renames) this.rename(member, name, place, after)
    else this.operations.push({ op: 'replace', path: place.pointer, value: after })
  }

  private rename(member: SourceMember, name: string, place: Place, value: unknown): void {
    const { key, keyStart, keyEnd } = member
    const correction: Correction = { kind: 'rename', ...place, before: key, after: name }
    this.noted.push({ offset: keyStart, correction })
    this.edits.push({ start: keyStart, end: keyEnd, text: JSON.stringify(name) })
    const path = `${place.pointer.slice(0, place.pointer.lastIndexOf('/'))}/${pointerToken(name)}`
    this.operations.push({ op: 'add', path, value }, { op: 'remove', path: place.pointer })
  }

  /** Writes `name` and `_name` anew, each with what belongs in it. */
  private move(read: ReadElement, owner: Place, gone: Set<SourceMember>): void {
    const members = [read.main, read.companion].filter((member) => member !== undefined)
    const parts = this.partsOf(read, owner)
    const [first, ...others] = members.sort((one, other) => one.keyStart - other.keyStart)
    if (first === undefined) return
    const after = Object.fromEntries(parts.map(([name, text]) => [name, this.parse(text)]))
    for (const [name, value] of Object.entries(after)) {
      this.operations.push({ op: 'add', path: childPointer(owner.pointer, name), value })
    }
    for (const member of members) this.remove(member, memberPlace(owner, member, ''), gone)
    const before = Object.fromEntries(members.map(({ key, value }) => [key, jsonValue(value)]))
    const correction: Correction = {
      kind: 'move',
      ...memberPlace(owner, first, read.property.element.name),
      before,
      after,
    }
    this.noted.push({ offset: first.keyStart, correction })
    if (parts.length === 0) return
    gone.delete(first)
    const text = parts.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')
    this.edits.push({ start: first.keyStart, end: first.value.end, text })
    for (const member of others) gone.add(member)
  }

  /** The texts of `name` and `_name` after the move; those without content are left out. */
  private partsOf(read: ReadElement, owner: Place): readonly MovedText[] {
    const [mains = [], companions = []] = [read.main, read.companion].map((member) => {
      const outcomes = this.itemsOf(member, read, owner)
      return listOf(member).map((node, index) => this.part(node, outcomes[index] ?? GONE))
    })
    return movedTexts(read, mains, companions)
  }

  private part(node: SourceNode, { kept, edits }: Outcome): Part | undefined {
    const reading = this.reading.readings.get(node)
    if (!kept || reading === undefined) return undefined
    return { isObject: 'object' in reading, text: applyEdits(this.text, node.start, node.end, edits) }
  }

  private mayDrop({ key, value }: SourceMember, node: SourceNode): boolean {
    return !this.documentedOnly || (key === 'value' && value === node && node.kind === 'string' && node.text === '')
  }

  private note(kind: CorrectionKind, node: SourceNode, place: Place, after: unknown): void {
    this.noted.push({ offset: node.start, correction: { kind, ...place, before: jsonValue(node), after } })
  }

  private parse(text: string): unknown {
    try {
      return JSON.parse(text)
    } catch {
      return text
    }
  }
}

function wrapped({ start, end }: SourceNode, inner: readonly Edit[]): readonly Edit[] {
  return [{ start, end: start, text: '[' }, ...inner, { start: end, end, text: ']' }]
}

/** Only the last value counts where the parser takes more than one. */
function unwrapped(array: SourceNode, own: readonly Outcome[], inner: readonly Edit[]): readonly Edit[] {
  const item = array.items[own.findLastIndex(({ kept }) => kept)]
  if (item === undefined) return inner
  return [{ start: array.start, end: item.start, text: '' }, ...inner, { start: item.end, end: array.end, text: '' }]
}

const extentStart = ({ keyStart }: SourceMember): number => keyStart

function extentOf({ keyStart, value }: SourceMember): { readonly start: number; readonly end: number } {
  return { start: keyStart, end: value.end }
}

function memberPlace({ pointer, expression }: Place, { key }: SourceMember, element: string): Place {
  const name = /^[A-Za-z_]\w*$/.test(element) ? element : `\`${element}\``
  return { pointer: childPointer(pointer, key), expression: `${expression}.${name}` }
}

function itemPlace({ pointer, expression }: Place, index: number): Place {
  return { pointer: childPointer(pointer, index), expression: `${expression}[${index}]` }
}

/** The place of one value: with an index in the pointer where the JSON has an array, in the expression where R4 has one. */
function inItem(place: Place, { value }: SourceMember, { property }: ReadElement, index: number): Place {
  const pointer = value.kind === 'array' ? childPointer(place.pointer, index) : place.pointer
  const isRead = value.kind === 'object' || value.kind === 'array'
  const expression = property.repeats && isRead ? `${place.expression}[${index}]` : place.expression
  return { pointer, expression }
}
