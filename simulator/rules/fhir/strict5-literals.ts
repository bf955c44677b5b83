import { remembered } from '../../ground/remembered.ts'
import type { FindingRule, Wording } from './finding.ts'
import { decimal, int32, isInt64, isInt64Text } from './literals.ts'
import { type Code5, wording5 } from './messages.ts'
import type { Dotnet, Primitive } from './primitives.ts'
import { TOKEN, type TokenReader } from './strict-tokens.ts'
import type { ElementInfo } from './table.ts'

/** A literal that SDK 5 cannot take. */
export interface LiteralFault5 {
  readonly rule: FindingRule
  readonly wording: Wording
}

/** A literal as it was read. */
export interface Read5 {
  /** What is kept of it: the text of a string, `true` for all else, undefined for nothing. */
  readonly value: string | true | undefined
  readonly fault: LiteralFault5 | undefined
}

/** What a literal should be: the .NET type is that of the library's model. */
export interface Wanted5 {
  readonly primitive: Primitive
  readonly dotnet: string
  readonly element: ElementInfo
}

const INT64 = 'Int64'

const PATTERNS: Partial<Readonly<Record<FindingRule, Code5>>> = {
  'r4-bad-base64': 'JSON106',
  'r4-bad-instant': 'JSON107',
  'r4-bad-code': 'PVAL106',
  'r4-bad-date': 'PVAL107',
  'r4-bad-datetime': 'PVAL108',
  'r4-bad-id': 'PVAL109',
  'r4-bad-oid': 'PVAL110',
  'r4-bad-time': 'PVAL111',
  'r4-bad-uri': 'PVAL112',
  'r4-bad-uuid': 'PVAL113',
}

/** Those that are not called after the value set with a capital, and those that were asked for. */
const ENUM_NAMES = new Map([
  ['EvidenceVariableType', 'VariableTypeCode'],
  ['ExposureState', 'ExposureStateCode'],
  ['GroupMeasure', 'GroupMeasureCode'],
  ['Use', 'ClaimUseCode'],
  ['messageheader-response-request', 'MessageheaderResponseRequest'],
  ['status', 'StatusCode'],
  ['v3.ConfidentialityClassification', 'V3ConfidentialityClassification'],
])

/** The name of the .NET enumeration of a value set. */
export function enumTypeName(valueSet: string): string {
  return remembered(ENUM_NAMES, valueSet, () => valueSet.charAt(0).toUpperCase() + valueSet.slice(1))
}

/** Classes of the library that are not called after FHIR's type with a capital. */
const CLASS_NAMES: ReadonlyMap<string, string> = new Map([
  ['*', 'DataType'],
  ['Reference', 'ResourceReference'],
  ['boolean', 'FhirBoolean'],
  ['dateTime', 'FhirDateTime'],
  ['decimal', 'FhirDecimal'],
  ['string', 'FhirString'],
  ['uri', 'FhirUri'],
  ['url', 'FhirUrl'],
])

function className(typeName: string): string {
  return CLASS_NAMES.get(typeName) ?? typeName.charAt(0).toUpperCase() + typeName.slice(1)
}

interface Options {
  readonly dotnet: Dotnet
  readonly rejectBlankStrings: boolean
}

/** Reads the literal that the reader is on, and stays on it. */
export function readPrimitive5(reader: TokenReader, wanted: Wanted5, options: Options): Read5 {
  switch (reader.token) {
    case TOKEN.StartObject:
      return IS_OBJECT
    case TOKEN.StartArray:
      return IS_ARRAY
    case TOKEN.Null:
      return IS_NULL
    case TOKEN.String:
      return readString(reader.string(), wanted, options)
    case TOKEN.Number:
      return readNumber(reader.raw(), wanted)
    default:
      return wanted.dotnet === 'Boolean'
        ? { value: true, fault: undefined }
        : { value: reader.raw(), fault: wrongType(wanted.dotnet, 'boolean', reader.raw()) }
  }
}

const lost = (rule: FindingRule, wording: Wording): Read5 => ({ value: undefined, fault: { rule, wording } })
const IS_OBJECT = lost('r4-value-is-object', wording5('JSON104'))
const IS_ARRAY = lost('r4-value-is-array', wording5('JSON105'))
const IS_NULL = lost('r4-null-value', wording5('JSON109'))
const IS_EMPTY: Read5 = { value: '', fault: { rule: 'r4-empty-string', wording: wording5('JSON127') } }

function wrongType(dotnet: string, kind: string, value: string): LiteralFault5 {
  return { rule: 'r4-wrong-json-type', wording: wording5('JSON110', dotnet, kind, value) }
}

function readString(value: string, { primitive, dotnet, element }: Wanted5, options: Options): Read5 {
  if (value === '') return IS_EMPTY
  if (options.rejectBlankStrings && value.trim() === '')
    return { value, fault: { rule: 'r4-blank-string', wording: wording5('JSON127') } }
  if (dotnet === INT64) return { value, fault: textForLong(value, element) }
  if (primitive.json !== 'string') return { value, fault: wrongType(dotnet, 'string', value) }
  if (element.valueSet !== undefined) return { value, fault: undefined }
  const rule = primitive.fault(value, { sdk: 5, dotnet: options.dotnet })
  return { value, fault: rule && { rule, wording: patternWording(rule, value) } }
}

function patternWording(rule: FindingRule, value: string): Wording {
  const code = PATTERNS[rule]
  if (code === undefined) return wording5('PVAL119', '')
  return code === 'JSON106' ? wording5(code) : wording5(code, value)
}

/** Whether the element itself is an integer64, and so written as a string. */
const isInteger64 = ({ types }: ElementInfo): boolean => types.includes('integer64')

function textForLong(value: string, element: ElementInfo): LiteralFault5 | undefined {
  if (!isInteger64(element)) {
    const type = className(element.types[0] ?? '')
    return { rule: 'r4-wrong-json-type', wording: wording5('JSON123', 'string', value, type, 'number') }
  }
  return isInt64Text(value)
    ? undefined
    : { rule: 'r4-wrong-json-type', wording: wording5('JSON122', value, 'Integer64') }
}

function readNumber(raw: string, { primitive, dotnet, element }: Wanted5): Read5 {
  if (primitive.json !== 'number' && dotnet !== INT64) return { value: raw, fault: wrongType(dotnet, 'number', raw) }
  if (!fits(raw, dotnet))
    return { value: raw, fault: { rule: 'r4-number-out-of-range', wording: wording5('JSON108', raw, dotnet) } }
  if (dotnet !== INT64 || !isInteger64(element)) return { value: true, fault: undefined }
  const wording = wording5('JSON123', 'number', raw, 'Integer64', 'string')
  return { value: true, fault: { rule: 'r4-wrong-json-type', wording } }
}

function fits(raw: string, dotnet: string): boolean {
  if (dotnet === INT64) return isInt64(raw)
  return dotnet === 'Decimal' ? decimal(raw) !== undefined : int32(raw) !== undefined
}
