import { InvalidArgumentError } from 'commander'

/** Reads an option that is a whole number, from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER): (value: string) => number {
  const upTo = most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`
  return (value) => {
    const number = Number(value)
    if (/^\d+$/.test(value) && number >= least && number <= most) return number
    throw new InvalidArgumentError(`It must be a whole number from ${least}${upTo}.`)
  }
}

/** Reads a port; 0 picks a free one. */
export const readPort = wholeNumber(0, 65_535)
