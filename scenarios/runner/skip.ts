import type { Scenario } from '../pack/pack.ts'
import type { Step } from '../pack/step.ts'
import type { Target } from './target.ts'

/** Why a scenario cannot be run against the target; `undefined` when it can. */
export function skipReason(target: Target, scenario: Scenario): string | undefined {
  if (target.urls.control !== undefined) return undefined
  const { sandbox, alone, steps } = scenario
  const needing = steps.find(needsControl)
  if (needing) return `needs the control API of a simulator (${Object.keys(needing)[0]})`
  if (sandbox) return `needs a sandbox with ${Object.keys(sandbox).join(', ')}`
  if (alone) return 'counts all events of a municipality: needs a sandbox of its own'
  const missing = ['vkp', 'ehr', 'ttt'].find(
    (surface) => target.urls[surface] === undefined && steps.some((step) => uses(step, surface)),
  )
  return missing && `the target has no ${missing}`
}

function needsControl(step: Step): boolean {
  const { clock, fault, check, journal, request } = step
  return Boolean(clock ?? fault ?? check ?? journal) || (request?.url.startsWith('{control}') ?? false)
}

function uses({ submit, request, ...step }: Step, surface: string): boolean {
  if (surface === 'ttt' && step['test-token']) return true
  return (surface === 'vkp' && submit?.to === 'vkp') || (request?.url.startsWith(`{${surface}}`) ?? false)
}
