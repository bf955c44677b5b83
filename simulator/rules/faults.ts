import { fractionOf } from './hash.ts'

/** The surfaces that can be told to misbehave: all but the control API, which takes faults away again. */
export const FAULT_SURFACES = ['helseid', 'ttt', 'jft-write', 'jft-read', 'vkp', 'ehr'] as const

export type FaultSurface = (typeof FAULT_SURFACES)[number]

/** The statuses that a fault can answer with. */
export const FAULT_STATUSES = [401, 403, 404, 429, 500, 502, 503] as const

export type FaultStatus = (typeof FAULT_STATUSES)[number]

/** How long a delay is, in milliseconds of the machine: the same each time, or drawn with the fault's seed. */
export type Delay =
  | number
  | { readonly distribution: 'uniform'; readonly min: number; readonly max: number }
  | { readonly distribution: 'normal'; readonly mean: number; readonly deviation: number }
  | { readonly distribution: 'exponential'; readonly mean: number }

/** What goes wrong. */
export type FaultEffect =
  /** `retryAfter`: seconds, of 429 and 503; without it, up to the next full minute of the sandbox's clock. */
  | { readonly kind: 'status'; readonly status: FaultStatus; readonly retryAfter?: number | undefined }
  | { readonly kind: 'latency'; readonly delay: Delay }
  /** `before`: nothing was done. `after`: everything was done, and only the answer is lost. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The body ends after so many bytes; Content-Length says the whole length. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** A submission is stored twice; a page of a search has its first event twice. */
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'stuck-registration' }
  | { readonly kind: 'failed' }
  | { readonly kind: 'dpop-nonce' }
  /** `kept`: the JWKS has both keys and older tokens pass. `withdrawn`: only the new key, and older tokens are refused. */
  | { readonly kind: 'rotate-keys'; readonly oldKey: 'kept' | 'withdrawn' }

export type EffectKind = FaultEffect['kind']

export type EffectOf<K extends EffectKind> = Extract<FaultEffect, { kind: K }>

/** Which requests a fault is for; what is left out matches all. */
export interface FaultMatch {
  readonly method?: string | undefined
  /** The resource type in the path, in any letter case. */
  readonly type?: string | undefined
  readonly clientId?: string | undefined
  readonly municipality?: string | undefined
  /** The path below the surface's base URL; `*` stands for any characters. */
  readonly path?: string | undefined
  /** Begins with the nth request that matches the rest. */
  readonly nth?: number | undefined
}

/** A fault as it is ordered. */
export interface FaultOrder {
  readonly surface?: FaultSurface | undefined
  /** Fires as this step begins; without it, at the first step of a matching request. */
  readonly step?: string | undefined
  readonly match: FaultMatch
  readonly effect: FaultEffect
  /** How often it fires; `null`: until it expires. */
  readonly times: number | null
  /** Of each matching request; below 1 only with a seed. */
  readonly probability: number
  readonly seed?: string | undefined
  readonly preset?: string | undefined
  readonly note?: string | undefined
}

/** A fault that was put into the queue. */
export interface Fault extends FaultOrder {
  readonly id: string
  /** Milliseconds since the epoch, by the sandbox's clock. */
  readonly created: number
  readonly expires: number
  readonly state: 'active' | 'used' | 'expired' | 'removed'
  /** Matching requests so far. */
  readonly seen: number
  readonly fired: number
}

/** Where a request stands when it is asked whether a fault fires. */
export interface Visit {
  readonly surface: string
  readonly step: string
  /** The effect that the handler can play here; without it, those that every step has. */
  readonly asked?: EffectKind | undefined
  readonly method: string
  readonly path: string
  readonly type?: string | undefined
  readonly clientId?: string | undefined
  readonly municipality?: string | undefined
}

/** The step on the way out, after the handler is done. */
export const ANSWER = 'answer'

/** The steps of each surface at which a fault can fire. */
export const FAULT_STEPS: Readonly<Record<FaultSurface, readonly string[]>> = {
  helseid: ['form', 'client', 'dpop', 'grant', 'organization', 'token', ANSWER],
  ttt: ['request', 'key', 'token', 'proof', ANSWER],
  'jft-write': [
    ...['type', 'token', 'scope', 'claims', 'rate', 'content-type', 'body', 'fhir-r4', 'resource-type', 'identifiers'],
    ...['store', 'event', 'acknowledge', ANSWER],
  ],
  'jft-read': [
    ...['type', 'token', 'scope', 'claims', 'rate', 'parameters', 'search', 'cursor', 'page', 'event', 'registered'],
    ANSWER,
  ],
  vkp: [
    ...['type', 'token', 'scope', 'organization', 'body', 'lenient-r4', 'resource-type', 'delivery', 'corrections'],
    ...['token-exchange', 'jft', 'service-codes', 'parameters', 'ehr', ANSWER],
  ],
  ehr: ['organization', 'body', 'resource', 'note', ANSWER],
}

/** The effects that a handler plays itself, in these steps and nowhere else; the others act at any step. */
const PLAYED_IN: Readonly<Partial<Record<EffectKind, Readonly<Partial<Record<FaultSurface, string>>>>>> = {
  duplicate: { 'jft-write': 'store', 'jft-read': 'page' },
  'stuck-registration': { 'jft-write': 'store' },
  failed: { 'jft-write': 'store' },
  'dpop-nonce': { 'jft-write': 'token', 'jft-read': 'token' },
  truncate: onEvery(ANSWER),
  'slow-body': onEvery(ANSWER),
  'content-type': onEvery(ANSWER),
}

function onEvery(step: string): Partial<Record<FaultSurface, string>> {
  return Object.fromEntries(FAULT_SURFACES.map((surface) => [surface, step]))
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
    problems.push({ path: 'seed', message: 'what is drawn needs a seed, so that it can be repeated.' })
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
  return [...problems, { path: 'step', message: `${effect.kind} cannot fire at the step ${step}${where}.`, known }]
}

/** The steps where an effect can act, by surface. */
function placesOf(effect: FaultEffect): Readonly<Partial<Record<FaultSurface, readonly string[]>>> {
  if (effect.kind === 'reset' && effect.when === 'after') return { ...toLists(onEvery(ANSWER)) }
  const own = PLAYED_IN[effect.kind]
  return own === undefined ? FAULT_STEPS : toLists(own)
}

function toLists(steps: Readonly<Partial<Record<FaultSurface, string>>>) {
  return Object.fromEntries(Object.entries(steps).map(([surface, step]) => [surface, [step]]))
}

/** Whether a fault is for the request, and acts where it stands. */
export function concerns({ surface, step, match, effect }: FaultOrder, visit: Visit): boolean {
  if (surface !== undefined && surface !== visit.surface) return false
  return actsAt(effect, step, visit) && matches(match, visit)
}

function actsAt(effect: FaultEffect, step: string | undefined, visit: Visit): boolean {
  if (visit.asked !== undefined || effect.kind in PLAYED_IN) return visit.asked === effect.kind
  if (effect.kind === 'reset' && effect.when === 'after') return visit.step === ANSWER
  return step === undefined || step === visit.step
}

function matches({ method, type, clientId, municipality, path }: FaultMatch, visit: Visit): boolean {
  return (
    (method === undefined || method === visit.method) &&
    (type === undefined || type.toLowerCase() === visit.type?.toLowerCase()) &&
    (clientId === undefined || clientId === visit.clientId) &&
    (municipality === undefined || municipality === visit.municipality) &&
    (path === undefined || matchesPath(path, visit.path))
  )
}

/** Goes through the parts between the asterisks from left to right, so that no pattern is slow. */
function matchesPath(pattern: string, path: string): boolean {
  const [first = '', ...parts] = pattern.split('*')
  const last = parts.pop()
  if (last === undefined) return pattern === path
  if (!path.startsWith(first)) return false
  let from = first.length
  for (const part of parts) {
    const found = path.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return path.length - last.length >= from && path.endsWith(last)
}

/** Whether the `ordinal`th matching request (from 1) is one that the fault fires on. */
export function isHit({ match, probability, seed = '' }: FaultOrder, ordinal: number): boolean {
  return ordinal >= (match.nth ?? 1) && (probability === 1 || fractionOf(`${seed}/${ordinal}`) < probability)
}

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

/** An effect in a few words, as the answer's header and the journal have it. */
export function describeEffect(effect: FaultEffect): string {
  switch (effect.kind) {
    case 'status':
      return `status ${effect.status}`
    case 'latency':
      return typeof effect.delay === 'number' ? `latency ${effect.delay} ms` : `latency ${effect.delay.distribution}`
    case 'reset':
      return effect.when === 'before' ? 'reset before anything was done' : 'reset after everything was done'
    case 'truncate':
      return `truncate after ${effect.bytes} bytes`
    case 'slow-body':
      return `slow-body ${effect.bytesPerSecond} bytes per second`
    case 'content-type':
      return `content-type ${effect.contentType}`
    case 'rotate-keys':
      return `rotate-keys, old key ${effect.oldKey}`
    default:
      return effect.kind
  }
}
