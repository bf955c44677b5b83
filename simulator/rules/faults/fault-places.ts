import { ANSWER, forEachPlayed, type PlayedSurface, SURFACES } from '../../ground/surfaces.ts'
import type { EffectKind, FaultEffect, FaultOrder } from './faults.ts'

/** The steps of each surface at which a fault can fire. */
export const FAULT_STEPS: Readonly<Record<PlayedSurface, readonly string[]>> = forEachPlayed((surface) => [
  ...SURFACES[surface].steps,
  ANSWER,
])

/** One step of each surface whose handlers play an effect. */
type Places = { readonly [S in PlayedSurface]?: (typeof SURFACES)[S]['steps'][number] }

/**
 * Who plays each effect: the step at which the fault fires, any step; the delay before that; the answer on its way out; or the
 * handlers of some surfaces, in one step of each, where they ask by `ctx.injected`.
 */
export const PLAYERS = {
  status: 'step',
  reset: 'step',
  'rotate-keys': 'step',
  latency: 'delay',
  truncate: 'answer',
  'slow-body': 'answer',
  'content-type': 'answer',
  duplicate: { 'jft-write': 'store', 'jft-read': 'page', pit: 'page' },
  'short-page': { 'jft-read': 'page', pit: 'page' },
  'stuck-registration': { 'jft-write': 'store', pit: 'store' },
  failed: { 'jft-write': 'store', pit: 'store' },
  'dpop-nonce': { 'jft-write': 'token', 'jft-read': 'token', pit: 'token' },
} as const satisfies { readonly [K in EffectKind]: 'step' | 'delay' | 'answer' | Places }

type PlayedBy<Player> = { [K in EffectKind]: (typeof PLAYERS)[K] extends Player ? K : never }[EffectKind]

/** The effects that act as a step begins. */
export type StepKind = PlayedBy<'step'>

/** The effects that spoil an answer on its way out. */
export type AnswerKind = PlayedBy<'answer'>

/** The effects that handlers play themselves. */
export type HandlerKind = PlayedBy<Places>

/** Whether an effect waits until it is asked for, by a handler or by the answer on its way out. */
export function isAskedFor(kind: EffectKind): kind is AnswerKind | HandlerKind {
  const player = PLAYERS[kind]
  return player === 'answer' || typeof player === 'object'
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
  if (effect.kind === 'reset' && effect.when === 'after') return toLists(onEvery(ANSWER))
  return placesOfKind(effect.kind)
}

/** By surface, the steps at which a fault can fire. */
export type FaultPlaces = Readonly<Partial<Record<PlayedSurface, readonly string[]>>>

/** The steps where any effect of a kind can act, by surface. A connection that breaks after everything acts at `answer` only. */
export function placesOfKind(kind: EffectKind): FaultPlaces {
  const player = PLAYERS[kind]
  if (typeof player === 'object') return toLists(player)
  return player === 'answer' ? toLists(onEvery(ANSWER)) : FAULT_STEPS
}

function toLists(steps: Readonly<Partial<Record<PlayedSurface, string>>>) {
  return Object.fromEntries(Object.entries(steps).map(([surface, step]) => [surface, [step]]))
}
