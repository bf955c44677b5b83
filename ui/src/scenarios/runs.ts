import type { Pack } from '../../../scenarios/pack/pack.ts'
import type { Waiting } from '../../../scenarios/runner/await.ts'
import type { RunResult, ScenarioResult, StepResult } from '../../../scenarios/runner/result.ts'
import type { RunOptions } from '../../../scenarios/runner/run.ts'
import type { Target } from '../../../scenarios/runner/target.ts'
import { controlAt } from '../../../simulator/surfaces/control/client.ts'
import { isOfRun } from '../data/api.ts'
import { type KeptRuns, keepRuns, type RunStorage, readRuns } from './kept-runs.ts'

/** What is known of runs: what is running, and the last result of each scenario. Names are `pack/id`. */
export interface RunState {
  readonly running: boolean
  /** How many scenarios the run has that is under way, or was the last. */
  readonly total: number
  /** Names of its scenarios in the order in which they ended. */
  readonly ended: readonly string[]
  /** The steps that have ended, of the scenarios that run now. */
  readonly live: ReadonlyMap<string, readonly StepResult[]>
  /** What scenarios wait for that run now. */
  readonly waiting: ReadonlyMap<string, Waiting>
  readonly results: ReadonlyMap<string, ScenarioResult>
  /** The run that the results are of; where they are of several, when the first began and how long all took. */
  readonly about?: Omit<RunResult, 'scenarios'>
  /** Milliseconds that the last run took. */
  readonly took?: number
  /** Why the last run broke off. */
  readonly error?: string
}

/** What to run. */
export interface Order {
  readonly packs: readonly Pack[]
  /** Names of scenarios. */
  readonly names: ReadonlySet<string>
  readonly target: Target
  readonly seed: string
  /** Whether somebody sends what scenarios wait for; otherwise they are skipped. */
  readonly attended: boolean
}

/** Runs one order after the other, and remembers the results. */
export interface Runs {
  state(): RunState
  subscribe(listener: () => void): () => void
  /** Does nothing while another order is under way. It never rejects. */
  start(order: Order): Promise<void>
  /** No further scenario begins, and none waits any longer. */
  stop(): void
}

/** The name of a scenario in all packs. */
export function nameOfScenario({ pack, id }: { readonly pack: string; readonly id: string }): string {
  return `${pack}/${id}`
}

/** How many scenarios run at once: a browser opens six connections to a server, and the page itself needs one. */
const PARALLEL = 4
/** Milliseconds in which changes are gathered before they are told. */
const GATHER = 100

/** Runs that continue whatever the page shows. `storage`: where results are kept when the page is loaded again. */
export function createRuns(storage?: RunStorage): Runs {
  const board = createBoard(storage && readRuns(storage))
  let abort = new AbortController()
  const play = async ({ packs, names, target, seed, attended }: Order) => {
    const { runPacks } = await import('../../../scenarios/runner/run.ts')
    const { onWait, ...watcher } = watcherOf(board, target)
    const { scenarios: _, ...about } = await runPacks(packs, target, {
      seed,
      parallel: PARALLEL,
      signal: abort.signal,
      selected: ({ pack }, { id }) => names.has(nameOfScenario({ pack, id })),
      ...watcher,
      ...(attended ? { onWait } : {}),
    })
    return about
  }
  return {
    state: board.state,
    subscribe: board.subscribe,
    async start(order) {
      const { error: _, ...before } = board.rest()
      if (before.running) return
      abort = new AbortController()
      const replaced = [...board.results.keys()].every((name) => order.names.has(name))
      board.begin({ ...before, running: true, total: order.names.size, ended: [] })
      try {
        const about = await play(order)
        const took = about.milliseconds
        board.change({ took, about: replaced || !before.about ? about : mergedRuns(before.about, about) })
      } catch (error) {
        board.change({ error: error instanceof Error ? error.message : String(error) })
      }
      board.live.clear()
      board.change({ running: false })
      if (storage) keepRuns(storage, keptOf(board))
    },
    stop: () => abort.abort(),
  }
}

type Rest = Omit<RunState, 'live' | 'waiting' | 'results'>

/** What is known of runs, and who is told when that changes. */
function createBoard(kept: KeptRuns = { total: 0, ended: [], results: [] }) {
  const { results: before, ...first } = kept
  const live = new Map<string, StepResult[]>()
  const waiting = new Map<string, Waiting>()
  const results = new Map(before.map((result) => [nameOfScenario(result), result]))
  const listeners = new Set<() => void>()
  let rest: Rest = { running: false, ...first }
  let state: RunState = { ...rest, live: new Map(), waiting: new Map(), results: new Map(results) }
  let timer: ReturnType<typeof setTimeout> | undefined
  const tell = () => {
    timer = undefined
    state = { ...rest, live: new Map(live), waiting: new Map(waiting), results: new Map(results) }
    for (const listener of listeners) listener()
  }
  return {
    live,
    waiting,
    results,
    rest: () => rest,
    state: () => state,
    subscribe(listener: () => void) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    begin(first: Rest) {
      rest = first
      tell()
    },
    /** What is changed is told soon, together with what changes meanwhile. */
    change(changes: Partial<Rest> = {}) {
      rest = { ...rest, ...changes }
      if (timer === undefined) timer = setTimeout(tell, GATHER)
    },
  }
}

type Board = ReturnType<typeof createBoard>

function keptOf({ rest, results }: Board): KeptRuns {
  const { running: _, error: __, ...kept } = rest()
  return { ...kept, results: [...results.values()] }
}

/** Writes on the board what a run does. */
function watcherOf({ live, waiting, results, rest, change }: Board, target: Target) {
  return {
    onBegin({ pack: { pack }, scenario: { id } }) {
      live.set(nameOfScenario({ pack, id }), [])
      change()
    },
    onStep({ pack: { pack }, scenario: { id } }, step) {
      const name = nameOfScenario({ pack, id })
      live.set(name, [...(live.get(name) ?? []), step])
      change()
    },
    onScenario(result) {
      const name = nameOfScenario(result)
      forget(target, results.get(name)?.sandbox)
      live.delete(name)
      results.set(name, leaving(target, result))
      change({ ended: [...rest().ended, name] })
    },
    onWait({ pack: { pack }, scenario: { id } }, what) {
      const name = nameOfScenario({ pack, id })
      if (what) waiting.set(name, what)
      else waiting.delete(name)
      change()
    },
  } satisfies Partial<RunOptions>
}

function mergedRuns(
  first: Omit<RunResult, 'scenarios'>,
  last: Omit<RunResult, 'scenarios'>,
): Omit<RunResult, 'scenarios'> {
  return { ...last, started: first.started, milliseconds: first.milliseconds + last.milliseconds }
}

/** The result with the sandbox that it leaves: of what failed one can be looked at. */
function leaving(target: Target, result: ScenarioResult): ScenarioResult {
  const { sandbox, ...rest } = result
  if (result.outcome === 'failed' || sandbox === undefined || !isOfRun(sandbox)) return result
  forget(target, sandbox)
  return rest
}

/** The sandbox of a result that is replaced; one that is gone already is no loss. */
function forget({ urls, send }: Target, sandbox: string | undefined): void {
  if (sandbox === undefined || urls.control === undefined) return
  void controlAt(send, urls.control)('DELETE', `/sandboxes/${sandbox}`).catch(() => undefined)
}
