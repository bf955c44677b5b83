import type { FindingRule } from './finding.ts'

/*
 * What a literal of each primitive type must look like, as the Firely .NET SDK has it: mostly FHIR R4 (datatypes.html,
 * "Primitive Types"), with the liberties of the library. Linear in the length of the value, whatever the value.
 */

export type SdkVersion = 5 | 6

interface Literal<Json extends string, Value> {
  /** FHIR's name. */
  readonly name: string
  readonly json: Json
  /** The .NET type that it is read into; messages of SDK 5 print it. */
  readonly dotnet: string
  /** The rule that the literal breaks, when its JSON type is right and it is no empty string. */
  readonly fault: (value: Value, sdk: SdkVersion) => FindingRule | undefined
}

export type Primitive = Literal<'string', string> | Literal<'number', number> | Literal<'boolean', boolean>

const MAX_STRING = 1_048_576
const MAX_INT32 = 2_147_483_647
/** 2^96: `decimal.MaxValue` of .NET is 2^96 - 1, which a double cannot tell from it. */
const MAX_DECIMAL = 2 ** 96

const fine = (): undefined => undefined

function text(
  name: string,
  rule: FindingRule,
  accepts: (value: string, sdk: SdkVersion) => boolean,
): Literal<'string', string> {
  return { name, json: 'string', dotnet: 'String', fault: (value, sdk) => (accepts(value, sdk) ? undefined : rule) }
}

const isShort = (value: string): boolean => value.length <= MAX_STRING

/** No white space but single blanks inside. */
const CODE_FAULT = /[^\S ]|^ | $| {2}/
const ID = /^[A-Za-z0-9\-.]{1,64}$/
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const NO_HOST = /^(?:https?|ftp):\/*$/i
const DATE = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/
/** SDK 5: a time may stop at the hour or the minute, and any character may stand before the fraction. */
const TIME_OF_DAY = /^(\d\d)(?::(\d\d)(?::(\d\d)(?:.\d+)?)?)?$/
const TIME_TO_SECONDS = /^\d\d:\d\d:\d\d/
const OFFSET = /(?:Z|[+-](\d\d):(\d\d))$/

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isDate(value: string): boolean {
  const match = DATE.exec(value)
  if (match === null) return false
  const year = Number(match[1])
  const month = Number(match[2] ?? 1)
  const day = Number(match[3] ?? 1)
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month)
}

function isTimeOfDay(value: string): boolean {
  const match = TIME_OF_DAY.exec(value)
  return match !== null && Number(match[1]) < 24 && Number(match[2] ?? 0) < 60 && Number(match[3] ?? 0) < 60
}

/** A date, or a full date with a time and an offset. */
function isDateTime(value: string): boolean {
  if (value.length <= 10) return isDate(value)
  return value.charAt(10) === 'T' && isDate(value.slice(0, 10)) && isTimeWithOffset(value.slice(11))
}

function isTimeWithOffset(value: string): boolean {
  const offset = OFFSET.exec(value.slice(-6))
  if (offset === null) return false
  const minutes = Number(offset[1] ?? 0) * 60 + Number(offset[2] ?? 0)
  return minutes <= 14 * 60 && Number(offset[2] ?? 0) < 60 && isTimeOfDay(value.slice(0, -offset[0].length))
}

/** SDK 5 takes any dateTime for an instant, SDK 6 wants the seconds and the offset. */
function isInstant(value: string, sdk: SdkVersion): boolean {
  return isDateTime(value) && (sdk === 5 || TIME_TO_SECONDS.test(value.slice(11)))
}

function isUri(value: string): boolean {
  if (value.startsWith('urn:oid:')) return OID.test(value)
  if (value.startsWith('urn:uuid:')) return UUID.test(value)

  return !NO_HOST.test(value)
}

/** .NET before 8 takes no white space in base64, later versions do; which one runs is unknown, so the strict one is played. */
function isBase64(value: string): boolean {
  return value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value)
}

function isInteger64(value: string): boolean {
  return /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value)
}

function integer(name: string, fault6: (value: number) => FindingRule | undefined): Primitive {
  const isInt32 = (value: number): boolean => Number.isInteger(value) && value >= -MAX_INT32 - 1 && value <= MAX_INT32
  return {
    name,
    json: 'number',
    dotnet: 'Int32',
    fault: (value, sdk) => {
      if (!isInt32(value)) return 'r4-number-out-of-range'
      return sdk === 6 ? fault6(value) : undefined
    },
  }
}

const decimal: Primitive = {
  name: 'decimal',
  json: 'number',
  dotnet: 'Decimal',
  fault: (value) => (Math.abs(value) <= MAX_DECIMAL ? undefined : 'r4-number-out-of-range'),
}

const string = text('string', 'r4-string-too-long', isShort)
const uri = text('uri', 'r4-bad-uri', isUri)

const ALL: readonly Primitive[] = [
  string,
  uri,
  decimal,
  { name: 'boolean', json: 'boolean', dotnet: 'Boolean', fault: fine },
  integer('integer', fine),
  integer('positiveInt', (value) => (value > 0 ? undefined : 'r4-not-positive')),
  integer('unsignedInt', (value) => (value >= 0 ? undefined : 'r4-negative')),
  text('markdown', 'r4-string-too-long', isShort),
  text('xhtml', 'r4-string-too-long', () => true),
  text('code', 'r4-bad-code', (value) => !CODE_FAULT.test(value)),
  text('id', 'r4-bad-id', (value) => ID.test(value)),
  text('oid', 'r4-bad-oid', (value) => OID.test(value)),
  text('uuid', 'r4-bad-uuid', (value) => UUID.test(value)),
  text('url', 'r4-bad-uri', (value, sdk) => sdk === 5 || isUri(value)),
  text('canonical', 'r4-bad-uri', (value, sdk) => sdk === 5 || isUri(value)),
  text('date', 'r4-bad-date', isDate),
  text('dateTime', 'r4-bad-datetime', isDateTime),
  text('time', 'r4-bad-time', isTimeOfDay),
  { ...text('instant', 'r4-bad-instant', isInstant), dotnet: 'DateTimeOffset' },
  { ...text('base64Binary', 'r4-bad-base64', isBase64), dotnet: 'Byte[]' },
  { ...text('integer64', 'r4-bad-integer64', isInteger64), dotnet: 'Int64' },
]

/** The primitive types by FHIR's name. */
export const PRIMITIVES: ReadonlyMap<string, Primitive> = new Map(ALL.map((primitive) => [primitive.name, primitive]))

/** Strings without extensions: an element's id is unchecked, an extension's url is a uri. */
export function nativeString(elementName: string): Primitive {
  return elementName === 'url' ? uri : NATIVE
}

const NATIVE: Primitive = { name: 'string', json: 'string', dotnet: 'String', fault: fine }
