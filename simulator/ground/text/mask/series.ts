/** Which series a number belongs to, as far as the number itself tells. */
export type Series = 'real' | 'synthetic' | 'undecidable' | 'invalid'

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/**
 * The series of a Norwegian identity number (DDMMYYIIIKK). Synthetic: month +80 (Skatteetaten, Tenor) or +65 (NHN).
 * Undecidable: month +40 (NAV's synthetic numbers and local help numbers look alike) and common help numbers (first
 * digit 8 or 9). Control digits follow the rule in force until 2032. An impossible date, such as 31 June, is invalid.
 */
export function identitySeries(number: string): Series {
  if (!/^\d{11}$/.test(number) || remainder(number, K1) !== 0 || remainder(number, K2) !== 0) return 'invalid'
  return seriesOfDate(number)
}

/**
 * Whether eleven digits look like an identity number of the real series: a day of the calendar (40 more for D numbers), and
 * control digits that are right by the rule in force or by that of 2032. Of all 11-digit numbers 0.24 % do.
 */
export function looksReal(number: string): boolean {
  return hasRealDate(number) && remainder(number, K1) <= 3 && remainder(number, K2) === 0
}

/** Whether eleven digits begin with a day of the real series, whatever the control digits. */
export function hasRealDate(number: string): boolean {
  return seriesOfDate(number) === 'real'
}

function seriesOfDate(number: string): Series {
  const first = Number(number[0])
  if (first >= 8) return 'undecidable'
  const day = Number(number.slice(0, 2)) - (first >= 4 ? 40 : 0)
  const { month, series } = monthOf(Number(number.slice(2, 4)))
  if (series === 'invalid' || day < 1 || day > daysIn(month, Number(number.slice(4, 6)))) return 'invalid'
  return series
}

/** What each series adds to the month. */
const ADDED: readonly (readonly [number, Series])[] = [
  [0, 'real'],
  [40, 'undecidable'],
  [65, 'synthetic'],
  [80, 'synthetic'],
]

function monthOf(written: number): { readonly month: number; readonly series: Series } {
  const [added, series] = ADDED.find(([more]) => written > more && written <= more + 12) ?? [0, 'invalid' as const]
  return { month: written - added, series }
}

/** The century is not told: 1900 had no 29 February, and 2000 had one. */
function daysIn(month: number, year: number): number {
  return month === 2 && year % 4 !== 0 ? 28 : (DAYS[month - 1] ?? 0)
}

/** The weighted sum of the digits that the weights cover, modulo 11. */
function remainder(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0) % 11
}
