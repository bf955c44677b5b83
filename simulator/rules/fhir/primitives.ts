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
const TIME_TO_SECONDS = /^\d\d:\d\d:\d\d/

/** The number that the ASCII digits from `start` to `end` make, or -1 where there is anything else. */
function digits(value: string, start: number, end: number): number {
  let number = 0
  for (let at = start; at < end; at++) {
    const digit = value.charCodeAt(at) - 0x30
    if (!(digit >= 0 && digit <= 9)) return -1
    number = number * 10 + digit
  }
  return number
}

const within = (number: number, least: number, most: number): boolean => number >= least && number <= most

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

function isDate(value: string): boolean {
  const { length } = value
  const year = digits(value, 0, 4)
  if (length === 4) return year > 0
  const month = digits(value, 5, 7)
  if (year <= 0 || value[4] !== '-' || !within(month, 1, 12)) return false
  return length === 7 || (length === 10 && value[7] === '-' && within(digits(value, 8, 10), 1, daysIn(year, month)))
}

/** The first `length` characters as a time. SDK 5 lets it stop at the hour or the minute, and any character stand before the fraction. */
function isTimeOfDay(value: string, length: number): boolean {
  if (!within(digits(value, 0, 2), 0, 23)) return false
  if (length === 2) return true
  if (value[2] !== ':' || !within(digits(value, 3, 5), 0, 59)) return false
  if (length === 5) return true
  if (value[5] !== ':' || !within(digits(value, 6, 8), 0, 59)) return false
  return length === 8 || (length > 9 && digits(value, 9, length) >= 0)
}

/** A date, or a full date with a time and an offset. */
function isDateTime(value: string): boolean {
  if (value.length <= 10) return isDate(value)
  return value.charAt(10) === 'T' && isDate(value.slice(0, 10)) && isTimeWithOffset(value.slice(11))
}

function isTimeWithOffset(value: string): boolean {
  if (value.endsWith('Z')) return isTimeOfDay(value, value.length - 1)
  const start = value.length - 6
  const sign = value[start]
  if ((sign !== '+' && sign !== '-') || value[start + 3] !== ':') return false
  const hours = digits(value, start + 1, start + 3)
  const minutes = digits(value, start + 4, start + 6)
  return within(hours, 0, 14) && within(minutes, 0, hours === 14 ? 0 : 59) && isTimeOfDay(value, start)
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
  text('time', 'r4-bad-time', (value) => isTimeOfDay(value, value.length)),
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
