import type { FindingRule, Wording } from './finding.ts'
import { decimal, int32, isBlank } from './literals.ts'
import { wording6 } from './messages.ts'
import { type LibraryVersions, PRIMITIVES } from './primitives.ts'
import { hasCode } from './properties.ts'
import { TOKEN, type TokenReader } from './strict-tokens.ts'
import { type Class6, type Json6, quote } from './strict6-model.ts'
import type { ValueSet } from './table.ts'

/** What is wrong with a value. */
export interface LiteralFault6 {
  readonly rule: FindingRule
  readonly wording: Wording
}

/** Reads the primitive that the reader is on, as the type that it is read for; stays on it. */
export function readJson6(reader: TokenReader, typeName: string | undefined): Json6 {
  switch (reader.token) {
    case TOKEN.String:
      return { kind: 'string', text: reader.string() }
    case TOKEN.Number:
      return readNumber(reader.raw(), typeName)
    default:
      return { kind: 'boolean', text: reader.is(TOKEN.True) ? 'True' : 'False' }
  }
}

/** Numbers that fit nothing are kept as text. */
function readNumber(raw: string, typeName: string | undefined): Json6 {
  const integer = typeName === 'decimal' ? undefined : int32(raw)
  if (integer !== undefined) return { kind: 'integer', text: String(integer) }
  const number = decimal(raw)
  return number === undefined ? { kind: 'string', text: raw } : { kind: 'decimal', text: number }
}

/** What `ValidateObjectValue` of a primitive's class finds; nothing of a value that is not there. */
export function faultOf(
  json: Json6 | undefined,
  { name: typeName, isDynamic, valueSet }: Class6,
  library: LibraryVersions & { readonly rejectBlankStrings: boolean },
): LiteralFault6 | undefined {
  const primitive = PRIMITIVES.get(typeName)
  if (json === undefined || primitive === undefined || isDynamic) return undefined
  if (primitive.json === 'number') return numberFault(json, typeName)
  if (primitive.json === 'boolean') return json.kind === 'boolean' ? undefined : wrongType(json, typeName)
  if (json.kind !== 'string') return wrongType(json, typeName)
  if (library.rejectBlankStrings && json.text !== '' && json.text.trim() === '')
    return { rule: 'r4-blank-string', wording: wording6('PVAL124', quote(json), typeName) }
  return valueSet === undefined ? textFault(json, typeName, library) : codeFault(json, valueSet)
}

function wrongType(json: Json6 | undefined, typeName: string): LiteralFault6 {
  return { rule: 'r4-wrong-json-type', wording: wording6('PVAL123', quote(json), typeName) }
}

function numberFault(json: Json6, typeName: string): LiteralFault6 | undefined {
  if (json.kind !== (typeName === 'decimal' ? 'decimal' : 'integer')) {
    const isNumber = json.kind === 'integer' || json.kind === 'decimal'
    return isNumber
      ? { rule: 'r4-number-out-of-range', wording: wording6('PVAL123', quote(json), typeName) }
      : wrongType(json, typeName)
  }
  if (typeName === 'positiveInt' && Number(json.text) <= 0)
    return { rule: 'r4-not-positive', wording: wording6('PVAL125', json.text) }
  if (typeName === 'unsignedInt' && Number(json.text) < 0)
    return { rule: 'r4-negative', wording: wording6('PVAL126', json.text) }
  return undefined
}

function codeFault(json: Json6, valueSet: ValueSet): LiteralFault6 | undefined {
  if (isBlank(json.text))
    return { rule: emptyOr('r4-bad-code', json), wording: wording6('PVAL124', quote(json), 'code') }
  if (hasCode(valueSet, json.text, 6)) return undefined
  return { rule: 'r4-code-not-in-value-set', wording: wording6('PVAL116', json.text, valueSet.name) }
}

function textFault(json: Json6, typeName: string, library: LibraryVersions): LiteralFault6 | undefined {
  const rule = textRule(json.text, typeName, library)
  if (rule === undefined) return undefined
  const wording = rule === 'r4-bad-base64' ? wording6('PVAL120', json.text) : wording6('PVAL124', quote(json), typeName)
  return { rule, wording }
}

/** Empty base64 and an empty url pass. */
const TAKES_EMPTY: ReadonlySet<string> = new Set(['base64Binary', 'url', 'xhtml'])

function textRule(text: string, typeName: string, library: LibraryVersions): FindingRule | undefined {
  if (text === '') return TAKES_EMPTY.has(typeName) ? undefined : 'r4-empty-string'
  return PRIMITIVES.get(typeName)?.fault(text, library)
}

const emptyOr = (rule: FindingRule, { text }: Json6): FindingRule => (text === '' ? 'r4-empty-string' : rule)
