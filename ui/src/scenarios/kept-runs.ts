import type { ScenarioResult } from '../../../scenarios/runner/result.ts'
import type { RunState } from './runs.ts'

/** What is kept of runs when the page is loaded again. */
export interface KeptRuns extends Pick<RunState, 'total' | 'ended' | 'about' | 'took'> {
  readonly results: readonly ScenarioResult[]
}

/** The part of a browser's storage that keeps them. */
export type RunStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>

const KEY = 'jftsim-runs'

/** The runs that were kept last. */
export function readRuns(storage: RunStorage): KeptRuns | undefined {
  const kept = storage.getItem(KEY)
  return kept === null ? undefined : (JSON.parse(kept) as KeptRuns)
}

/** Keeps runs. Where there is no room for all, the steps of what passed go first. */
export function keepRuns(storage: RunStorage, runs: KeptRuns): void {
  const withoutSteps = (result: ScenarioResult) => (result.outcome === 'passed' ? { ...result, steps: [] } : result)
  if (put(storage, runs) || put(storage, { ...runs, results: runs.results.map(withoutSteps) })) return
  storage.removeItem(KEY)
}

function put(storage: RunStorage, runs: KeptRuns): boolean {
  try {
    storage.setItem(KEY, JSON.stringify(runs))
    return true
  } catch {
    return false
  }
}
