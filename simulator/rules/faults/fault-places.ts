import { ANSWER, forEachPlayed, type PlayedSurface, SURFACES } from '../../ground/surfaces.ts'
import type { EffectKind, FaultEffect, FaultOrder } from './faults.ts'

/** The steps of each surface at which a fault can fire. */
export const FAULT_STEPS: Readonly<Record<PlayedSurface, readonly string[]>> = forEachPlayed((surface) => [
  ...SURFACES[surface].steps,
  ANSWER,
])

/** The effects that a handler plays itself, in these steps and nowhere else; the others act at any step. */
export const PLAYED_IN: Readonly<Partial<Record<EffectKind, Readonly<Partial<Record<PlayedSurface, string>>>>>> = {
  duplicate: { 'jft-write': 'store', 'jft-read': 'page', pit: 'page' },
  'short-page': { 'jft-read': 'page', pit: 'page' },
  'stuck-registration': { 'jft-write': 'store', pit: 'store' },
  failed: { 'jft-write': 'store', pit: 'store' },
  'dpop-nonce': { 'jft-write': 'token', 'jft-read': 'token', pit: 'token' },
  truncate: onEvery(ANSWER),
  'slow-body': onEvery(ANSWER),
  'content-type': onEvery(ANSWER),
}

function onEvery(step: string): Partial<Record<PlayedSurface, string>> {
  return forEachPlayed(() => step)
}

/** One thing wrong with an order. */
export interface OrderProblem {
  readonly path: 'effect' | 'surface' | 'step' | 'seed'
  readonly message: string
  /** What would have been right, for a suggestion. */
  readonly known?: readonly string[]
}

/** Everything that keeps an ordered fault from ever firing, or from firing the same way again. */
export function checkOrder({ surface, step, effect, probability, seed }: Omit<FaultOrder, 'match'>): OrderProblem[] {
  const problems: OrderProblem[] = []
  const drawn = probability < 1 || (effect.kind === 'latency' && typeof effect.delay !== 'number')
  if (drawn && seed === undefined) {
    problems.push({ path: 'seed', message: 'random values need a seed, so that they can be repeated.' })
  }
  const places = placesOf(effect)
  if (surface !== undefined && !(surface in places)) {
    const message = `${effect.kind} is not for ${surface}; it is for ${Object.keys(places).join(', ')}.`
    return [...problems, { path: 'surface', message }]
  }
  if (step === undefined) return problems
  const known = [...new Set(surface === undefined ? Object.values(places).flat() : (places[surface] ?? []))]
  if (known.includes(step)) return problems
  const where = surface === undefined ? '' : ` of ${surface}`
  return [...problems, { path: 'step', message: `${named(effect)} cannot fire at the step ${step}${where}.`, known }]
}

/** A connection that breaks after the work is another effect than one that breaks before: it has not the same steps. */
function named(effect: FaultEffect): string {
  return effect.kind === 'reset' && effect.when === 'after' ? 'reset with "when": "after"' : effect.kind
}

/** The steps where an effect can act, by surface. */
function placesOf(effect: FaultEffect): FaultPlaces {
  if (effect.kind === 'reset' && effect.when === 'after') return { ...toLists(onEvery(ANSWER)) }
  return placesOfKind(effect.kind)
}

/** By surface, the steps at which a fault can fire. */
export type FaultPlaces = Readonly<Partial<Record<PlayedSurface, readonly string[]>>>

/** The steps where any effect of a kind can act, by surface. A connection that breaks after everything acts at `answer` only. */
export function placesOfKind(kind: EffectKind): FaultPlaces {
  const own = PLAYED_IN[kind]
  return own === undefined ? FAULT_STEPS : toLists(own)
}

function toLists(steps: Readonly<Partial<Record<PlayedSurface, string>>>) {
  return Object.fromEntries(Object.entries(steps).map(([surface, step]) => [surface, [step]]))
}
