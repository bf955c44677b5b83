import { ACTIONS_OF_PARTIES, actionOf, type Step, type StepAction } from '../pack/step.ts'

/** Who usually acts. */
const USUAL: Partial<Record<StepAction, string>> = { search: 'ehr', follow: 'ehr', acknowledge: 'ehr' }

const BY_PARTY = new Set<StepAction>(ACTIONS_OF_PARTIES)

/** Name of the party that does what a step says; `party` acts where nobody is named. */
export function actorOf(step: Step, party: string): string {
  if (step.as !== undefined) return step.as
  if (step.submit?.to === 'vkp' && party === 'response-centre') return 'vkp-vendor'
  return USUAL[actionOf(step)] ?? party
}

/** Names of all parties that a scenario's steps act as. */
export function actorsIn(steps: readonly Step[], party: string): string[] {
  const acting = steps.filter((step) => BY_PARTY.has(actionOf(step)) && !step.request?.url.startsWith('{control}'))
  return [...new Set(acting.map((step) => actorOf(step, party)))]
}
