import { stringToken } from './lenient-literal.ts'
import type { ReadElement, ReadObject, ReadValue } from './lenient-parser.ts'
import type { TypeInfo } from './table.ts'

/**
 * The text that VKP forwards: what was read, as the serialiser of the Firely .NET SDK from before System.Text.Json writes it:
 * `resourceType` first, then the elements in the order of R4, `_name` after `name`, no blanks. Elements without content go.
 */
export function writeForwarded({ type, elements }: ReadObject): string {
  return objectText(type, elements) ?? '{}'
}

function objectText(type: TypeInfo, elements: readonly ReadElement[]): string | undefined {
  let text = type.kind === 'resource' ? `"resourceType":${stringToken(type.name)}` : ''
  for (const element of inOrder(type, elements)) {
    const written = elementText(element)
    if (written !== '') text += text === '' ? written : `,${written}`
  }
  return text === '' ? undefined : `{${text}}`
}

const ranks = new WeakMap<TypeInfo, ReadonlyMap<string, number>>()

function rankOf(type: TypeInfo, { property }: ReadElement): number {
  let known = ranks.get(type)
  if (known === undefined) {
    known = new Map(type.elements.map(({ name }, index) => [name, index]))
    ranks.set(type, known)
  }
  return known.get(property.element.name) ?? known.size
}

function inOrder(type: TypeInfo, elements: readonly ReadElement[]): readonly ReadElement[] {
  let before = -1
  for (const element of elements) {
    const rank = rankOf(type, element)
    if (rank < before) return [...elements].sort((one, other) => rankOf(type, one) - rankOf(type, other))
    before = rank
  }
  return elements
}

/** A value as it is written: in `name`, in `_name`, or both. */
interface Written {
  readonly first: string | undefined
  readonly second: string | undefined
}

function elementText({ name, property, values }: ReadElement): string {
  const counting = property.kind === 'native' ? values.slice(-1) : values
  const written = counting.map((value) => writtenOf(value, property.kind === 'primitive')).filter(hasContent)
  if (written.length === 0) return ''
  const main = column(
    written.map(({ first }) => first),
    property.repeats,
  )
  const companion = column(
    written.map(({ second }) => second),
    property.repeats,
  )
  const parts = [main === '' ? '' : `"${name}":${main}`, companion === '' ? '' : `"_${name}":${companion}`]
  return parts.filter((part) => part !== '').join(',')
}

function writtenOf({ token, object }: ReadValue, isPrimitive: boolean): Written {
  const parts = object === undefined ? undefined : objectText(object.type, object.elements)
  return isPrimitive ? { first: token, second: parts } : { first: token ?? parts, second: undefined }
}

const hasContent = ({ first, second }: Written): boolean => first !== undefined || second !== undefined

function column(texts: readonly (string | undefined)[], repeats: boolean): string {
  if (texts.every((text) => text === undefined)) return ''
  if (!repeats) return texts[0] ?? ''
  return `[${texts.map((text) => text ?? 'null').join(',')}]`
}
