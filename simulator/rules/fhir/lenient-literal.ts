import type { SourceNode } from './lenient-json.ts'

/*
 * How the Firely .NET SDK's parser from before System.Text.Json reads literals: every value goes through text, which is
 * trimmed, and the text is read as the type. Whether a code, id or uri is well-formed is not looked at.
 */

const BLANK = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const BLANKS_AROUND = new RegExp(`^${BLANK}+|${BLANK}+$`, 'g')

/** Without the white space of .NET's `String.Trim` at both ends. */
function trim(text: string): string {
  if (text.length === 0 || (/\S/.test(text[0] ?? '') && /\S/.test(text.at(-1) ?? ''))) return text
  return text.replace(BLANKS_AROUND, '')
}

/** The text of a value that is no object or array; undefined for what counts as absent: null, and strings of only white space. */
export function textOf({ kind, text }: SourceNode): string | undefined {
  if (kind === 'null') return undefined
  if (kind === 'number') return plainNumber(text)
  const trimmed = kind === 'string' ? trim(text) : text
  return trimmed === '' ? undefined : trimmed
}

/** The JSON token that is written for a value of the type, or undefined when the text cannot be read as it. */
export function tokenOf(node: SourceNode, text: string, typeName: string): string | undefined {
  if (typeName === 'decimal' && node.kind === 'number') return isDecimal(text) ? node.text : undefined
  const read = READERS.get(typeName)
  return read === undefined ? JSON.stringify(text) : read(text)
}

type Read = (text: string) => string | undefined

const DAY = '\\d{4}(?:-\\d\\d(?:-\\d\\d)?)?'
const TIME = '(\\d\\d)(?::(\\d\\d)(?::(\\d\\d)(?:\\.\\d+)?)?)?'
const OFFSET = '(Z|[+-]\\d\\d:\\d\\d)?'
const DATE = new RegExp(`^(${DAY})${OFFSET}$`)
const DATE_TIME = new RegExp(`^(?:(${DAY})|(\\d{4}-\\d\\d-\\d\\d)T${TIME})${OFFSET}$`)
const TIME_OF_DAY = new RegExp(`^${TIME}${OFFSET}$`)

const asString =
  (accepts: (text: string) => boolean): Read =>
  (text) =>
    accepts(text) ? JSON.stringify(text) : undefined

const dateTime = asString((text) => {
  const [whole, day, fullDay = day, hours, minutes, seconds, offset] = DATE_TIME.exec(text) ?? []
  return whole !== undefined && isDay(fullDay ?? '') && isTime(hours, minutes, seconds) && isOffset(offset)
})

const integer: Read = (text) => {
  const number = Number(text)
  return /^[+-]?\d+$/.test(text) && number >= -(2 ** 31) && number < 2 ** 31 ? String(number) : undefined
}

/** The types whose text is looked at; all others take any. */
const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['boolean', (text) => (text === 'true' || text === 'false' ? text : undefined)],
  ['integer', integer],
  ['unsignedInt', integer],
  ['positiveInt', integer],
  ['integer64', asString((text) => /^[+-]?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text))],
  ['decimal', (text) => (isDecimal(text) ? plainNumber(text).replace(/^(-?)0+(?=\d)/, '$1') : undefined)],
  ['dateTime', dateTime],
  ['instant', dateTime],
  ['date', asString((text) => isDate(DATE.exec(text)))],
  ['time', asString((text) => isClock(TIME_OF_DAY.exec(text)))],
  ['base64Binary', (text) => base64(text.replace(/[ \t\r\n]/g, ''))],
])

function isDate(match: RegExpExecArray | null): boolean {
  return match !== null && isDay(match[1] ?? '') && isOffset(match[2])
}

function isClock(match: RegExpExecArray | null): boolean {
  return match !== null && isTime(match[1], match[2], match[3]) && isOffset(match[4])
}

/** Whether the day is in the calendar; month and day may be missing. */
function isDay(text: string): boolean {
  const [year = 0, month = 1, day = 1] = text.split('-').map(Number)
  const days = month === 2 ? (isLeap(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31
  return year > 0 && month >= 1 && month <= 12 && day >= 1 && day <= days
}

const isLeap = (year: number): boolean => year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)

function isTime(hours = '0', minutes = '0', seconds = '0'): boolean {
  return Number(hours) < 24 && Number(minutes) < 60 && Number(seconds) < 60
}

/** .NET takes offsets up to 14 hours. */
function isOffset(offset = 'Z'): boolean {
  if (offset === 'Z') return true
  const [hours = 0, minutes = 0] = offset.slice(1).split(':').map(Number)
  return minutes < 60 && hours * 60 + minutes <= 14 * 60
}

function base64(text: string): string | undefined {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text) ? JSON.stringify(text) : undefined
}

/** What `decimal` of .NET holds: up to 2^96 - 1, which a double cannot tell from 2^96. */
function isDecimal(text: string): boolean {
  return /^-?(?:\d+(?:\.\d+)?|(?<=-)\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(text) && Math.abs(Number(text)) <= 2 ** 96
}

/** A number without an exponent, all digits kept: 1.50e1 is 15.0. */
function plainNumber(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent] =
    /^(-?)(\d*)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/.exec(text) ?? []
  if (exponent === undefined) return whole === '' && fraction !== '' ? `${sign}0.${fraction}` : text
  const digits = whole + fraction
  const point = whole.length + Number(exponent)
  const before = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  const after = point >= 0 ? digits.slice(point) : digits.padStart(digits.length - point, '0')
  return `${sign}${before.replace(/^0+(?=\d)/, '')}${after === '' ? '' : `.${after}`}`
}
