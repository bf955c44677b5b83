import type { Call, Evidence } from './evidence.ts'
import { blur } from './held-up.ts'
import { combined, each, type Judge, unclear } from './judgment.ts'
import { copied, isSearch, laterOf, sameRequest, submissions, typeOf } from './requests.ts'
import { hitBy } from './surviving.ts'

const sendsStrictPayloads: Judge = (evidence) =>
  each(submissions(evidence), (call) => {
    const issues = call.recorded.journal?.issues.filter(({ rule }) => /^(r4|json)-/.test(rule)) ?? []
    if (issues.length === 0) return undefined
    const places = issues.map(({ rule, expression }) => `${rule}${expression === undefined ? '' : ` at ${expression}`}`)
    return { message: `A payload was refused: ${places.join(', ')}.`, calls: [call] }
  })

const namesSourceSystem: Judge = (evidence) => {
  const judgment = each(submissions(evidence), (call) =>
    call.requestHeaders.has('nhn-source-system')
      ? undefined
      : { message: 'It has no nhn-source-system.', calls: [call] },
  )
  return {
    ...judgment,
    findings: combined(judgment.findings, (count) => `${count} submissions do not name their system.`),
  }
}

/** A request with one of these statuses that reached the program is not made again. */
function notRepeated(
  name: string,
  holds: (call: Call) => boolean,
  isSame: (later: Call, call: Call) => boolean = sameRequest,
): Judge {
  return (evidence) =>
    each(
      submissions(evidence).filter((call) => call.whole && holds(call)),
      (call) => {
        const again = laterOf(evidence, call).find((later) => isSame(later, call))
        return again && { message: `A submission that was ${name} was sent again.`, calls: [call, again] }
      },
    )
}

/** The second wait of a growing back-off is not shorter than the first, but for some chance that waits are given. */
const GROWTH = 0.8
/** Milliseconds by which a wait seems longer than it was meant, on a machine that has time. */
const TIMERS = 100
const BACK_OFF = 50

const backsOff: Judge = (evidence) => {
  const refused = submissions(evidence).filter(({ status, unheard }) => status >= 500 && !unheard)
  return each(refused, (call) => {
    const again = laterOf(evidence, call).find((later) => sameRequest(later, call))
    if (!again) return { message: `A submission that got ${call.status} was given up.`, calls: [call], absent: 'again' }
    const wait = again.began - call.ended
    if (wait < BACK_OFF)
      return { message: `It was repeated after ${Math.max(0, Math.round(wait))} ms.`, calls: [call, again] }
    const third =
      again.status >= 500 && !again.unheard
        ? laterOf(evidence, again).find((later) => sameRequest(later, again))
        : undefined
    if (!third) return undefined
    const next = third.began - again.ended
    if (next >= wait * GROWTH) return undefined
    const blurred = blur(evidence.stalls, call.ended, again.began)
    if (next >= (wait - blurred - TIMERS) * GROWTH)
      return blurred === 0
        ? undefined
        : unclear('Whether the waits between repetitions grow shows in their length', blurred)
    return { message: 'The waits between repetitions do not grow.', calls: [call, again, third] }
  })
}

/** The same proof once more: what a program makes again for each request, its HTTP library does not. */
const BY_LIBRARY =
  'It came with the same proof, so the HTTP library may have sent it again on its own: in Java, HttpURLConnection does so unless -Dsun.net.http.retryPost=false is set, and Apache HttpClient 5 unless disableAutomaticRetries() is called.'

const noticesLostAnswer: Judge = (evidence) => {
  const stored = hitBy(evidence, /^reset after/).filter((call) => submissions(evidence).includes(call))
  return each(stored, (call) => {
    const later = laterOf(evidence, call)
    const again = later.find((one) => sameRequest(one, call))
    if (!again) return undefined
    const looked = later.slice(0, later.indexOf(again)).some((one) => isSearch(one) && typeOf(one) === typeOf(call))
    const risk =
      'The event was stored although its answer was lost, and JFT documents no idempotency: it may be there twice.'
    const message = `${risk} Look for it before sending it again.`
    if (looked) return undefined
    return { message: copied(evidence, again) === call ? `${message} ${BY_LIBRARY}` : message, calls: [call, again] }
  })
}

/** Milliseconds in which it need not have seen what has just happened. */
const A_WHILE = 1_000

/** From then on it need not have seen what happened: a program that had to wait for the machine saw less. */
function unseen({ end, stalls }: Evidence): number {
  return end - A_WHILE - blur(stalls, end - 10 * A_WHILE, end)
}

const followsStatus: Judge = (evidence) => {
  const all = submissions(evidence)
  const accepted = all.filter(
    (call, at) =>
      call.status === 202 &&
      call.event !== undefined &&
      call.whole &&
      // A second copy is another fault.
      !all.slice(0, at).some((before) => before.status === 202 && sameRequest(before, call)),
  )
  return each(accepted, (call) => {
    const { event = '' } = call
    const asked = laterOf(evidence, call).filter(
      ({ surface, url }) => surface === 'jft-read' && url.pathname.includes(`/${event}/`),
    )
    const last = asked.at(-1)
    if (!last) return { message: `The status of ${event} was never asked for.`, calls: [call], absent: 'all' }
    const truth = evidence.events.find(({ type, id }) => `${type}/${id}` === event)
    const known = asked.some(({ responseBody }) => /"journalingAcknowledged":"/.test(responseBody))
    if (known || !truth?.acknowledged || Date.parse(truth.acknowledged) > unseen(evidence)) return undefined
    return {
      message: `${event} was acknowledged at ${truth.acknowledged}, and its status not asked for since.`,
      calls: [call, last],
      absent: 'all',
    }
  })
}

/** Requirements on a response centre that submits. */
export const SUBMITTING = {
  'sends-strict-payloads': sendsStrictPayloads,
  'names-source-system': namesSourceSystem,
  'accepted-not-repeated': notRepeated('accepted', ({ status }) => status === 202),
  'refused-not-repeated': notRepeated(
    'refused',
    ({ status }) => status === 400 || status === 413,
    // What was mended is not what was refused.
    (later, call) => sameRequest(later, call) && later.requestBody === call.requestBody,
  ),
  'backs-off': backsOff,
  'notices-lost-answer': noticesLostAnswer,
  'follows-status': followsStatus,
} as const satisfies Record<string, Judge>
