import { type Call, type Evidence, isAcknowledgement } from './evidence.ts'
import { each, type Finding, type Judge, type Judgment } from './judgment.ts'
import { isResentByLibrary, isTokenRequest, laterOf, sameRequest, tokenRequests } from './requests.ts'

/** What makes a request necessary once more; a refusal for good does not, and a slow answer is one. */
const OWED = /^(status (401|429|50\d)|reset before|truncate)/

/** Calls that a fault of that kind hit, and whose client was there to notice. */
export function hitBy({ calls }: Evidence, effect: RegExp): Call[] {
  return calls.filter(({ injected, unheard }) => !unheard && injected.some((one) => effect.test(one)))
}

/** Whether a call was hit by a fault, and the program has not made it again so far. */
export function isOwed(call: Call, evidence: Evidence): boolean {
  const isHit = call.injected.some((effect) => OWED.test(effect))
  return isHit && !laterOf(evidence, call).some((later) => sameRequest(later, call))
}

/** Not hit by the same again: what else a fault did to it is judged on its own. */
function isThrough({ injected }: Call, hit: Call): boolean {
  return !injected.some((effect) => hit.injected.includes(effect))
}

/** Every call that the fault hit got its own answer in the end. */
export function survived(
  evidence: Evidence,
  hits: readonly Call[],
  also: (hit: Call, again: Call) => string | undefined = () => undefined,
): Judgment {
  return each(hits, (hit): Finding | undefined => {
    const later = laterOf(evidence, hit).filter((call) => sameRequest(call, hit))
    const again = later[0]
    const about = `${hit.method} ${hit.url.pathname} was hit by ${hit.injected.join(', ')}`
    if (!again) return { message: `${about} and never made again.`, calls: [hit], absent: 'again' }
    const wrong = also(hit, again)
    if (wrong !== undefined) return { message: `${about}; ${wrong}`, calls: [hit, again] }
    if (later.some((call) => isThrough(call, hit))) return undefined
    return {
      message: `${about}, was repeated ${later.length} times, and never came through.`,
      calls: [hit, again],
      absent: 'again',
    }
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
  survived(evidence, hitBy(evidence, /^status 401/), (hit, again) => {
    const used = ({ requestHeaders }: Call) => requestHeaders.get('authorization')
    return used(hit) === used(again) ? 'it was repeated with the same token.' : undefined
  })

/** Milliseconds that a timer may be early by. */
const EARLY = 50

const waitsAsTold: Judge = (evidence) =>
  survived(evidence, hitBy(evidence, /^status 429/), (hit, again) => {
    const header = hit.responseHeaders.get('retry-after') ?? '0'
    const until = /^\d+$/.test(header) ? hit.ended + Number(header) * 1000 : Date.parse(header)
    return again.began >= until - EARLY
      ? undefined
      : `Retry-After said ${header}, it came ${((until - again.began) / 1000).toFixed(2)} s before that.`
  })

const isWrittenAcknowledgement = ({ surface, url }: Call) => surface === 'jft-write' && isAcknowledgement(url.pathname)

/** What the program does as its work: tokens and acknowledgements have requirements of their own. */
function hitWork(evidence: Evidence, effect: RegExp): Call[] {
  return hitBy(evidence, effect).filter((call) => !isTokenRequest(call) && !isWrittenAcknowledgement(call))
}

const survivesOutage: Judge = (evidence) => survived(evidence, hitWork(evidence, /^status 50\d/), tooSoon)
const survivesReset: Judge = (evidence) =>
  survived(evidence, hitWork(evidence, /^reset before/), (hit, again) =>
    isResentByLibrary(evidence, again) ? undefined : tooSoon(hit, again),
  )
const survivesCut: Judge = (evidence) => survived(evidence, hitBy(evidence, /^truncate/))

const acknowledgesDespiteOutage: Judge = (evidence) => {
  const hits = hitBy(evidence, /^(status 50\d|reset before)/).filter(isWrittenAcknowledgement)
  // That it was journaled may also be seen in the status.
  const settled = (hit: Call) => laterOf(evidence, hit).some((call) => isKnownJournaled(call, hit))
  return survived(
    evidence,
    hits.filter((hit) => !settled(hit)),
    tooSoon,
  )
}

function isKnownJournaled({ surface, url, responseBody }: Call, { url: acknowledged }: Call): boolean {
  const event = acknowledged.pathname.split('/').slice(-3, -1).join('/')
  return (
    surface === 'jft-read' && url.pathname.includes(`/${event}/`) && /"journalingAcknowledged":"/.test(responseBody)
  )
}

/** Of requests that overlap, nobody can say which one was made again. */
const survivesTokenEndpointOutage: Judge = (evidence) => {
  const asked = tokenRequests(evidence)
  const overlaps = (hit: Call) =>
    asked.some((call) => call !== hit && call.began <= hit.ended && call.ended >= hit.began)
  const hits = hitBy(evidence, /^status 50\d/).filter(isTokenRequest)
  return survived(evidence, hits, (hit, again) => (overlaps(hit) ? undefined : tooSoon(hit, again)))
}

/** A slow body is waited for: who asks again before it can have come has hung up. */
const survivesSlowBody: Judge = (evidence) =>
  each(slowed(evidence), (hit) => {
    const later = laterOf(evidence, hit)
    const again = later.find((call) => sameRequest(call, hit))
    if (again && again.began < hit.ended + transferOf(hit)) {
      return { message: 'It was asked for again before the slow answer can have come.', calls: [hit, again] }
    }
    if (later.length > 0) return undefined
    return { message: 'Nothing came after an answer that took its time.', calls: [hit], absent: 'again' }
  })

/** Who hangs up on a slow body is whom this is about. */
function slowed({ calls }: Evidence): Call[] {
  return calls.filter(({ injected }) => injected.some((one) => one.startsWith('slow-body')))
}

/** Most of the milliseconds that the body of a slow answer takes. */
function transferOf({ injected, responseHeaders }: Call): number {
  const speed = injected.flatMap((effect) => /^slow-body ([\d.]+)/.exec(effect)?.[1] ?? [])
  const bytes = Number(responseHeaders.get('content-length') ?? 0)
  return (bytes / Number(speed[0] ?? Number.POSITIVE_INFINITY)) * 800
}

/** Requirements on any client when things go wrong. */
export const SURVIVING = {
  'renews-token': renewsToken,
  'waits-as-told': waitsAsTold,
  'survives-outage': survivesOutage,
  'survives-reset': survivesReset,
  'survives-cut': survivesCut,
  'survives-slow-body': survivesSlowBody,
  'acknowledges-despite-outage': acknowledgesDespiteOutage,
  'survives-token-endpoint-outage': survivesTokenEndpointOutage,
} as const satisfies Record<string, Judge>
