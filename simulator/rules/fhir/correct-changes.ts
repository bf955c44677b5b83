import { applyEdits, type Edit } from '../json/edits.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import type { Correction, CorrectionKind } from './correct.ts'
import { deleteChildren } from './correct-edits.ts'
import { isExact, isExactNumber, shownText, shownValue } from './correct-exact.ts'
import { type MovedText, movedTexts, type Part } from './correct-move.ts'
import { extentOf, extentStart, GONE, type Rewrite, UNTOUCHED, unwrapped, wrapped } from './correct-outcome.ts'
import { freeName, moved, reshaped } from './correct-patch.ts'
import { inItem, itemPlace, memberPlace, type SentPlace } from './correct-place.ts'
import { literalChange } from './correct-value.ts'
import { childPointer } from './lenient-json.ts'
import { type SourceMember, SourceNode } from './lenient-nodes.ts'
import { listOf } from './lenient-pairs.ts'
import type { ReadElement, ReadObject } from './lenient-read.ts'

/** What the parser read of a value. */
type Reading = { readonly token: string } | { readonly object: ReadObject }

/** A property that is corrected: the member, what was read of it, the object around it, and where it is. */
interface Site {
  readonly member: SourceMember
  readonly read: ReadElement
  readonly source: SourceNode
  readonly place: SentPlace
}

/** A correction, and where it stands in the text. */
interface Noted {
  readonly offset: number
  readonly correction: Correction
}

/** More corrections than these are only counted; a patch of more operations is none that anybody reads. */
const MOST_CORRECTIONS = 1000
const MOST_OPERATIONS = 1000
/** A replaced value that is longer is moved instead. In UTF-16 code units. */
const LONGEST_REPLACED = 1000

/** What the corrections of a text come to. */
export interface Changes {
  readonly corrections: readonly Correction[]
  /** How many corrections there are beyond those. */
  readonly moreCorrections: number
  readonly edited: string
  readonly patch: readonly PatchOperation[] | undefined
}

/**
 * Compares a text with what the permissive parser read of it, and makes the corrections, the edits of the text and the patch
 * of the JSON value from the difference. One corrector, one text.
 */
export class Corrector {
  private readonly noted: Noted[] = []
  private edits: Edit[] = []
  /** In the order of the text: carried out from the last to the first, no path is moved by another. */
  private operations: PatchOperation[] = []
  /** Those that give members of the object at hand their names: carried out when all else in it is done. */
  private renames: PatchOperation[] = []
  private noteCount = 0
  /** Whether a patch cannot say all: names occur twice, or a new value would not keep its digits. */
  private isUnsayable = false
  private readonly readings = new Map<SourceNode, Reading>()
  private readonly text: string
  private readonly root: ReadObject
  private readonly documentedOnly: boolean

  constructor(text: string, root: ReadObject, mode: 'since-2026-03' | 'documented-only') {
    this.text = text
    this.root = root
    this.documentedOnly = mode === 'documented-only'
  }

  correct(): Changes {
    const { root } = this
    const { edits, operations } = this.object(root, { pointer: '', expression: root.type.name })
    const inOrder = this.noted.sort((one, other) => one.offset - other.offset)
    return {
      corrections: inOrder.map(({ correction }) => correction),
      moreCorrections: this.noteCount - this.noted.length,
      edited: applyEdits(this.text, edits),
      patch: this.isUnsayable || operations.length > MOST_OPERATIONS ? undefined : [...operations].reverse(),
    }
  }

  /** Corrects the members of an object. It is gone when none is left. */
  private object(read: ReadObject, place: SentPlace): Rewrite {
    if (!read.isChanged) return read.source.members.length === 0 ? GONE : UNTOUCHED
    const { source, elements, ignored } = read
    const outer = this.renames
    this.renames = []
    const outcome = this.collect(() => {
      const gone = new Set<SourceMember>()
      for (const member of this.duplicates(source)) this.ignore(member, place, gone)
      for (const member of ignored) this.ignore(member, place, gone)
      for (const element of elements) this.element(element, source, place, gone)
      if (gone.size === source.members.length) return false
      const starts = new Set([...gone].map(extentStart))
      for (const edit of deleteChildren(source.members.map(extentOf), starts)) this.edits.push(edit)
      this.operations = [...this.renames, ...this.operations]
      return true
    })
    this.renames = outer
    return outcome
  }

  /** Runs `work` with its own list of changes; what it changed counts only when something is left. */
  private collect(work: () => boolean): Rewrite {
    const { edits, operations } = this
    this.edits = []
    this.operations = []
    const kept = work()
    const outcome = kept ? { kept, edits: this.edits, operations: this.operations } : GONE
    this.edits = edits
    this.operations = operations
    return outcome
  }

  private add({ edits, operations }: Rewrite): void {
    for (const edit of edits) this.edits.push(edit)
    for (const operation of operations) this.operations.push(operation)
  }

  private duplicates(source: SourceNode): readonly SourceMember[] {
    const { effective } = source
    if (effective.length === source.members.length) return []
    this.isUnsayable = true
    const counted = new Set(effective)
    return this.documentedOnly ? [] : source.members.filter((member) => !counted.has(member))
  }

  /** A property that the parser passes over: empty, `fhir_comments`, or an earlier one of its name. */
  private ignore(member: SourceMember, owner: SentPlace, gone: Set<SourceMember>): void {
    if (!this.mayDrop(member, member.value)) return
    const place = memberPlace(owner, member, member.key.replace(/^_/, ''))
    this.noteIgnored(member, place)
    this.remove(member, place, gone)
  }

  private noteIgnored({ value }: SourceMember, place: SentPlace): void {
    if (value.kind !== 'array' || value.items.length === 0 || this.isContent(value)) {
      this.note(this.isContent(value) ? 'drop' : 'drop-empty', value, place, null)
      return
    }
    value.items.forEach((item, index) => {
      this.note(item.kind === 'array' ? 'drop' : 'drop-empty', item, itemPlace(place, index), null)
    })
  }

  /** Whether there is something in it: then it is not an empty value that goes. */
  private isContent(node: SourceNode): boolean {
    if (node.kind === 'array') return node.items.some((item) => item.kind !== 'array' && this.isContent(item))
    if (node.kind === 'object') return node.members.length > 0
    return node.kind !== 'null' && (node.kind !== 'string' || node.text.trim() !== '')
  }

  private remove(member: SourceMember, { pointer }: SentPlace, gone: Set<SourceMember>): void {
    gone.add(member)
    this.operations.push({ op: 'remove', path: pointer })
  }

  private element(read: ReadElement, source: SourceNode, owner: SentPlace, gone: Set<SourceMember>): void {
    this.register(read)
    if (!this.documentedOnly && this.isMoved(read)) {
      this.move(read, owner, gone)
      return
    }
    const outcomes = [read.main, read.companion].map((member) => this.itemsOf(member, read, owner))
    for (const [at, member] of [read.main, read.companion].entries()) {
      if (member === undefined) continue
      const [own = [], other = []] = at === 0 ? outcomes : [outcomes[1], outcomes[0]]
      const place = memberPlace(owner, member, read.property.element.name)
      this.member({ member, read, source, place }, own, other, gone)
    }
  }

  /** Makes what was read of each value known. */
  private register({ values }: ReadElement): void {
    for (const { main, companion, token, object } of values) {
      if (main !== undefined && main === object?.source) this.readings.set(main, { object })
      else if (main !== undefined && token !== undefined) this.readings.set(main, { token })
      if (companion !== undefined && companion === object?.source) this.readings.set(companion, { object })
    }
  }

  /** Whether parts stand in `name` where they belong in `_name`, or in `_name` where there is none. */
  private isMoved({ property, main, companion }: ReadElement): boolean {
    const { readings } = this
    if (property.kind === 'primitive') return listOf(main).some((node) => 'object' in (readings.get(node) ?? {}))
    return property.kind !== 'native' && listOf(companion).some((node) => readings.has(node))
  }

  private itemsOf(member: SourceMember | undefined, read: ReadElement, owner: SentPlace): Rewrite[] {
    if (member === undefined) return []
    const place = memberPlace(owner, member, read.property.element.name)
    const { typeName } = read.property
    return listOf(member).map((node, index) => {
      const reading = this.readings.get(node)
      if (reading === undefined) return this.mayDrop(member, node) ? GONE : UNTOUCHED
      const at = inItem(place, member, read, index)
      return 'object' in reading ? this.object(reading.object, at) : this.literal(node, reading.token, typeName, at)
    })
  }

  /** A value that VKP only writes otherwise stays as it is in the sent text: JFT takes it, or it is not for us to change. */
  private literal(node: SourceNode, token: string, typeName: string, place: SentPlace): Rewrite {
    if (this.documentedOnly || !this.isRewritten(node, token)) return UNTOUCHED
    const sent = this.text.slice(node.start, node.end)
    const kind = literalChange(node, sent, token, typeName)
    if (kind === 'rewrite' || kind === 'change-value') {
      this.noteAs(kind, node.start, place, node.kind === 'string' ? node.text : sent, writtenText(token))
      return UNTOUCHED
    }
    this.note(kind, node, place, shownText(token))
    if (!token.startsWith('"') && /\d/.test(token) && !isExactNumber(token)) this.isUnsayable = true
    return {
      kept: true,
      edits: [{ start: node.start, end: node.end, text: token }],
      operations: [{ op: 'replace', path: place.pointer, value: JSON.parse(token) }],
    }
  }

  /** Whether the token says anything else than what was sent; how a string is escaped is nothing. */
  private isRewritten({ kind, text, start, end }: SourceNode, token: string): boolean {
    const sent = this.text.slice(start, end)
    if (kind !== 'string') return token !== sent
    return /\\u[dD]/.test(sent) || !token.startsWith('"') || JSON.parse(token) !== text
  }

  /** Corrects one property, given what became of its values and of those of its counterpart. */
  private member(site: Site, own: readonly Rewrite[], other: readonly Rewrite[], gone: Set<SourceMember>): void {
    const { member, read, place } = site
    const notedBefore = this.noteCount
    const outcome = this.collect(() => {
      this.items(member, read, place, own, other)
      return own.some(({ kept }) => kept) || (own.length === 0 && !this.mayDrop(member, member.value))
    })
    if (outcome.kept) {
      this.shape(site, own, outcome)
      return
    }
    const onlyNulls = listOf(member).every(({ kind }) => kind === 'null')
    if (onlyNulls && this.noteCount === notedBefore) this.note('drop-empty', member.value, place, null)
    this.remove(member, place, gone)
  }

  private items(
    member: SourceMember,
    read: ReadElement,
    place: SentPlace,
    own: readonly Rewrite[],
    other: readonly Rewrite[],
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
      if (!this.readings.has(node)) this.note(this.isContent(node) ? 'drop' : 'drop-empty', node, at, null)
      if (keepsPlace) this.replace(node, at)
      else {
        gone.add(node.start)
        this.operations.push({ op: 'remove', path: at.pointer })
      }
    })
    if (member.value.kind !== 'array') return
    for (const edit of deleteChildren(nodes, gone)) this.edits.push(edit)
  }

  /** Null keeps the place of a value whose counterpart stays. */
  private replace(node: SourceNode, { pointer }: SentPlace): void {
    this.edits.push({ start: node.start, end: node.end, text: 'null' })
    this.operations.push({ op: 'replace', path: pointer, value: null })
  }

  /** Makes an array of a value, a value of an array, and gives the property its name. */
  private shape(site: Site, own: readonly Rewrite[], outcome: Rewrite): void {
    const { member, read, place } = site
    const { value } = member
    const isArray = value.kind === 'array'
    const wraps = !isArray && read.property.repeats && (!this.documentedOnly || value.kind === 'object')
    const unwraps = isArray && !read.property.repeats && !this.documentedOnly
    const name = member.key.startsWith('_') ? `_${read.name}` : read.name
    const renames = name !== member.key && !this.documentedOnly
    const inner = unwraps ? (own.findLast(({ kept }) => kept) ?? outcome) : outcome
    const shaped = wraps ? wrapped(value, inner.edits) : unwraps ? unwrapped(value, own, inner.edits) : inner.edits
    if (wraps || unwraps) this.noteShape(wraps ? 'wrap' : 'unwrap', value, place, shaped)
    for (const edit of shaped) this.edits.push(edit)
    if (renames) this.rename(member, name, place)
    if (wraps || unwraps) this.reshape(site, wraps ? 'wrap' : 'unwrap', own, shaped)
    if (!wraps && !unwraps) for (const operation of outcome.operations) this.operations.push(operation)
    else if (!this.isReplaced(value)) for (const operation of outcome.operations) this.operations.push(operation)
  }

  private noteShape(kind: 'wrap' | 'unwrap', value: SourceNode, place: SentPlace, shaped: readonly Edit[]): void {
    const isLong = value.end - value.start > LONGEST_REPLACED
    const after = isLong ? shownValue(this.text, value) : shownText(this.edit(value, shaped))
    this.note(kind, value, place, after)
  }

  private edit({ start, end }: SourceNode, edits: readonly Edit[]): string {
    return applyEdits(this.text, edits, start, end)
  }

  /** Whether a patch may say the value again: it is short, and no number in it would lose digits. */
  private isReplaced(value: SourceNode): boolean {
    return value.end - value.start <= LONGEST_REPLACED && isExact(this.text, value)
  }

  private reshape(
    { member, place, source }: Site,
    shape: 'wrap' | 'unwrap',
    own: readonly Rewrite[],
    shaped: readonly Edit[],
  ) {
    const { value } = member
    if (this.isReplaced(value)) {
      this.operations.push({ op: 'replace', path: place.pointer, value: JSON.parse(this.edit(value, shaped)) })
      return
    }
    const owner = place.pointer.slice(0, place.pointer.lastIndexOf('/'))
    const aside = childPointer(owner, freeName(source, member.key))
    const last = own.filter(({ kept }) => kept).length - 1
    for (const operation of reshaped(place.pointer, aside, shape, last)) this.operations.push(operation)
  }

  private rename({ key, keyStart, keyEnd }: SourceMember, name: string, place: SentPlace): void {
    this.noteAs('rename', keyStart, place, key, name)
    this.edits.push({ start: keyStart, end: keyEnd, text: JSON.stringify(name) })
    const owner = place.pointer.slice(0, place.pointer.lastIndexOf('/'))
    this.renames.push(moved(place.pointer, childPointer(owner, name)))
  }

  /** Writes `name` and `_name` again, each with what belongs in it. */
  private move(read: ReadElement, owner: SentPlace, gone: Set<SourceMember>): void {
    const members = [read.main, read.companion].filter((member) => member !== undefined)
    if (!members.every(({ value }) => isExact(this.text, value))) this.isUnsayable = true
    const parts = this.partsOf(read, owner)
    const [first, ...others] = members.sort((one, other) => one.keyStart - other.keyStart)
    if (first === undefined) return
    for (const [name, text] of parts) {
      this.operations.push({ op: 'add', path: childPointer(owner.pointer, name), value: JSON.parse(text) })
    }
    for (const member of members) this.remove(member, memberPlace(owner, member, ''), gone)
    const after = Object.fromEntries(parts.map(([name, text]) => [name, shownText(text)]))
    const before = Object.fromEntries(members.map(({ key, value }) => [key, shownValue(this.text, value)]))
    this.noteAs('move', first.keyStart, memberPlace(owner, first, read.property.element.name), before, after)
    if (parts.length === 0) return
    gone.delete(first)
    const text = parts.map(([name, value]) => `${JSON.stringify(name)}: ${value}`).join(', ')
    this.edits.push({ start: first.keyStart, end: first.value.end, text })
    for (const member of others) gone.add(member)
  }

  /** The texts of `name` and `_name` after the move; those without content are left out. */
  private partsOf(read: ReadElement, owner: SentPlace): readonly MovedText[] {
    const [mains = [], companions = []] = [read.main, read.companion].map((member) => {
      const outcomes = this.itemsOf(member, read, owner)
      return listOf(member).map((node, index) => this.part(node, outcomes[index] ?? GONE))
    })
    return movedTexts(read, mains, companions)
  }

  private part(node: SourceNode, { kept, edits }: Rewrite): Part | undefined {
    const reading = this.readings.get(node)
    if (!kept || reading === undefined) return undefined
    return { isObject: 'object' in reading, text: applyEdits(this.text, edits, node.start, node.end) }
  }

  private mayDrop({ key, value }: SourceMember, node: SourceNode): boolean {
    return !this.documentedOnly || (key === 'value' && value === node && node.kind === 'string' && node.text === '')
  }

  private note(kind: CorrectionKind, node: SourceNode, place: SentPlace, after: unknown): void {
    this.noteAs(kind, node.start, place, node, after)
  }

  private noteAs(kind: CorrectionKind, offset: number, place: SentPlace, before: unknown, after: unknown): void {
    this.noteCount++
    if (this.noted.length >= MOST_CORRECTIONS) return
    const shown = before instanceof SourceNode ? shownValue(this.text, before) : before
    this.noted.push({ offset, correction: { kind, ...place, before: shown, after } })
  }
}

/** The text of a token: of a string what it says, of a number its digits. */
function writtenText(token: string): string {
  return token.startsWith('"') ? String(JSON.parse(token)) : token
}
