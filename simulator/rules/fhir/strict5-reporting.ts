import type { FindingFacts, FindingRule, LibraryPlace, Wording } from './finding.ts'
import { wording5 } from './messages.ts'
import { Path } from './path.ts'
import type { Dotnet } from './primitives.ts'
import type { Faultless } from './strict-faultless.ts'
import { Findings, foundAt, Here } from './strict-findings.ts'
import type { Places } from './strict-places.ts'
import { type TokenReader, tokenName } from './strict-tokens.ts'
import { Path5 } from './strict5-path.ts'
import type { ElementInfo, PropertyInfo, TypeInfo } from './table.ts'

/** What was read of an object or a primitive: as much as later checks ask for. */
export interface Node5 {
  /** By the element's name; `NO_VALUES` as long as there are none, and where nobody asks for them. */
  values: ReadonlyMap<string, Value5>
  readonly typeName: string
  /** Of a primitive; undefined as long as it has none. */
  value?: string | true | undefined
}
export type List5 = (Node5 | undefined)[]
export type Value5 = Node5 | List5

/** Nothing is put into it: a text may have hundreds of thousands of values, and a map for each is what takes the time. */
export const NO_VALUES: ReadonlyMap<string, Value5> = new Map<string, Value5>()

/** Writes down what was read of an element; `undefined` where nothing is left of it. */
export function setValue(target: Node5, name: string, value: Value5 | undefined): void {
  if (target.values === NO_VALUES) {
    if (value === undefined) return
    target.values = new Map()
  }
  const values = target.values as Map<string, Value5>
  if (value === undefined) values.delete(name)
  else values.set(name, value)
}

export type ObjectKind = 'resource' | 'complex' | 'primitive'

/** An element and the type that the property's name says its value has. */
export interface Property5 {
  readonly key: string
  readonly element: ElementInfo
  readonly info: PropertyInfo
}

/** With the place of the property's name. */
export interface Placed5 extends Property5 {
  readonly name: Here
}

/** What a check that is put off is known by: its element, or the JSON name of its value. */
type CheckKey = ElementInfo | string

/** A check that is put off, and the one after it: a list of few, of which there are many. */
interface PutOff {
  readonly key: CheckKey
  check: () => void
  next: PutOff | undefined
}

/** What is put off until the end of the object: `name` and `_name` may stand apart. */
export class Delayed {
  private first: PutOff | undefined
  private counts: Map<string, number> | undefined

  /** Puts a check off; of two with the same key the later is made, where the first would have been. */
  check(key: CheckKey, check: () => void): void {
    let last: PutOff | undefined
    for (let one = this.first; one !== undefined; one = one.next) {
      if (one.key === key) {
        one.check = check
        return
      }
      last = one
    }
    const added = { key, check, next: undefined }
    if (last === undefined) this.first = added
    else last.next = added
  }

  /** Makes the checks. */
  make(): void {
    for (let one = this.first; one !== undefined; one = one.next) one.check()
  }

  /** How many items of a list of primitives were read, by the property's name. */
  countOf(key: string): number {
    return this.counts?.get(key) ?? 0
  }

  counted(key: string, count: number): void {
    this.counts ??= new Map()
    this.counts.set(key, count)
  }
}

export interface Options5 {
  readonly dotnet: Dotnet
  readonly rejectBlankStrings: boolean
  readonly limit: number
}

interface Report {
  readonly facts?: FindingFacts
  readonly here?: Here
  readonly at?: LibraryPlace
}

/** A reader with what reading needs anywhere: the tokens, both paths, and the findings. */
export abstract class Reporting5 {
  readonly findings: Findings
  protected readonly reader: TokenReader
  protected readonly path = new Path()
  /** The path that the library prints. */
  protected readonly library = new Path5()
  protected readonly options: Options5
  protected readonly places: Places
  protected readonly faultless: Faultless | undefined

  constructor(reader: TokenReader, places: Places, options: Options5, faultless?: Faultless) {
    this.faultless = faultless
    this.reader = reader
    this.places = places
    this.options = options
    this.findings = new Findings(reader, options.limit)
  }

  /** Counts a finding beyond the limit, of which nobody asks for more: false where it has to be reported. */
  protected isOnlyCounted(): boolean {
    if (!this.findings.isFull()) return false
    this.findings.count++
    return true
  }

  /** Beyond the limit nobody asks for the details: where they take work, `isOnlyCounted` is asked before they are made. */
  protected report(rule: FindingRule, wording: Wording, { facts, here, at }: Report = {}): void {
    if (this.isOnlyCounted()) return
    this.findings.add(rule, wording, at ?? this.placed(), here ?? this.here(), facts)
  }

  /** Our path, and the token that is being read. */
  here(token = this.reader.index): Here {
    return new Here(this.path.place, token)
  }

  /** The library's path, and after the token that it is on. */
  protected placed(offset = this.reader.end()): LibraryPlace {
    return { path: this.library.toString(), offset, back: 0 }
  }

  /** Reports what stands where an object should be, and moves behind it. */
  protected noObject(typeOf: () => TypeInfo): void {
    const { reader } = this
    if (!this.isOnlyCounted()) {
      const facts = { type: typeOf().name, found: foundAt(reader) }
      this.report('r4-object-expected', wording5('JSON101', tokenName(reader.token)), { facts })
    }
    this.recover()
  }

  /** Moves from the start of an object behind it. */
  protected behindObject(): void {
    this.reader.skipObject()
    this.reader.read()
  }

  /** Moves behind the present value. */
  protected recover(): void {
    this.reader.skip()
    this.reader.read()
  }
}
