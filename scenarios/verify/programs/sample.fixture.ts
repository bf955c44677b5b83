import { hash } from '../../../simulator/ground/hash.ts'

/** One in so many is played by `npm test`; CI plays all: `PROGRAMS=all`. Another `PROGRAMS` is the seed of another sample. */
const ONE_IN = 4

/** The programs to play, the same ones for the same seed. */
export function sampled<T>(programs: readonly (readonly [string, T])[]): (readonly [string, T])[] {
  const seed = process.env.PROGRAMS ?? '1'
  if (seed === 'all') return [...programs]
  return programs.filter(([name]) => hash(`${seed}/${name}`) % ONE_IN === 0)
}
