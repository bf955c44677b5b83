import { formatDecimal, readTextDecimal } from './dotnet-decimal.ts'
import type { SourceNode } from './lenient-nodes.ts'
import { plainInteger } from './lenient-number.ts'
import { escapeSeparators } from './lenient-path.ts'
import { isDate, isDateTime, isTime, readInstant } from './lenient-time.ts'

/*
 * How the Firely .NET SDK's parser from before System.Text.Json reads literals, and how its serialiser writes them: every
 * value goes through text, which is trimmed, and the text is read as the type. Whether a code, id or uri is well-formed is
 * not looked at.
 */

const BLANK = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]'
const IS_BLANK = new RegExp(`^${BLANK}$`)

/** Without the white space of .NET's `String.Trim` at both ends. Linear in its length. */
export function trim(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlank(text, start)) start++
  while (end > start && isBlank(text, end - 1)) end--
  return end - start === text.length ? text : text.slice(start, end)
}

function isBlank(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  return (code <= 0x20 || code >= 0x85) && IS_BLANK.test(text.charAt(at))
}

/** The text of a value that is not an object or array; undefined for what counts as absent: null, and strings of only white space. */
export function textOf({ kind, text }: SourceNode): string | undefined {
  if (kind === 'integer' || kind === 'float' || kind === 'boolean') return text
  if (kind !== 'string') return undefined
  const trimmed = trim(text)
  return trimmed === '' ? undefined : trimmed
}

/** Why a literal cannot be read: with a message where .NET throws an exception, without one where the library says so. */
export interface LiteralFault {
  readonly message?: string
}

/** Reads a text as a value of the type: gives the JSON token that is written for it. */
export function readLiteral(text: string, typeName: string): string | LiteralFault {
  const read = READERS.get(typeName)
  return read === undefined ? stringToken(text) : read(text)
}

/** Whether values of the type are any text. */
export function isAnyText(typeName: string): boolean {
  return !READERS.has(typeName)
}

/** A string as Newtonsoft.Json writes it. */
export function stringToken(text: string): string {
  return escapeSeparators(JSON.stringify(text))
}

type Read = (text: string) => string | LiteralFault

const NO_LITERAL: LiteralFault = {}

const asString =
  (accepts: (text: string) => boolean): Read =>
  (text) =>
    accepts(text) ? stringToken(text) : NO_LITERAL

/** A whole number by XmlConvert, behind which NULs are passed over. */
const whole =
  (bits: number): Read =>
  (text) => {
    const [, digits] = /^([+-]?\d+)\0*$/.exec(text) ?? []
    if (digits === undefined) return NO_LITERAL
    const plain = plainInteger(digits)
    if (plain.length > 20 || BigInt.asIntN(bits, BigInt(plain)) !== BigInt(plain)) return NO_LITERAL
    return bits === 64 ? stringToken(plain) : plain
  }

const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d{0,13})(?:\.\d{1,14})?$/

const decimal: Read = (text) => {
  if (PLAIN_DECIMAL.test(text) && !text.startsWith('-')) return text
  const value = readTextDecimal(text)
  return value === undefined ? NO_LITERAL : formatDecimal(value)
}

const instant: Read = (text) => {
  const reading = readInstant(text)
  if (reading === undefined) return NO_LITERAL
  return 'text' in reading ? stringToken(reading.text) : reading
}

const BAD_BASE64 =
  'The input is not a valid Base-64 string as it contains a non-base 64 character, more than two padding characters, or an illegal character among the padding characters.'

/** Convert.FromBase64String: four kinds of white space are passed over, bits that stand for nothing too. */
const base64: Read = (text) => {
  const digits = text.replace(/[ \t\r\n]/g, '')
  const isBase64 = digits.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(digits)
  if (!isBase64) return { message: BAD_BASE64 }
  return JSON.stringify(withoutStrayBits(digits))
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The last digit before `=` has 2 or 4 bits more than the bytes need. */
function withoutStrayBits(digits: string): string {
  const padding = digits.endsWith('==') ? 2 : digits.endsWith('=') ? 1 : 0
  if (padding === 0) return digits
  const at = digits.length - padding - 1
  const unit = padding === 2 ? 16 : 4
  const value = Math.floor(ALPHABET.indexOf(digits.charAt(at)) / unit) * unit
  return `${digits.slice(0, at)}${ALPHABET.charAt(value)}${'='.repeat(padding)}`
}

/** The types whose text is looked at; all others take any. */
const READERS: ReadonlyMap<string, Read> = new Map<string, Read>([
  ['boolean', (text) => (text === 'true' || text === 'false' ? text : NO_LITERAL)],
  ['integer', whole(32)],
  ['unsignedInt', whole(32)],
  ['positiveInt', whole(32)],
  ['integer64', whole(64)],
  ['decimal', decimal],
  ['dateTime', asString(isDateTime)],
  ['instant', instant],
  ['date', asString(isDate)],
  ['time', asString(isTime)],
  ['base64Binary', base64],
])
