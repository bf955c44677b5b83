import { trimEnd } from '../../simulator/ground/text/trim-end.ts'
import { controlAt } from '../../simulator/surfaces/control/client.ts'
import type { Pack } from '../pack/pack.ts'
import { withCommonCause } from './common-cause.ts'
import { OWN_CLIENT } from './place.ts'
import { reach } from './reach.ts'
import type { RunResult, ScenarioResult } from './result.ts'
import { type Assignment, runScenario, type Watcher } from './scenario.ts'
import { waitsForClient } from './skip.ts'
import type { Target } from './target.ts'

/** How packs are run. */
export interface RunOptions extends Watcher {
  /** The same seed makes the same payloads. */
  readonly seed: string
  /** How often each scenario runs, with another seed each time. */
  readonly repeat?: number
  /** Stop after the first scenario that fails. */
  readonly bail?: boolean
  /** How many scenarios run at once. */
  readonly parallel?: number
  /** Members that every sandbox is made with, beside the scenario's own. */
  readonly sandbox?: Readonly<Record<string, unknown>>
  /** Which scenarios; all by default. */
  readonly selected?: (pack: Pack, scenario: Pack['scenarios'][number]) => boolean
  /** No further scenario begins when it is aborted, and none waits any longer for a client of the vendor's own. */
  readonly signal?: AbortSignal
  readonly onBegin?: (assignment: Assignment) => void
  readonly onScenario?: (result: ScenarioResult) => void
}

const PARALLEL = 8

/** Runs the scenarios of packs, each in a sandbox of its own; the result has them in the order of the packs. */
export async function runPacks(packs: readonly Pack[], asked: Target, options: RunOptions): Promise<RunResult> {
  const started = new Date().toISOString()
  const began = performance.now()
  const { target, gone } = await reach(asked)
  const assignments = assign(packs, options, started, target)
  const results = new Array<ScenarioResult | undefined>(assignments.length)
  let stopped = false
  const work = async (queue: [number, Assignment][]) => {
    while (!stopped && !options.signal?.aborted) {
      const [at, assignment] = queue.shift() ?? []
      if (at === undefined || !assignment) return
      options.onBegin?.(assignment)
      const result = await runScenario(target, assignment, options.sandbox, { ...options, gone })
      results[at] = result
      if (options.bail && result.outcome === 'failed') stopped = true
      options.onScenario?.(result)
    }
  }
  const all = [...assignments.entries()]
  const together = all.filter(([, { scenario }]) => !waitsForClient(scenario))
  await Promise.all(Array.from({ length: Math.min(atOnce(target, options), together.length) }, () => work(together)))
  // One after the other: somebody has to send what each waits for.
  await work(all.filter(([, { scenario }]) => waitsForClient(scenario)))
  const played = results.flatMap((result, at) => {
    const steps = assignments[at]?.scenario.steps
    return result && steps ? [{ steps, result }] : []
  })
  const scenarios = withCommonCause(played)
  const version = await versionOf(target)
  return {
    target: target.name,
    tested: target.urls.control === undefined ? 'target' : 'simulator',
    ...(gone.size === 0 ? {} : { unreached: [...gone.values()] }),
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
function assign(
  packs: readonly Pack[],
  options: RunOptions,
  started: string,
  { keepsSandboxes }: Target,
): Assignment[] {
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
            sandbox:
              waitsForClient(scenario) && !keepsSandboxes
                ? OWN_CLIENT
                : trimEnd(`${run}-${attempt + 1}-${scenario.id}`.slice(0, 63), '-'),
          }))
        : [],
    ),
  )
}

async function versionOf({ urls, send }: Target): Promise<string | undefined> {
  if (urls.control === undefined) return undefined
  return (await controlAt(send, urls.control)<{ version: string }>('GET', '/info')).version
}
