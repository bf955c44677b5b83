/*
 * What .NET takes for a date, a time, a number or base64: the literal rules that both versions of the Firely .NET SDK rest on
 * (ElementModel/Types of the SDK; DateTimeOffset, decimal and Base64 of dotnet/runtime). Linear in the length of the value.
 */

/** The runtime: 8 and later, or before. */
export type Dotnet = 8 | 6

/** White space as .NET's regular expressions have it: without U+FEFF, with U+0085. */
const OTHER_SPACE = '\\t-\\r\\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000'
const SPACE = ` ${OTHER_SPACE}`
const CODE_FAULT = new RegExp(`^ | $| {2}|[${OTHER_SPACE}]`)
const NOT_BLANK = new RegExp(`[^${SPACE}]`)
const ID = /^[A-Za-z0-9\-.]{1,64}$/
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/
const UUID = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/

/** Without a line feed at the end, which `$` of .NET lets stand. */
const trimmed = (value: string): string => (value.endsWith('\n') ? value.slice(0, -1) : value)

export const isBlank = (value: string): boolean => !NOT_BLANK.test(value)

export function isCode(value: string): boolean {
  const code = trimmed(value)
  return code !== '' && !CODE_FAULT.test(code)
}

export const isId = (value: string): boolean => ID.test(trimmed(value))
export const isOid = (value: string): boolean => OID.test(trimmed(value))
export const isUuid = (value: string): boolean => UUID.test(trimmed(value))

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

/** A year, a month or a day, without an offset. */
export function isDate(value: string): boolean {
  return isCalendarDate(trimmed(value))
}

function isCalendarDate(value: string): boolean {
  const { length } = value
  const year = digits(value, 0, 4)
  if (length === 4) return year > 0
  const month = digits(value, 5, 7)
  if (year <= 0 || value[4] !== '-' || !within(month, 1, 12)) return false
  return length === 7 || (length === 10 && value[7] === '-' && within(digits(value, 8, 10), 1, daysIn(year, month)))
}

/** A time of day without an offset; it may stop at the hour or the minute. */
export function isTime(value: string, dotnet: Dotnet): boolean {
  const time = trimmed(value)
  return isTimeOfDay(time, time.length, dotnet)
}

/** The first `length` characters as a time. Before a fraction stands a point; a comma, too, since .NET 8. */
function isTimeOfDay(value: string, length: number, dotnet: Dotnet): boolean {
  if (!within(digits(value, 0, 2), 0, 23)) return false
  if (length === 2) return true
  if (value[2] !== ':' || !within(digits(value, 3, 5), 0, 59)) return false
  if (length === 5) return true
  if (value[5] !== ':' || !within(digits(value, 6, 8), 0, 59)) return false
  return length === 8 || (length > 9 && isPoint(value[8], dotnet) && digits(value, 9, length) >= 0)
}

const isPoint = (character: string | undefined, dotnet: Dotnet): boolean =>
  character === '.' || (character === ',' && dotnet === 8)

/** What the SDK reads as a point in time: how precise it is, and whether it has an offset. */
interface Moment {
  readonly precision: 'date' | 'minute' | 'second'
  readonly hasOffset: boolean
}

/** A full time with seconds and an offset, in a year that is far from the ends of what .NET can count. */
function isPlainTime(value: string): boolean {
  if (value.charAt(10) !== 'T' || value.startsWith('000') || value.startsWith('9999')) return false
  const end = value.endsWith('Z') ? value.length - 1 : value.length - 6
  if (end < 19 || !isCalendarDate(value.slice(0, 10)) || !isOffset(value.slice(end))) return false
  return isTimeOfDay(value.slice(11, end), end - 11, 6)
}

/** A date without an offset, or a time with one. */
export function isDateTime(value: string, dotnet: Dotnet): boolean {
  if (value.length <= 10 ? isCalendarDate(value) : isPlainTime(value)) return true
  const moment = readMoment(value, dotnet)
  return moment !== undefined && (moment.precision === 'date') !== moment.hasOffset
}

/** SDK 5 takes whatever can be read as a dateTime, offset or none; SDK 6 wants the seconds and the offset. */
export function isInstant(value: string, dotnet: Dotnet, sdk: 5 | 6): boolean {
  if (isPlainTime(value)) return true
  const moment = readMoment(value, dotnet)
  return moment !== undefined && (sdk === 5 || (moment.hasOffset && moment.precision === 'second'))
}

function readMoment(value: string, dotnet: Dotnet): Moment | undefined {
  const text = trimmed(value)
  const offset = offsetOf(text)
  const rest = offset.length === 0 ? text : text.slice(0, -offset.length)
  const [date, time] = rest.length > 10 ? [rest.slice(0, 10), rest.slice(11)] : [rest, '']
  if (!isCalendarDate(date) || !(rest.length <= 10 || (rest[10] === 'T' && isTimeOfDay(time, time.length, dotnet)))) {
    return undefined
  }
  if (!isOffset(offset) || !isInRange(date, time, offset)) return undefined
  const precision = time.length === 0 ? 'date' : time.length < 8 ? 'minute' : 'second'
  return { precision, hasOffset: offset.length > 0 }
}

const OFFSET = /(?:Z|[+-]\d\d:\d\d)$/

function offsetOf(text: string): string {
  return OFFSET.exec(text.slice(-6))?.[0] ?? ''
}

/** Z, none, or between -14:00 and +14:00. */
function isOffset(offset: string): boolean {
  if (offset.length <= 1) return offset === '' || offset === 'Z'
  if ((offset[0] !== '+' && offset[0] !== '-') || offset[3] !== ':') return false
  const hours = digits(offset, 1, 3)
  return within(hours, 0, 14) && within(digits(offset, 4, 6), 0, hours === 14 ? 0 : 59)
}

const LAST_MINUTE = 24 * 60 - 1

/** Whether the UTC time and the local one lie in the years 1 to 9999, as those of a DateTimeOffset do. */
function isInRange(date: string, time: string, offset: string): boolean {
  if (date.startsWith('0001-01-01')) return minutesIn(time) + (roundsUp(time) ? 1 : 0) >= signed(offset)
  if (date.length === 4 || date.length === 7 || !date.startsWith('9999-12-31')) {
    return !(date === '0001' || date === '0001-01') || signed(offset) <= 0
  }
  const local = minutesIn(time)
  const minutes = local - signed(offset)
  const isLast = local === LAST_MINUTE || minutes === LAST_MINUTE
  return minutes <= LAST_MINUTE && !(isLast && roundsUp(time))
}

const minutesIn = (time: string): number =>
  time === '' ? 0 : digits(time, 0, 2) * 60 + (time.length < 5 ? 0 : digits(time, 3, 5))

const signed = (offset: string): number =>
  offset.length <= 1 ? 0 : (offset[0] === '-' ? -1 : 1) * (digits(offset, 1, 3) * 60 + digits(offset, 4, 6))

/** Whether a fraction of more than seven digits rounds the last second up to the next minute. */
const roundsUp = (time: string): boolean => /^.{6}59.9{7}[5-9]/.test(time)

/** Blanks that base64 may have in it. */
const BASE64_SPACE = /[ \t\r\n]+/g
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/**
 * Whether .NET decodes a text as base64. SDK 5 decodes the bytes of the JSON: with blanks since .NET 8, which asks for zeros in
 * the bits that padding leaves over. SDK 6 decodes text, with blanks and whatever those bits are.
 */
export function isBase64(value: string, sdk: 5 | 6, dotnet: Dotnet): boolean {
  const data = sdk === 6 || dotnet === 8 ? value.replace(BASE64_SPACE, '') : value
  if (data.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(data)) return false
  return sdk === 6 || dotnet === 6 || !hasBitsLeft(data)
}

function hasBitsLeft(data: string): boolean {
  const end = data.indexOf('=')
  if (end < 0) return false
  const mask = data.length - end === 1 ? 0b11 : 0b1111
  return (DIGITS.indexOf(data.charAt(end - 1)) & mask) !== 0
}

/** A number token as an Int32, or undefined. */
export function int32(raw: string): number | undefined {
  const number = /^-?\d{1,10}$/.test(raw) ? Number(raw) : Number.NaN
  return number >= -2_147_483_648 && number <= 2_147_483_647 ? number + 0 : undefined
}

/** Whether a number token is an Int64. */
export function isInt64(raw: string): boolean {
  return /^-?\d{1,19}$/.test(raw) && BigInt.asIntN(64, BigInt(raw)) === BigInt(raw)
}

/** Whether `long.Parse` of .NET reads a text: blanks around it and a sign before it are allowed. */
export function isInt64Text(text: string): boolean {
  const [, sign = '', number = ''] = /^[\t-\r ]*([+-]?)0*(\d{1,20})[\t-\r ]*\0*$/.exec(text) ?? []
  return (
    number !== '' &&
    BigInt.asIntN(64, BigInt(sign === '-' ? `-${number}` : number)) === BigInt(sign === '-' ? `-${number}` : number)
  )
}

const DECIMAL = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
const MAX_DECIMAL = 2n ** 96n
const MOST_DIGITS = 29
const MAX_SCALE = 28

/**
 * A number token as .NET's `decimal` prints it, or undefined where it is too large: up to 28 digits after the point, rounded
 * where it has more digits than 96 bits hold. Of a number of many digits only the first thirty are looked at.
 */
export function decimal(raw: string): string | undefined {
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = DECIMAL.exec(raw) ?? []
  if (whole === '') return undefined
  const significant = (whole + fraction).replace(/^0+/, '')
  const scale = fraction.length - clamp(Number(exponent))
  if (significant === '') return print('', 0n, Math.min(Math.max(scale, 0), MAX_SCALE))
  const rounded = round(significant, scale)
  return rounded && print(sign, rounded.digits, rounded.scale)
}

const clamp = (exponent: number): number => Math.max(-1e9, Math.min(1e9, exponent))

/** The digits that a decimal keeps: as many as fit into 96 bits, and 28 after the point. */
function round(significant: string, scale: number): { readonly digits: bigint; readonly scale: number } | undefined {
  for (let keep = Math.min(MOST_DIGITS, significant.length); keep >= 0; keep--) {
    const dropped = significant.length - keep
    const left = scale - dropped
    if (left > MAX_SCALE) continue
    const digits = roundedDigits(significant, keep)
    if (left < 0) {
      if (keep - left > MOST_DIGITS + 1) return undefined
      const whole = digits * 10n ** BigInt(-left)
      return whole < MAX_DECIMAL ? { digits: whole, scale: 0 } : undefined
    }
    if (digits < MAX_DECIMAL) return { digits, scale: left }
  }
  return scale - significant.length > MAX_SCALE - 1 ? { digits: 0n, scale: MAX_SCALE } : undefined
}

/** Half to even, as the number parser of .NET rounds; half up where 29 digits are kept. */
function roundedDigits(significant: string, keep: number): bigint {
  const kept = BigInt(significant.slice(0, keep) || '0')
  const next = significant.charCodeAt(keep) - 0x30
  if (!(next >= 5)) return kept
  const isTie = next === 5 && /^0*$/.test(significant.slice(keep + 1))
  return isTie && keep < MOST_DIGITS && kept % 2n === 0n ? kept : kept + 1n
}

function print(sign: string, digits: bigint, scale: number): string {
  const text = digits.toString().padStart(scale + 1, '0')
  const point = text.length - scale
  const number = scale === 0 ? text : `${text.slice(0, point)}.${text.slice(point)}`
  return digits === 0n ? number : sign + number
}
