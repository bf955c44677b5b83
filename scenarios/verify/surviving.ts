import type { Call, Evidence } from './evidence.ts'
import { each, type Finding, type Judge, type Judgment } from './judgment.ts'

/** Whether two calls ask for the same thing; a submission is told by its body. */
export function sameRequest(a: Call, b: Call): boolean {
  return samePlace(a, b) && a.requestBody === b.requestBody
}

/** A step before the body stops a request before its body is read: such a submission is told by its length. */
function maybeSameRequest(a: Call, b: Call): boolean {
  const unread = a.requestBody === '' || b.requestBody === ''
  return samePlace(a, b) && (unread ? lengthOf(a) === lengthOf(b) : a.requestBody === b.requestBody)
}

function samePlace(a: Call, b: Call): boolean {
  return a.method === b.method && a.url.pathname === b.url.pathname && a.url.search === b.url.search
}

function lengthOf({ requestHeaders }: Call): string | undefined {
  return requestHeaders.get('content-length')
}

/** Calls that a fault of that kind hit. */
export function hitBy({ calls }: Evidence, effect: RegExp): Call[] {
  return calls.filter(({ injected }) => injected.some((one) => effect.test(one)))
}

/** Every call that the fault hit came through in the end. */
export function survived(
  evidence: Evidence,
  effect: RegExp,
  also: (hit: Call, again: Call) => string | undefined = () => undefined,
): Judgment {
  return each(hitBy(evidence, effect), (hit): Finding | undefined => {
    const later = evidence.calls.slice(evidence.calls.indexOf(hit) + 1).filter((call) => maybeSameRequest(call, hit))
    const again = later[0]
    const about = `${hit.method} ${hit.url.pathname} was hit by ${hit.injected.join(', ')}`
    if (!again) return { message: `${about} and never asked for again.`, calls: [hit] }
    if (!later.some(({ status, whole }) => whole && status < 300)) {
      return { message: `${about}, was repeated ${later.length} times, and never came through.`, calls: [hit, again] }
    }
    const wrong = also(hit, again)
    return wrong === undefined ? undefined : { message: `${about}; ${wrong}`, calls: [hit, again] }
  })
}

/** Milliseconds that a repetition must let go by at the least. */
const BACK_OFF = 50

function tooSoon(hit: Call, again: Call): string | undefined {
  const wait = again.began - hit.ended
  return wait >= BACK_OFF
    ? undefined
    : `it was repeated after ${Math.max(0, Math.round(wait))} ms, without any back-off.`
}

const renewsToken: Judge = (evidence) =>
  survived(evidence, /^status 401/, (hit, again) => {
    const used = ({ requestHeaders }: Call) => requestHeaders.get('authorization')
    return used(hit) === used(again) ? 'it was repeated with the same token.' : undefined
  })

/** Milliseconds that a timer may be early by. */
const EARLY = 50

const waitsAsTold: Judge = (evidence) =>
  survived(evidence, /^status 429/, (hit, again) => {
    const told = Number(hit.responseHeaders.get('retry-after')) * 1000
    const wait = again.began - hit.ended
    return wait >= told - EARLY
      ? undefined
      : `Retry-After said ${told / 1000} s, it came after ${(wait / 1000).toFixed(2)} s.`
  })

const survivesOutage: Judge = (evidence) => survived(evidence, /^status 50[0-9]/, tooSoon)
const survivesReset: Judge = (evidence) => survived(evidence, /^reset before/, tooSoon)
const survivesCut: Judge = (evidence) => survived(evidence, /^truncate/)

/** A slow body arrives whole: nothing need be repeated, and nothing may be lost. */
const survivesSlowBody: Judge = (evidence) => {
  const slow = hitBy(evidence, /^slow-body/)
  return each(slow, (hit) => {
    const after = evidence.calls.slice(evidence.calls.indexOf(hit) + 1)
    return after.length > 0 ? undefined : { message: 'Nothing came after an answer that took its time.', calls: [hit] }
  })
}

/** Requirements on any client when things go wrong. */
export const SURVIVING = {
  'renews-token': renewsToken,
  'waits-as-told': waitsAsTold,
  'survives-outage': survivesOutage,
  'survives-reset': survivesReset,
  'survives-cut': survivesCut,
  'survives-slow-body': survivesSlowBody,
} as const satisfies Record<string, Judge>
