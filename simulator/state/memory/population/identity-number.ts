/** Who a synthetic identity number is made for. */
export interface Birth {
  /** `YYYY-MM-DD`, from 1900 to 1999. */
  readonly date: string
  readonly gender: 'female' | 'male'
  /** What is added to the month: 80 (Skatteetaten's Tenor) or 65 (NHN's reserved persons). No month of the calendar is left. */
  readonly series: 65 | 80
}

const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

/**
 * The first identity number (DDMMYYIIIKK) of the birth that has control digits; odd individual numbers are men's. Throws
 * when no individual number of 1900 to 1999 (000 to 499) has any, which does not happen for a date of the calendar.
 */
export function syntheticIdentityNumber({ date, gender, series }: Birth): string {
  const [year = '', month = '', day = ''] = date.split('-')
  const start = day + String(Number(month) + series) + year.slice(2)
  for (let individual = gender === 'male' ? 1 : 0; individual < 500; individual += 2) {
    const nine = start + String(individual).padStart(3, '0')
    const k1 = controlDigit(nine, K1)
    const k2 = controlDigit(nine + k1, K2)
    if (k1 < 10 && k2 < 10) return `${nine}${k1}${k2}`
  }
  throw new Error(`No identity number of ${date} has control digits.`)
}

function controlDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return (11 - (sum % 11)) % 11
}
