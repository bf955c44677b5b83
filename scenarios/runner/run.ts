import type { Pack } from '../pack/pack.ts'
import type { RunResult, ScenarioResult, StepResult } from './result.ts'
import { type Assignment, runScenario } from './scenario.ts'
import { controlAt, type Target } from './target.ts'

/** How packs are run. */
export interface RunOptions {
  /** The same seed makes the same payloads. */
  readonly seed: string
  /** How often each scenario runs, with another seed each time. */
  readonly repeat?: number
  /** Stop after the first scenario that fails. */
  readonly bail?: boolean
  /** How many scenarios run at one time. */
  readonly parallel?: number
  /** Members that every sandbox is made with, beside the scenario's own. */
  readonly sandbox?: Readonly<Record<string, unknown>>
  /** Which scenarios; all by default. */
  readonly selected?: (pack: Pack, scenario: Pack['scenarios'][number]) => boolean
  /** No further scenario begins when it is aborted; those that have begun end as they would. */
  readonly signal?: AbortSignal
  readonly onBegin?: (assignment: Assignment) => void
  readonly onScenario?: (result: ScenarioResult) => void
  readonly onStep?: (assignment: Assignment, step: StepResult) => void
}

const PARALLEL = 8

/** Runs the scenarios of packs, each in a sandbox of its own; the result has them in the order of the packs. */
export async function runPacks(packs: readonly Pack[], target: Target, options: RunOptions): Promise<RunResult> {
  const started = new Date().toISOString()
  const began = performance.now()
  const assignments = assign(packs, options, started)
  const results = new Array<ScenarioResult | undefined>(assignments.length)
  let taken = 0
  let stopped = false
  const work = async () => {
    while (taken < assignments.length && !stopped && !options.signal?.aborted) {
      const at = taken++
      const assignment = assignments[at]
      if (!assignment) return
      options.onBegin?.(assignment)
      const result = await runScenario(target, assignment, options.sandbox, (step) =>
        options.onStep?.(assignment, step),
      )
      results[at] = result
      if (options.bail && result.outcome === 'failed') stopped = true
      options.onScenario?.(result)
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce(target, options), assignments.length) }, work))
  const scenarios = results.filter((result) => result !== undefined)
  const version = await versionOf(target)
  return {
    target: target.name,
    ...(version === undefined ? {} : { version }),
    seed: options.seed,
    started,
    milliseconds: performance.now() - began,
    scenarios,
  }
}

/** Where scenarios share one environment, they would read each other's events. */
function atOnce({ urls }: Target, { parallel = PARALLEL }: RunOptions): number {
  return urls.control === undefined ? 1 : parallel
}

/** The first run has the seed as it is, a repetition one of its own. */
function assign(packs: readonly Pack[], options: RunOptions, started: string): Assignment[] {
  const { seed, repeat = 1, selected = () => true } = options
  const run = `r${Date.parse(started).toString(36)}${Math.floor(Math.random() * 1_296).toString(36)}`
  return packs.flatMap((pack) =>
    pack.scenarios.flatMap((scenario, index) =>
      selected(pack, scenario)
        ? Array.from({ length: repeat }, (_, attempt) => ({
            pack,
            index,
            scenario,
            attempt: attempt + 1,
            seed: attempt === 0 ? seed : `${seed}-${attempt + 1}`,
            sandbox: `${run}-${attempt + 1}-${scenario.id}`.slice(0, 63).replace(/-+$/, ''),
          }))
        : [],
    ),
  )
}

async function versionOf({ urls, send }: Target): Promise<string | undefined> {
  if (urls.control === undefined) return undefined
  return (await controlAt(send, urls.control)<{ version: string }>('GET', '/info')).version
}
