import type { SubmissionSurface } from '../../simulator/ground/surfaces.ts'
import type { Scenario } from '../pack/pack.ts'
import { actionOf, type Step, submissionSurface } from '../pack/step.ts'
import type { Failure, StepResult } from './result.ts'

/** What a scenario that failed says of the requirements that it was to prove. */
export interface Blame {
  /** Ids of those that it shows to be broken. */
  readonly breaks: readonly string[]
  /** Why it says nothing of the others; absent where it breaks all. */
  readonly because?: string
}

/**
 * Which requirements a failed step breaks: those that the step names, else all of the scenario. A step that only prepares what
 * others look at breaks none but the requirement that is about that very answer.
 */
export function blameOf({ proves, steps }: Pick<Scenario, 'proves' | 'steps'>, results: readonly StepResult[]): Blame {
  const at = results.findIndex(({ outcome }) => outcome === 'failed')
  const step = steps[at]
  const failures = results[at]?.failures ?? []
  if (!step) return { breaks: [], because: 'It could not be played.' }
  const because = `${results[at]?.name} (line ${results[at]?.line}): ${failures.map(worded).join('; ')}`
  if (failures.every(isNoAnswer)) return { breaks: [], because }
  if (step.proves !== undefined) return { breaks: proves.filter((id) => step.proves?.includes(id)), because }
  const own = proves.filter((id) => !steps.some((one) => one.proves?.includes(id)))
  if (!isPreparation(steps, at, failures))
    return own.length === proves.length ? { breaks: own } : { breaks: own, because }
  const about = step.expect === undefined && !isOrdinary(step) ? [] : aboutStatus(step)
  return { breaks: proves.filter((id) => about.includes(id)), because }
}

function worded({ what, expected, actual }: Failure): string {
  return what === 'step' ? String(actual) : `${what} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`
}

/** The step could not be played, or nobody answered: that is no answer which could be wrong. */
export function isNoAnswer({ what, expected }: Failure): boolean {
  return what === 'step' || (what === 'connection' && expected === 'an answer')
}

/** Whether what failed is only that an ordinary request was not answered by the status of success. */
function isPreparation(steps: readonly Step[], at: number, failures: readonly Failure[]): boolean {
  if (!failures.every(({ what }) => what === 'status')) return false
  if (failures.every(isOtherSuccess)) return true
  const step = steps[at]
  const looksLater = steps.slice(at + 1).some(({ expect }) => expect !== undefined)
  if (step === undefined || !looksLater) return false
  // What expects nothing looks at nothing, however special what it sends is.
  if (step.expect === undefined) return true
  return isOrdinary(step) && failures.every(({ expected }) => isSuccess(expected))
}

/** It succeeded, by another status: that is about the status, not about what the request was for. */
function isOtherSuccess({ expected, actual }: Failure): boolean {
  return isSuccess(expected) && isSuccess(actual)
}

export function isSuccess(status: unknown): boolean {
  return status === '2xx' || [status].flat().every((one) => typeof one === 'number' && one >= 200 && one < 300)
}

/** A request as any client makes it: nothing of it is a defect or a special case. */
function isOrdinary(step: Step): boolean {
  const { submit, token, proof, headers } = step
  if (proof !== undefined || headers !== undefined || step['access-token'] !== undefined || step.request) return false
  const special = ['spoil', 'fault', 'text', 'json', 'set', 'remove', 'size', 'type', 'orgnr'] as const
  if (submit && special.some((key) => submit[key] !== undefined)) return false
  return !token || Object.keys(token).every((key) => key === 'save')
}

/** Whether a step prepares rather than looks at something special: what it gets, every client gets. */
export function isUsual(step: Step): boolean {
  const { expect } = step
  return isOrdinary(step) && (expect?.status === undefined || isSuccess(expect.status))
}

const ACCEPTED: Readonly<Record<SubmissionSurface, string>> = {
  'jft-write': 'write-202',
  pit: 'pit-202',
  vkp: 'write-202',
}

/** Requirements that are about nothing but the status of the answer to a request that succeeds. */
export function aboutStatus(step: Step): readonly string[] {
  const action = actionOf(step)
  if (action === 'submit') return [ACCEPTED[submissionSurface(step.submit ?? {})]]
  return action === 'acknowledge' ? ['write-acknowledge-202'] : []
}
