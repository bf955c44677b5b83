import { stringToken } from './lenient-literal.ts'
import type { ReadElement, ReadObject, ReadValue } from './lenient-read.ts'
import type { TypeInfo } from './table.ts'

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

  private element({ name, property, values }: ReadElement): void {
    const { kind, repeats } = property
    const counting = kind === 'native' ? values.slice(-1) : values
    if (kind !== 'primitive') {
      this.column(name, counting, repeats, 'all')
      return
    }
    const hasTokens = counting.some(hasToken)
    if (hasTokens) this.column(name, counting, repeats, 'token')
    if (!counting.some(hasParts)) return
    if (hasTokens) this.text += ','
    this.column(`_${name}`, counting, repeats, 'parts')
  }

  /** The values in `name`, or in `_name`; null stands for one that is in the other only. */
  private column(name: string, values: readonly ReadValue[], repeats: boolean, what: Role): void {
    this.text += repeats ? `"${name}":[` : `"${name}":`
    let isFirst = true
    for (const value of values) {
      if (!hasToken(value) && !hasParts(value)) continue
      if (!isFirst) this.text += ','
      isFirst = false
      this.value(value, what)
    }
    if (repeats) this.text += ']'
  }

  private value({ token, object }: ReadValue, what: Role): void {
    if (what !== 'token' && object?.hasContent === true) this.object(object)
    else this.text += (what === 'parts' ? undefined : token) ?? 'null'
  }
}

/** What of a value is written: the value of a primitive, its parts, or what there is. */
type Role = 'token' | 'parts' | 'all'

const hasToken = ({ token }: ReadValue): boolean => token !== undefined

const hasParts = ({ object }: ReadValue): boolean => object?.hasContent === true

const ranks = new WeakMap<TypeInfo, ReadonlyMap<string, number>>()

function ranksOf(type: TypeInfo): ReadonlyMap<string, number> {
  const known = ranks.get(type)
  if (known !== undefined) return known
  const made = new Map(type.elements.map(({ name }, index) => [name, index]))
  ranks.set(type, made)
  return made
}

function inOrder(type: TypeInfo, elements: readonly ReadElement[]): readonly ReadElement[] {
  const order = ranksOf(type)
  let before = -1
  for (const { property } of elements) {
    const rank = order.get(property.element.name) ?? order.size
    if (rank < before) return sorted(elements, order)
    before = rank
  }
  return elements
}

function sorted(elements: readonly ReadElement[], order: ReadonlyMap<string, number>): readonly ReadElement[] {
  const rankOf = ({ property }: ReadElement): number => order.get(property.element.name) ?? order.size
  return [...elements].sort((one, other) => rankOf(one) - rankOf(other))
}
