import type { Event } from '../../../fixtures/index.ts'
import { looksReal } from '../../../simulator/ground/text/mask/series.ts'

/** Numbers of the real series are made here, of digits that stand nowhere, and go no further than a simulator. */
const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]
const K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]

const sum = (digits: string, weights: readonly number[]) =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)

/** A number of the form of the real series whose control digits are right. */
export function realNumber(): string {
  for (let individual = 900; individual < 1_000; individual += 1) {
    const nine = `${'31'}${'12'}${'39'}${individual}`
    const first = (11 - (sum(nine, K1) % 11)) % 11
    const second = (11 - (sum(`${nine}${first}`, K2) % 11)) % 11
    if (first < 10 && second < 10) return `${nine}${first}${second}`
  }
  throw new Error('There is no such number.')
}

/** The same with a last digit that nobody has. */
export function wrongNumber(): string {
  const real = realNumber()
  return `${real.slice(0, 9)}${(Number(real[9]) + 5) % 10}${(Number(real[10]) + 1) % 10}`
}

/** The event with that number as the patient's, as JSON. */
export function withNumber(event: Event, number: string): string {
  return JSON.stringify(event, (name, value: unknown) =>
    name === 'value' && typeof value === 'string' && /^\d{11}$/.test(value) ? number : value,
  )
}

/**
 * The event with times whose seconds, fraction and offset look like a number of the real series, as .NET may write any second: of
 * all its times about one in 300 does.
 */
export function withTimesLikeNumbers(event: Event): string {
  return JSON.stringify(event, (name, value: unknown) =>
    ['date', 'timestamp', 'whenHandedOver'].includes(name) && typeof value === 'string'
      ? `${value.slice(0, 10)}T03:34:${secondsLikeNumber()}:00`
      : value,
  )
}

/** `DD.MMYYIII+KK`, which is `SS.fffffff+hh`. */
function secondsLikeNumber(): string {
  for (let fraction = 1_200_000; ; fraction += 1) {
    const seconds = `31.${fraction}`
    if (looksReal(`31${fraction}01`)) return `${seconds}+01`
  }
}
