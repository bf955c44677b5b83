/**
 * A number of the real series with right control digits, made by code so that none is written down. Its date lies in
 * the future of the series, so that it belongs to nobody.
 */
export function realIdentityNumber(): string {
  for (let individual = 999; individual > 900; individual -= 1) {
    const number = withControlDigits(`311239${individual}`)
    if (number) return number
  }
  throw new Error('No number of that date has control digits below ten.')
}

function withControlDigits(nine: string): string | undefined {
  const k1 = control(nine, [3, 7, 6, 1, 8, 9, 4, 5, 2])
  const k2 = control(nine + k1, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2])
  return k1 < 10 && k2 < 10 ? `${nine}${k1}${k2}` : undefined
}

function control(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return (11 - (sum % 11)) % 11
}
