/*
 * What a JSON text is read into by `readSource`: values that know where they stand.
 */

/** `undefined` is the word, and a comma where a value should be; `constructor` is `new Date(5)`. */
export type SourceKind =
  | 'object'
  | 'array'
  | 'string'
  | 'integer'
  | 'float'
  | 'boolean'
  | 'null'
  | 'undefined'
  | 'constructor'

/** A property of an object. */
export type SourceMember = Pick<SourceNode, 'key' | 'keyStart' | 'keyEnd' | 'value'>

/** A value and where it stands. Offsets count UTF-16 code units from the start of the text; ends are exclusive. */
export class SourceNode {
  readonly kind: SourceKind
  readonly start: number
  readonly end: number
  /** Of a string without quotes and escapes; of a number as .NET writes what it read; of a boolean the word. */
  readonly text: string
  /** Of a string: whether it stands in the text as it is, without escapes and other liberties. */
  readonly isPlain: boolean
  /** Of the value of a property: its name, and where that stands. */
  key = ''
  keyStart = 0
  keyEnd = 0

  constructor(kind: SourceKind, start: number, end: number, text: string, isPlain: boolean) {
    this.kind = kind
    this.start = start
    this.end = end
    this.text = text
    this.isPlain = isPlain
  }

  /** Makes it the value of a property. */
  named(key: string, keyStart: number, keyEnd: number): SourceMember {
    this.key = key
    this.keyStart = keyStart
    this.keyEnd = keyEnd
    return this
  }

  /** Of a property: the value, which is the same object, since there is one for each. */
  get value(): SourceNode {
    return this
  }

  /** Of an object, in the order of the text, duplicates included. */
  get members(): readonly SourceMember[] {
    return NO_MEMBERS
  }

  /** The members that count: of those with the same name the last, where the first stands. */
  get effective(): readonly SourceMember[] {
    return NO_MEMBERS
  }

  /** Of an array or constructor. */
  get items(): readonly SourceNode[] {
    return NO_ITEMS
  }
}

const NO_MEMBERS: readonly SourceMember[] = []
const NO_ITEMS: readonly SourceNode[] = []

/** An object. */
export class SourceObject extends SourceNode {
  private readonly all: readonly SourceMember[]
  private readonly counting: readonly SourceMember[]

  constructor(start: number, end: number, members: readonly SourceMember[]) {
    super('object', start, end, '', false)
    this.all = members
    this.counting = withoutDuplicates(members)
  }

  override get members(): readonly SourceMember[] {
    return this.all
  }

  override get effective(): readonly SourceMember[] {
    return this.counting
  }
}

/** An array, or a constructor with its arguments. */
export class SourceList extends SourceNode {
  private readonly all: readonly SourceNode[]

  constructor(kind: 'array' | 'constructor', start: number, end: number, items: readonly SourceNode[]) {
    super(kind, start, end, '', false)
    this.all = items
  }

  override get items(): readonly SourceNode[] {
    return this.all
  }
}

const FEW = 8

function withoutDuplicates(members: readonly SourceMember[]): readonly SourceMember[] {
  if (members.length <= FEW && !hasDuplicates(members)) return members
  const byKey = new Map<string, SourceMember>()
  for (const member of members) byKey.set(member.key, member)
  return byKey.size === members.length ? members : [...byKey.values()]
}

function hasDuplicates(members: readonly SourceMember[]): boolean {
  for (let at = 1; at < members.length; at++) {
    for (let before = 0; before < at; before++) if (members[at]?.key === members[before]?.key) return true
  }
  return false
}
