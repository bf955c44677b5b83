import { stringToken } from './lenient-literal.ts'
import { type Content, hasContent, type ReadElement, type ReadObject, type ReadValue } from './lenient-read.ts'
import type { PropertyInfo, TypeInfo } from './table.ts'

/**
 * The text that VKP forwards: what was read, as the serialiser of the Firely .NET SDK from before System.Text.Json writes it:
 * `resourceType` first, then the elements in the order of R4, `_name` after `name`, no blanks. Elements without content go.
 */
export function writeForwarded(root: ReadObject): string {
  const writer = new Writer()
  writer.object(root)
  return writer.text
}

class Writer {
  text = ''

  object({ type, elements }: ReadObject): void {
    this.text += '{'
    let isFirst = type.kind !== 'resource'
    if (!isFirst) this.text += `"resourceType":${stringToken(type.name)}`
    for (const element of inOrder(type, elements)) {
      if (!element.hasContent) continue
      if (!isFirst) this.text += ','
      isFirst = false
      this.element(element)
    }
    this.text += '}'
  }

  private element(element: ReadElement): void {
    const { name, property } = element
    if (!element.isSingle) {
      this.list(name, property.kind === 'native' ? element.values.slice(-1) : element.values, property)
      return
    }
    const hasToken = element.token !== undefined
    if (hasToken) this.single(name, property, element, 'token')
    if (element.object?.hasContent !== true) return
    if (hasToken) this.text += ','
    this.single(property.kind === 'primitive' ? `_${name}` : name, property, element, 'parts')
  }

  private single(name: string, { repeats }: PropertyInfo, value: Content, what: Role): void {
    this.text += repeats ? `"${name}":[` : `"${name}":`
    this.value(value, what)
    if (repeats) this.text += ']'
  }

  private list(name: string, values: readonly ReadValue[], { kind, repeats }: PropertyInfo): void {
    if (kind !== 'primitive') {
      this.column(name, values, repeats, kind === 'native' ? 'token' : 'parts')
      return
    }
    const hasTokens = values.some(hasToken)
    if (hasTokens) this.column(name, values, repeats, 'token')
    if (!values.some(hasParts)) return
    if (hasTokens) this.text += ','
    this.column(`_${name}`, values, repeats, 'parts')
  }

  /** The values in `name`, or in `_name`; null stands for one that is in the other only. */
  private column(name: string, values: readonly ReadValue[], repeats: boolean, what: Role): void {
    this.text += repeats ? `"${name}":[` : `"${name}":`
    let isFirst = true
    for (const value of values) {
      if (!hasContent(value)) continue
      if (!isFirst) this.text += ','
      isFirst = false
      this.value(value, what)
    }
    if (repeats) this.text += ']'
  }

  private value({ token, object }: Content, what: Role): void {
    if (what === 'parts' && object?.hasContent === true) this.object(object)
    else this.text += (what === 'token' ? token : undefined) ?? 'null'
  }
}

/** What of a value is written: that of a primitive, or the object. */
type Role = 'token' | 'parts'

const hasToken = ({ token }: Content): boolean => token !== undefined

const hasParts = ({ object }: Content): boolean => object?.hasContent === true

const ranks = new WeakMap<TypeInfo, ReadonlyMap<string, number>>()

function ranksOf(type: TypeInfo): ReadonlyMap<string, number> {
  const known = ranks.get(type)
  if (known !== undefined) return known
  const made = new Map(type.elements.map(({ name }, index) => [name, index]))
  ranks.set(type, made)
  return made
}

/** What has a property of the type, in the order of R4. */
export function inOrder<T extends HasProperty>(type: TypeInfo, elements: readonly T[]): readonly T[] {
  const order = ranksOf(type)
  let before = -1
  for (const { property } of elements) {
    const rank = order.get(property.element.name) ?? order.size
    if (rank < before) return sorted(elements, order)
    before = rank
  }
  return elements
}

interface HasProperty {
  readonly property: PropertyInfo
}

function sorted<T extends HasProperty>(elements: readonly T[], order: ReadonlyMap<string, number>): readonly T[] {
  const rankOf = ({ property }: T): number => order.get(property.element.name) ?? order.size
  return [...elements].sort((one, other) => rankOf(one) - rankOf(other))
}
