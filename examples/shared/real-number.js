// @ts-check

/** Weights of the first control digit. */
const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]

/**
 * The first control digit is right neither by today's rule nor by that of 2032 (which takes a remainder of 0 to 3), so that
 * nobody has the number or will have it.
 * @param {string} number of a synthetic series: 80 or 65 is added to the month
 */
export function inRealSeries(number) {
  const month = Number(number.slice(2, 4))
  const nine = number.slice(0, 2) + String(month - (month > 80 ? 80 : 65)).padStart(2, '0') + number.slice(4, 9)
  const sum = K1.reduce((total, weight, index) => total + weight * Number(nine[index]), 0)
  const wrong = [...'0123456789'].find((digit) => (sum + Number(digit)) % 11 > 3)
  return `${nine}${wrong}${number.slice(10)}`
}
