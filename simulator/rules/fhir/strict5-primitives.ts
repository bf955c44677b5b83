import type { FindingFacts, Wording } from './finding.ts'
import { wording5 } from './messages.ts'
import { PRIMITIVES, type Primitive } from './primitives.ts'
import { foundAt, type Here } from './strict-findings.ts'
import { TOKEN } from './strict-tokens.ts'
import { enumTypeName, type Read5, readPrimitive5 } from './strict5-literals.ts'
import {
  type Delayed,
  type List5,
  NO_VALUES,
  type Node5,
  type ObjectKind,
  type Placed5,
  Reporting5,
  type Value5,
} from './strict5-reporting.ts'
import { companionType, type ElementInfo, findType, type PropertyInfo, type TypeInfo } from './table.ts'

/** Reads what has a literal: primitives, alone and in lists, with their companions, and strings of .NET. */
export abstract class Primitives5 extends Reporting5 {
  protected abstract object(target: Node5, type: TypeInfo, kind: ObjectKind): void

  /** Moves to the first item; true where one value stands instead of the list. */
  protected enterList(info: PropertyInfo): boolean {
    const { reader } = this
    const { element, typeName } = info
    if (!reader.is(TOKEN.StartArray)) {
      if (this.isOnlyCounted()) return true
      const facts = { element: element.name, type: typeName, found: foundAt(reader) }
      this.report('r4-array-expected', wording5('JSON111'), { facts })
      return true
    }
    const here = this.here()
    reader.read()
    if (reader.is(TOKEN.EndArray)) {
      this.report('r4-empty-array', wording5('JSON121'), {
        here,
        facts: { element: element.name, found: 'array of 0' },
      })
    }
    return false
  }

  protected leaveList(isAlone: boolean): void {
    if (!isAlone) this.reader.read()
    this.path.wholeArray()
  }

  /**
   * A string of .NET: nothing but the value, which is lost where it is of another kind. Its pattern is looked at only where
   * nothing else is wrong with the property.
   */
  protected native(info: PropertyInfo, isFaultless: boolean): Node5 | undefined {
    const { element, primitive } = info
    const here = this.here()
    const end = this.reader.end()
    const { value, fault } = this.literal(primitive, primitive.dotnet, info)
    const node = value === undefined ? undefined : { values: NO_VALUES, typeName: 'native', value }
    if (fault === undefined) return node
    const isPattern = fault.wording.code.startsWith('PVAL')
    const isLost = value !== undefined && !isPattern
    if ((isLost || isFaultless || !isPattern) && !this.isOnlyCounted()) {
      const facts = { element: element.name, type: primitive.name, found: foundAt(this.reader, here.token) }
      const rule = fault.rule === 'r4-wrong-json-type' ? 'r4-wrong-native-type' : fault.rule
      if (isLost) this.report(rule, this.nativeWording(fault.wording, end), { here, facts })
      else this.report(fault.rule, fault.wording, { here, at: this.placed(end), facts })
    }
    return isLost ? undefined : node
  }

  /** The library says the place of the fault in the fault around it. */
  private nativeWording(wording: Wording, end: number): Wording {
    return wording5('JSON126', this.places.diagnostics5(wording.message, this.placed(end)))
  }

  protected primitiveProperty(target: Node5, property: Placed5, delayed: Delayed): Value5 {
    const { element } = property
    const existing = target.values.get(element.name)
    if (element.repeats) return this.primitiveList(Array.isArray(existing) ? existing : [], property, delayed)
    const isPrimitive = existing !== undefined && !Array.isArray(existing) && existing.typeName !== 'native'
    const present = isPrimitive && findType(existing.typeName)?.kind === 'primitive' ? existing : undefined
    return this.primitive(present, property, delayed)
  }

  private primitiveList(items: List5, property: Placed5, delayed: Delayed): List5 {
    const { reader } = this
    const { key, info, name } = property
    const isAlone = this.enterList(info)
    const before = items.length
    let index = delayed.countOf(key)
    if (index > 0) {
      this.library.advance(index)
      this.report('r4-duplicate-property', wording5('JSON128'), { here: name, facts: { name: key, repeats: true } })
    }
    let onlyNulls: boolean | undefined
    for (let item = 0; !reader.is(TOKEN.EndArray); item++, index++) {
      if (isAlone) this.path.onlyItem()
      else this.path.item(item)
      if (index >= before) items.push(undefined)
      if (reader.is(TOKEN.Null)) {
        onlyNulls ??= true
        reader.read()
      } else {
        onlyNulls = false
        items[index] = this.primitive(items[index], property, delayed)
        delayed.counted(key, items.length)
      }
      this.library.advance()
      if (isAlone) break
    }
    if (onlyNulls === true) this.onlyNulls()
    this.leaveList(isAlone)
    return items
  }

  private onlyNulls(): void {
    this.path.wholeArray()
    this.report('r4-only-nulls', wording5('JSON125'))
  }

  /** A primitive's value or, of a `_name`, its id and extensions, read into what there is of it. */
  private primitive(existing: Node5 | undefined, property: Placed5, delayed: Delayed): Node5 {
    const { info, key } = property
    const node = existing ?? { values: NO_VALUES, typeName: info.typeName }
    const before = this.findings.count
    const here = this.here()
    const end = this.reader.end()
    if (key.startsWith('_')) this.companion(node, property)
    else this.primitiveValue(node, property, here, end)
    if (this.findings.count !== before || info.element.valueSet === undefined) return node
    const name = key.startsWith('_') ? key.slice(1) : key
    delayed.check(name, this.checkOfCode(node, info, name, here, end))
    return node
  }

  private checkOfCode(node: Node5, info: PropertyInfo, name: string, here: Here, end: number): () => void {
    return () => this.checkCode(node, info, name, here, end)
  }

  private companion(node: Node5, { key, element, info, name }: Placed5): void {
    const extensions = node.values.get('extension')
    if (node.values.has('id') || (Array.isArray(extensions) && extensions.length > 0)) {
      const facts = { element: element.name, name: key }
      this.report('r4-duplicate-property', wording5('JSON129', key), { here: name, facts })
    }
    this.object(node, primitiveType(info), 'primitive')
  }

  private primitiveValue(node: Node5, { key, element, info, name }: Placed5, here: Here, end: number): void {
    const primitive = PRIMITIVES.get(element.model5 ?? '') ?? info.primitive
    const { value, fault } = this.literal(primitive, dotnetName(primitive, element), info)
    if (fault !== undefined && !this.isOnlyCounted()) {
      this.report(fault.rule, fault.wording, { here, at: this.placed(end), facts: this.factsOf(info, here.token) })
    }
    if (node.value !== undefined) {
      const rule = element.choice ? 'r4-choice-repeated' : 'r4-duplicate-property'
      this.report(rule, wording5('JSON129', key), { here: name, facts: { element: element.name, name: key } })
    }
    node.value = value
  }

  private factsOf({ element, typeName, repeats }: PropertyInfo, token: number): FindingFacts {
    const { valueSet } = element
    const coded = valueSet === undefined ? {} : { valueSet: valueSet.name, allowed: valueSet.list }
    return { element: element.name, type: typeName, repeats, found: foundAt(this.reader, token), ...coded }
  }

  /** Reads a literal and moves behind it. The value is undefined where nothing of it can be kept. */
  private literal(primitive: Primitive, dotnet: string, info: PropertyInfo): Read5 {
    const { reader } = this
    const read = readPrimitive5(reader, { primitive, dotnet, element: info.element }, this.options)
    if (reader.is(TOKEN.StartObject) || reader.is(TOKEN.StartArray)) this.recover()
    else reader.read()
    return read
  }

  /** Whether a code is of its required value set. */
  private checkCode(node: Node5, { element }: PropertyInfo, name: string, here: Here, end: number): void {
    const { valueSet } = element
    if (valueSet === undefined || typeof node.value !== 'string' || valueSet.codes.has(node.value)) return
    if (this.isOnlyCounted()) return
    const { length } = node.value
    this.library.enter(name, undefined)
    const coded = { valueSet: valueSet.name, allowed: valueSet.list }
    const facts = { element: element.name, ...coded, found: `string of ${length} characters` }
    const details = { here, at: this.placed(end), facts }
    this.report('r4-code-not-in-value-set', wording5('PVAL116', node.value, valueSet.name), details)
    this.library.leave()
  }
}

/** The .NET type that the value of a primitive is read into. */
function dotnetName({ dotnet }: Primitive, { valueSet }: ElementInfo): string {
  return valueSet === undefined ? dotnet : enumTypeName(valueSet.name)
}

/** The type of a primitive's `_name`, which may have the value, too. */
function primitiveType({ element, typeName }: PropertyInfo): TypeInfo {
  return companionType(element.model5 ?? typeName, element.valueSet)
}
