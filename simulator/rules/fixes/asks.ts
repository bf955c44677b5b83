import { pointerToken } from '../../ground/text/json-pointer.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import type { FixAction } from './actions.ts'
import type { Ask, FixOptions } from './fix.ts'
import { isLiteralOf } from './schema.ts'
import { offsetAt } from './zone.ts'

/** Of the datatypes that have a member for plain text: that member. */
export const TEXT_MEMBER: Readonly<Record<string, string>> = {
  Address: 'text',
  Annotation: 'text',
  CodeableConcept: 'text',
  Coding: 'code',
  ContactPoint: 'value',
  Dosage: 'text',
  HumanName: 'text',
  Identifier: 'value',
  Reference: 'display',
}

/** What carries out a vendor's answer; undefined when R4 does not take it there. */
export function answered(ask: Ask, answer: string, options: FixOptions): FixAction | undefined {
  const text = jsonOf(ask, answer.trim(), options)
  if (text === undefined) return undefined
  if (ask.key === undefined) return { does: 'write', at: ask.at, text }
  return { does: 'add', at: ask.at, key: ask.key, text: ask.property.repeats ? `[${text}]` : text }
}

function jsonOf({ local, property }: Ask, answer: string, options: FixOptions): string | undefined {
  if (answer === '') return undefined
  if (local !== undefined) {
    const offset = offsetAt(local, answer)
    return offset === undefined ? undefined : JSON.stringify(local + offset)
  }
  if (property.kind === 'complex' || property.kind === 'resource' || property.kind === 'companion')
    return objectOf(answer, property.typeName)
  const literal = property.primitive.json === 'string' ? JSON.stringify(answer) : answer
  return parses(literal) && isLiteralOf(literal, property, options) ? literal : undefined
}

/** JSON as it is; of datatypes that have a member for plain text, plain text. */
function objectOf(answer: string, typeName: string): string | undefined {
  if (answer.startsWith('{')) return parses(answer) ? answer : undefined
  const member = TEXT_MEMBER[typeName]
  return member === undefined ? undefined : `{ "${member}": ${JSON.stringify(answer)} }`
}

function parses(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** A JSON Patch with a placeholder in angle brackets for what only the vendor knows, or with what was sent where that may be meant. */
export function templateOf({ at, key, local, property, around }: Ask): readonly PatchOperation[] | null {
  if (at.ambiguous) return null
  if (around !== undefined) return [{ op: 'replace', path: at.pointer, value: around }]
  if (local !== undefined) return [{ op: 'replace', path: at.pointer, value: `${local}<offset>` }]
  const placeholder = placeholderFor(property)
  if (key === undefined) return [{ op: 'replace', path: at.pointer, value: placeholder }]
  return [
    { op: 'add', path: `${at.pointer}/${pointerToken(key)}`, value: property.repeats ? [placeholder] : placeholder },
  ]
}

function placeholderFor({ element, typeName, kind }: Ask['property']): unknown {
  if (element.valueSet !== undefined) return `<${[...element.valueSet.codes].slice(0, MOST_CODES).join(' | ')}>`
  const member = TEXT_MEMBER[typeName]
  return member === undefined ? `<${kind === 'native' ? 'string' : typeName}>` : { [member]: '<string>' }
}

const MOST_CODES = 12
