import { childPointer } from './lenient-json.ts'
import type { SourceMember } from './lenient-nodes.ts'
import type { ReadElement } from './lenient-read.ts'

/** Where a value stands: as a JSON Pointer, and as FHIRPath. */
export interface SentPlace {
  readonly pointer: string
  readonly expression: string
}

/** The place of a member of an object. */
export function memberPlace({ pointer, expression }: SentPlace, { key }: SourceMember, element: string): SentPlace {
  const name = /^[A-Za-z_]\w*$/.test(element) ? element : `\`${element}\``
  return { pointer: childPointer(pointer, key), expression: `${expression}.${name}` }
}

/** The place of an item of an array. */
export function itemPlace({ pointer, expression }: SentPlace, index: number): SentPlace {
  return { pointer: childPointer(pointer, index), expression: `${expression}[${index}]` }
}

/** The place of one value: with an index in the pointer where the JSON has an array, in the expression where R4 has one. */
export function inItem(place: SentPlace, { value }: SourceMember, { property }: ReadElement, index: number): SentPlace {
  const pointer = value.kind === 'array' ? childPointer(place.pointer, index) : place.pointer
  const isRead = value.kind === 'object' || value.kind === 'array'
  const expression = property.repeats && isRead ? `${place.expression}[${index}]` : place.expression
  return { pointer, expression }
}
