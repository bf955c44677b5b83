import { fractionOf } from '../../ground/hash.ts'
import { ANSWER, type PlayedSurface } from '../../ground/surfaces.ts'
import { pathsOf } from '../search/roads.ts'
import type { Delay } from './fault-delay.ts'
import { isAskedFor } from './fault-places.ts'

/** The statuses that a fault can answer with. */
export const FAULT_STATUSES = [400, 401, 403, 404, 413, 429, 500, 502, 503, 507] as const

export type FaultStatus = (typeof FAULT_STATUSES)[number]

/** What Retry-After says (RFC 9110, section 10.2.3). */
export type RetryAfter = number | 'date' | 'minute' | { readonly date: number }

/** What goes wrong. */
export type FaultEffect =
  /**
   * `retryAfter`, of 429 and 503: seconds; `minute`, the seconds up to the next full minute of the sandbox's clock; or that
   * minute as a date; `{ date }`: a date that many seconds ahead, up to one more. Without it a 429 says `minute`, and a 503 nothing.
   */
  | { readonly kind: 'status'; readonly status: FaultStatus; readonly retryAfter?: RetryAfter | undefined }
  | { readonly kind: 'latency'; readonly delay: Delay }
  /** `before`: nothing was done. `after`: everything was done, and only the answer is lost. */
  | { readonly kind: 'reset'; readonly when: 'before' | 'after' }
  /** The body ends after that many bytes; Content-Length says the whole length. */
  | { readonly kind: 'truncate'; readonly bytes: number }
  | { readonly kind: 'slow-body'; readonly bytesPerSecond: number }
  | { readonly kind: 'content-type'; readonly contentType: string }
  /** A submission is stored twice; a page of a search has its first event twice. */
  | { readonly kind: 'duplicate' }
  /** A page of a search has only that many events, possibly none; the others follow on pages to come. */
  | { readonly kind: 'short-page'; readonly events: number }
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
  /** The path below the surface's base URL; `*` stands for any characters. That of a type stands for its search by POST too. */
  readonly path?: string | undefined
  /** Begins with the nth request that matches the rest. */
  readonly nth?: number | undefined
}

/** A fault as it is ordered. */
export interface FaultOrder {
  readonly surface?: PlayedSurface | undefined
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

/** Whether a fault is for the request, and acts where it stands. */
export function concerns({ surface, step, match, effect }: FaultOrder, visit: Visit): boolean {
  if (surface !== undefined && surface !== visit.surface) return false
  return actsAt(effect, step, visit) && matches(match, visit)
}

function actsAt(effect: FaultEffect, step: string | undefined, visit: Visit): boolean {
  if (visit.asked !== undefined || isAskedFor(effect.kind)) return visit.asked === effect.kind
  if (effect.kind === 'reset' && effect.when === 'after') return visit.step === ANSWER
  return step === undefined || step === visit.step
}

function matches({ method, type, clientId, municipality, path }: FaultMatch, visit: Visit): boolean {
  return (
    (method === undefined || method === visit.method) &&
    (type === undefined || type.toLowerCase() === visit.type?.toLowerCase()) &&
    (clientId === undefined || clientId === visit.clientId) &&
    (municipality === undefined || municipality === visit.municipality) &&
    (path === undefined || pathsOf(visit.path).some((one) => matchesPath(path, one)))
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
    case 'short-page':
      return `short-page of ${effect.events}`
    case 'rotate-keys':
      return `rotate-keys, old key ${effect.oldKey}`
    default:
      return effect.kind
  }
}
