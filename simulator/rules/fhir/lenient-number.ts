import { formatDecimal, readJsonDecimal } from './dotnet-decimal.ts'

/** A number of JSON as Newtonsoft.Json 13 reads it: the .NET type, and the value as .NET writes it. */
export interface JsonNumber {
  readonly kind: 'integer' | 'float'
  readonly text: string
}

/** Why a number is none, in the words of the library; `isOwnFault` where it does not catch its own exception. */
export interface NumberFault {
  readonly message: string
  readonly isOwnFault: boolean
}

/** Digits that are the value as they stand: they fit into an Int64. */
const PLAIN_INTEGER = /^-?(?:0|[1-9]\d{0,17})$/
/** As many digits as a decimal surely holds. */
const PLAIN_DECIMAL = /^-?(?:0|[1-9]\d{0,13})\.\d{1,14}$/
const LONGEST_INTEGER = 380

/**
 * Reads what stands where a number begins. `010` is octal 8 and `0x1F` is 31 ("by design"); what has a point or an exponent
 * is a System.Decimal.
 */
export function readNumber(text: string): JsonNumber | NumberFault {
  if (PLAIN_INTEGER.test(text)) return { kind: 'integer', text: text === '-0' ? '0' : text }
  if (PLAIN_DECIMAL.test(text)) return { kind: 'float', text: withoutNegativeZero(text) }
  if (/^0[^.eE]/.test(text)) return readNonDecimal(text)
  if (/^-?\d+$/.test(text)) return readLargeInteger(text)
  const decimal = readJsonDecimal(text)
  if (decimal === 'overflow') return { message: TOO_LARGE, isOwnFault: true }
  if (decimal === 'invalid') return fault(`Input string '${text}' is not a valid decimal.`)
  return { kind: 'float', text: formatDecimal(decimal) }
}

const TOO_LARGE = 'Value was either too large or too small for a Decimal.'

const fault = (message: string): NumberFault => ({ message, isOwnFault: false })

function withoutNegativeZero(text: string): string {
  return text.startsWith('-') && /^-[0.]+$/.test(text) ? text.slice(1) : text
}

function readLargeInteger(text: string): JsonNumber | NumberFault {
  const isInt64 = text.length <= 20 && BigInt.asIntN(64, BigInt(text)) === BigInt(text)
  if (!isInt64 && text.length > LONGEST_INTEGER) return fault(`JSON integer ${text} is too large to parse.`)
  return { kind: 'integer', text: plainInteger(text) }
}

/** Without leading zeros, and without the sign of zero. */
export function plainInteger(text: string): string {
  const [, sign = '', digits = ''] = /^([+-]?)0*([1-9]\d*)?$/.exec(text) ?? []
  return `${digits === '' || sign === '+' ? '' : sign}${digits === '' ? '0' : digits}`
}

/** Convert.ToInt64 with base 8 or 16: the bits of up to 64, so that the largest are negative. */
function readNonDecimal(text: string): JsonNumber | NumberFault {
  const isHex = /^0x[\da-f]+$/i.test(text)
  const digits = text.slice(isHex ? 2 : 0).replace(/^0+(?=.)/, '')
  const isNumber = isHex ? digits.length <= 16 : /^[0-7]{1,22}$/.test(digits)
  const value = isNumber ? BigInt(`${isHex ? '0x' : '0o'}${digits}`) : undefined
  if (value === undefined || value >= 2n ** 64n) return fault(`Input string '${text}' is not a valid number.`)
  return { kind: 'integer', text: BigInt.asIntN(64, value).toString() }
}
