import { fractionOf } from '../../ground/hash.ts'

/** How long a delay is, in milliseconds of the machine: the same each time, or drawn with the fault's seed. */
export type Delay =
  | number
  | { readonly distribution: 'uniform'; readonly min: number; readonly max: number }
  | { readonly distribution: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly distribution: 'exponential'; readonly mean: number }

/** The longest delay, in milliseconds. */
export const MAX_DELAY = 600_000

/** The delay of the `ordinal`th matching request, in whole milliseconds. */
export function delayOf(delay: Delay, seed: string, ordinal: number): number {
  const drawn = typeof delay === 'number' ? delay : draw(delay, (name) => fractionOf(`${seed}/${ordinal}/${name}`))
  return Math.round(Math.min(Math.max(drawn, 0), MAX_DELAY))
}

function draw(delay: Exclude<Delay, number>, fraction: (name: string) => number): number {
  switch (delay.distribution) {
    case 'uniform':
      return delay.min + fraction('a') * (delay.max - delay.min)
    case 'normal':
      return delay.mean + delay.deviation * boxMuller(1 - fraction('a'), fraction('b'))
    case 'exponential':
      return -delay.mean * Math.log(1 - fraction('a'))
  }
}

/** A value of the standard normal distribution from two of the uniform one. */
function boxMuller(first: number, second: number): number {
  return Math.sqrt(-2 * Math.log(first)) * Math.cos(2 * Math.PI * second)
}
