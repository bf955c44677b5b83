/*
 * System.Decimal of .NET: a whole number of 96 bits, and how many of its digits (0 to 28) stand after the point. What is
 * longer is rounded. Two readers are needed, which round differently: Newtonsoft.Json's for numbers of JSON, and
 * decimal.Parse for texts.
 */

/** A decimal: `mantissa` · 10^-`scale`. */
export interface Decimal {
  readonly isNegative: boolean
  readonly mantissa: bigint
  readonly scale: number
}

const MAX_MANTISSA = 2n ** 96n - 1n
const MAX_TENTH = MAX_MANTISSA / 10n
const MAX_SCALE = 28
const MAX_DIGITS = 29

/** The decimal as .NET writes it: all digits of its scale, no exponent, no sign before zero. */
export function formatDecimal({ isNegative, mantissa, scale }: Decimal): string {
  const digits = mantissa.toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  const sign = isNegative && mantissa !== 0n ? '-' : ''
  return `${sign}${digits.slice(0, point)}${scale === 0 ? '' : `.${digits.slice(point)}`}`
}

/** Why a number cannot be read: not in the form of one or too large, or so that .NET itself fails. */
export type DecimalFault = 'invalid' | 'overflow'

/** A leading zero stands alone; an exponent may be a lone sign, which is zero. */
const JSON_DECIMAL = /^(-?)(?:0|([1-9]\d*))(?:\.(\d+))?(?:[eE](?:([+-])(\d*)|(\d+)))?$/

/** Reads a number of JSON as Newtonsoft.Json 13 does (ConvertUtils.DecimalTryParse). Linear in the length of the text. */
export function readJsonDecimal(text: string): Decimal | DecimalFault {
  const match = JSON_DECIMAL.exec(text)
  if (match === null) return 'invalid'
  const [, minus, whole = '', fraction = '', sign, signed, unsigned] = match
  const { kept, dropped } = leadingDigits(whole + fraction)
  const written = exponentOf(signed ?? unsigned ?? '') * (sign === '-' ? -1 : 1)
  const exponent = written + dropped.length - fraction.length
  const isNegative = minus === '-'
  const mantissa = BigInt(kept === '' ? '0' : kept)
  if (exponent > 0) return enlarged(isNegative, mantissa, exponent, kept.length, dropped)
  const roundsUp = dropped !== '' && (dropped[0] ?? '') >= '5' && exponent >= -MAX_SCALE
  const rounded = roundsUp ? mantissa + 1n : mantissa
  if (rounded > MAX_MANTISSA) return 'overflow'
  if (exponent < 0 && kept.length + exponent + MAX_SCALE <= 0) return { isNegative, mantissa: 0n, scale: 0 }
  return { isNegative, ...scaled(rounded, -exponent) }
}

/** The 29 digits that are kept, or 28 where 29 would be more than a decimal holds. */
function leadingDigits(digits: string): { readonly kept: string; readonly dropped: string } {
  const isTooLarge = digits.length >= MAX_DIGITS && BigInt(digits.slice(0, MAX_DIGITS)) > MAX_MANTISSA
  const count = isTooLarge ? MAX_DIGITS - 1 : MAX_DIGITS
  return { kept: digits.slice(0, count), dropped: digits.slice(count) }
}

/** An exponent, as a 32 bit number that stays as it is where a digit more would make it smaller. */
function exponentOf(digits: string): number {
  let exponent = 0
  for (const digit of digits) {
    const next = (10 * exponent + Number(digit)) | 0
    if (exponent < next) exponent = next
  }
  return exponent
}

function enlarged(
  isNegative: boolean,
  mantissa: bigint,
  exponent: number,
  count: number,
  dropped: string,
): Decimal | DecimalFault {
  const length = count + exponent
  if (length > MAX_DIGITS) return 'invalid'
  const tenth = mantissa * 10n ** BigInt(exponent - 1)
  const isTooLarge = exponent > 1 ? tenth > MAX_TENTH : tenth === MAX_TENTH && (dropped[0] ?? '') > '5'
  if (length === MAX_DIGITS && isTooLarge) return 'invalid'
  const whole = tenth * 10n
  return whole > MAX_MANTISSA ? 'overflow' : { isNegative, mantissa: whole, scale: 0 }
}

/** 10^-`scale` times the whole number. Beyond 28 digits .NET divides first, which takes zeros from the end. */
function scaled(mantissa: bigint, scale: number): { readonly mantissa: bigint; readonly scale: number } {
  if (scale <= MAX_SCALE) return { mantissa, scale }
  let left = mantissa
  let length = scale
  for (let digits = 0; digits < MAX_SCALE && left % 10n === 0n; digits++) {
    left /= 10n
    length--
  }
  return length > FARTHEST_SCALE && left < 2n ** 32n ? { mantissa: 0n, scale: 0 } : reduced(left, length)
}

/** .NET does not round 32 bits that stand farther behind the point than this; they are zero. */
const FARTHEST_SCALE = 47

/** With a scale of 28 at most. Halves go to the even neighbour, as .NET multiplies. */
function reduced(mantissa: bigint, scale: number): { readonly mantissa: bigint; readonly scale: number } {
  if (scale <= MAX_SCALE) return { mantissa, scale }
  const unit = 10n ** BigInt(scale - MAX_SCALE)
  const quotient = mantissa / unit
  const twice = 2n * (mantissa % unit)
  const isUp = twice > unit || (twice === unit && quotient % 2n === 1n)
  return { mantissa: isUp ? quotient + 1n : quotient, scale: MAX_SCALE }
}

const TEXT_DECIMAL = /^(-?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?)(\d+))?\0*$/

/**
 * Reads a text as `decimal.Parse` of .NET does, in the way of the Firely SDK: no `+` and no `.` in front, no `.` at the end.
 * NULs behind it are passed over. Linear in the length of the text.
 */
export function readTextDecimal(text: string): Decimal | undefined {
  const match = TEXT_DECIMAL.exec(text)
  if (match === null || /^\.|\.\0*$/.test(text)) return undefined
  const [, minus, whole = '', fraction = '', sign, exponentDigits = ''] = match
  if (whole === '' && fraction === '') return undefined
  const isNegative = minus === '-'
  const exponent = (sign === '-' ? -1 : 1) * largeExponent(exponentDigits)
  const all = whole + fraction
  const digits = all.replace(/^0+/, '')
  if (digits === '') {
    return { isNegative, mantissa: 0n, scale: Math.min(Math.max(fraction.length - exponent, 0), MAX_SCALE) }
  }
  return rounded(isNegative, digits, digits.length - fraction.length + exponent)
}

/** Exponents of more than four digits are 9999 (Number.Parsing of .NET). */
function largeExponent(digits: string): number {
  const significant = digits.replace(/^0+/, '')
  return significant.length > 4 ? 9999 : Number(significant === '' ? 0 : significant)
}

/** 0.`digits` · 10^`point`, with as many digits as fit; halves go to the even neighbour. */
function rounded(isNegative: boolean, digits: string, point: number): Decimal | undefined {
  if (point > MAX_DIGITS) return undefined
  const most = Math.min(MAX_DIGITS, point + MAX_SCALE)
  for (let count = most; count >= Math.max(most - 1, 0); count--) {
    const mantissa = roundedTo(digits, count)
    const scale = count - point
    if (mantissa <= MAX_MANTISSA) return exact(isNegative, mantissa, scale, digits.length - point)
  }
  return most < 0 ? { isNegative, mantissa: 0n, scale: MAX_SCALE } : undefined
}

/** Not more digits behind the point than were written. */
function exact(isNegative: boolean, mantissa: bigint, scale: number, written: number): Decimal | undefined {
  const surplus = scale - Math.max(written, 0)
  if (surplus > 0) return { isNegative, mantissa: mantissa / 10n ** BigInt(surplus), scale: scale - surplus }
  return scale < 0 ? undefined : { isNegative, mantissa, scale }
}

/** The first `count` digits, rounded by those behind. */
function roundedTo(digits: string, count: number): bigint {
  const kept = digits.slice(0, count).padEnd(count, '0')
  const mantissa = BigInt(kept === '' ? '0' : kept)
  const next = digits[count] ?? '0'
  if (next < '5') return mantissa
  const isHalf = next === '5' && /^0*$/.test(digits.slice(count + 1))
  return isHalf && mantissa % 2n === 0n ? mantissa : mantissa + 1n
}
