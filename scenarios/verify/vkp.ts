import type { Call, Evidence } from './evidence.ts'
import { each, type Finding, type Judge } from './judgment.ts'
import { laterOf, sameRequest } from './requests.ts'

function toVkp({ calls }: Evidence): Call[] {
  return calls.filter(({ surface }) => surface === 'vkp')
}

const isSearch = ({ url }: Call) => /\/_search$/.test(url.pathname)

/** Refused by one of these rules, of the calls that it is about. */
function neverRefused(concerns: (call: Call) => boolean, ...rules: readonly string[]): Judge {
  return (evidence) => each(toVkp(evidence).filter(concerns), (call) => refusal(call, (rule) => rules.includes(rule)))
}

/** Refused in one of these steps, for what stood in the body. */
function neverStopped(concerns: (call: Call) => boolean, ...steps: readonly string[]): Judge {
  return (evidence) =>
    each(toVkp(evidence).filter(concerns), (call) => {
      const stopped = call.recorded.journal?.steps.find(({ outcome }) => outcome === 'stopped')
      return stopped && steps.includes(stopped.name) ? refusal(call, () => true) : undefined
    })
}

function refusal(call: Call, isOf: (rule: string) => boolean): Finding | undefined {
  const issue = call.recorded.journal?.issues.find(({ rule }) => isOf(rule))
  return issue && { message: `VKP refused it (${issue.rule}, ${issue.certainty}): ${issue.message}`, calls: [call] }
}

/** The codes of vkp-operation-outcome-v090 in an answer. */
function codesOf({ status, whole, responseBody }: Call): string[] {
  if (status !== 400 || !whole) return []
  return [...responseBody.matchAll(/vkp-operation-outcome-v090","code":"([\d.]+)"/g)].flatMap(([, code]) => code ?? [])
}

const isForGood = (call: Call) => codesOf(call).some((code) => /^[12]/.test(code))
const isTimeOut = (call: Call) => codesOf(call).includes('3.1')

const takesRefusal: Judge = (evidence) =>
  each(toVkp(evidence).filter(isForGood), (call) => {
    const isSame = (later: Call) =>
      sameRequest(later, call) && later.requestBody !== '' && later.requestBody === call.requestBody
    const again = laterOf(evidence, call).find(isSame)
    const message = `VKP refused it with code ${codesOf(call).join(', ')}, and it was sent again as it was.`
    return again && { message, calls: [call, again] }
  })

/** Milliseconds that a repetition must let go by at the least. */
const BACK_OFF = 50

/** What could not be done now is done again, after a while. */
function repeatsLater(holds: (call: Call) => boolean): Judge {
  return (evidence) =>
    each(
      toVkp(evidence).filter((call) => holds(call) && !call.unheard),
      (call) => {
        const again = laterOf(evidence, call).find((later) => sameRequest(later, call))
        const about = `${call.url.pathname} got ${[call.status, ...codesOf(call)].join(', code ')}`
        if (!again) return { message: `${about}, and was given up.`, calls: [call], absent: 'again' }
        if (again.began - call.ended >= BACK_OFF) return undefined
        return { message: `${about}, and was repeated at once.`, calls: [call, again] }
      },
    )
}

/** An answer of the EHR that VKP passed on: not VKP's own. */
const isOutageOfEhr = (call: Call) =>
  isSearch(call) && call.status >= 500 && call.legs.some(({ surface, injected }) => surface === 'ehr' && injected)

/** Requirements on a vendor that uses VKP. */
export const VKP = {
  'scope-of-each-call': neverRefused(() => true, 'vkp-scope'),
  'vkp-id-of-caller': neverRefused(() => true, 'vkp-id', 'vkp-client-amr', 'vkp-not-allowed', 'vkp-organization'),
  'service-codes-sent': neverRefused(
    isSearch,
    'vkp-service-codes',
    'vkp-service-code-unknown',
    'vkp-service-not-approved',
  ),
  'payload-accepted': neverStopped((call) => !isSearch(call), 'body', 'lenient-r4', 'resource-type'),
  'information-request-accepted': neverStopped(isSearch, 'body', 'parameters'),
  'takes-refusal-codes': takesRefusal,
  'repeats-after-time-out-code': repeatsLater(isTimeOut),
  'survives-outage-of-ehr': repeatsLater(isOutageOfEhr),
} as const satisfies Record<string, Judge>
