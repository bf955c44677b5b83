import type { Step } from '../pack/step.ts'
import { aboutStatus, isSuccess, isUsual } from './blame.ts'
import type { Failure, RecordedExchange, ScenarioResult, StepResult } from './result.ts'

/** A scenario that was played, and the steps that it was written with. */
export interface PlayedScenario {
  readonly steps: readonly Step[]
  readonly result: ScenarioResult
}

/**
 * Takes the blame from scenarios that met what every ordinary request meets: where each submission gets 401, nothing was seen of
 * what a special one would have got. Only the requirement about that very status stays broken.
 */
export function withCommonCause(played: readonly PlayedScenario[]): ScenarioResult[] {
  const usual = usualAnswers(played)
  return played.map(({ steps, result }) => explained(steps, result, usual))
}

/** By kind of request, the one status that ordinary ones got, where none got what it expected. */
type UsualAnswers = ReadonlyMap<string, number>

function usualAnswers(played: readonly PlayedScenario[]): UsualAnswers {
  const seen = new Map<string, Set<number>>()
  const fine = new Set<string>()
  for (const { steps, result } of played) {
    for (const [index, step] of steps.entries()) {
      const done = result.steps[index]
      const last = done && lastOf(done)
      if (!done || !last?.response || !isUsual(step)) continue
      const kind = kindOf(last)
      if (done.outcome === 'passed') fine.add(kind)
      else seen.set(kind, (seen.get(kind) ?? new Set()).add(last.response.status))
    }
  }
  const always = [...seen].filter(([kind, statuses]) => statuses.size === 1 && !fine.has(kind))
  return new Map(always.map(([kind, [status = 0]]) => [kind, status]))
}

function lastOf({ exchanges }: StepResult): RecordedExchange | undefined {
  return exchanges.filter(({ purpose }) => purpose === 'step').at(-1)
}

/** Method, host and the words of the path that are no types and ids: requests of one kind are handled alike. */
function kindOf({ request: { method, url } }: RecordedExchange): string {
  const { origin, pathname } = new URL(url)
  const [base = '', below] = pathname.split('/v1/', 2)
  if (below === undefined) return `${method} ${origin}${pathname}`
  const last = below.slice(below.lastIndexOf('/') + 1)
  return `${method} ${origin}${base}/v1/*${/^[$_]/.test(last) ? `/${last}` : ''}`
}

function explained(steps: readonly Step[], result: ScenarioResult, usual: UsualAnswers): ScenarioResult {
  const at = result.steps.findIndex(({ outcome }) => outcome === 'failed')
  const [step, failed] = [steps[at], result.steps[at]]
  const last = failed && lastOf(failed)
  if (!step || !failed || !last?.response) return result
  const { status } = last.response
  if (usual.get(kindOf(last)) !== status || !isOnlyThat(failed.failures, status)) return result
  const breaks = isUsual(step) ? result.proves.filter((id) => aboutStatus(step).includes(id)) : []
  const reason = `${failed.name} (line ${failed.line}) got ${status}, as every ordinary request of its kind does`
  return { ...result, breaks, reason }
}

/** What a refusal explains is all that followed from it; another success explains its status only. */
function isOnlyThat(failures: readonly Failure[], status: number): boolean {
  const onStatus = failures.filter(({ what }) => what === 'status')
  if (onStatus.length === 0) return false
  return isSuccess(status)
    ? failures.length === onStatus.length && onStatus.every(({ expected }) => isSuccess(expected))
    : true
}
