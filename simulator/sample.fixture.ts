import { hash, mix } from './ground/hash.ts'

/*
 * Sweeps over many cases that differ little: `npm test` tries a sample of them, the same one each time, and CI all of them:
 * `SAMPLE=all`. Another `SAMPLE` is the seed of another sample.
 */

const seed = process.env.SAMPLE ?? '1'

/** Whether every case is tried. */
export const isWhole = seed === 'all'

const placeOf = (name: string) => mix(hash(`${seed}/${name}`))

/** Whether a case is in the sample, by its name. */
export function isSampled(name: string, oneIn = 4): boolean {
  return isWhole || placeOf(name) % oneIn === 0
}

/** The cases to try, by their names. */
export function sampled<T>(cases: readonly (readonly [string, T])[], oneIn = 4): (readonly [string, T])[] {
  return cases.filter(([name]) => isSampled(name, oneIn))
}

/** One of the forms in which the case of this name can be tried; all of them where every case is tried. */
export function formsOf<T>(name: string, forms: readonly T[]): readonly T[] {
  return isWhole ? forms : forms.filter((_, at) => at === placeOf(name) % forms.length)
}
