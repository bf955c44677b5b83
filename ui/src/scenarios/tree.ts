import type { Pack, Scenario } from '../../../scenarios/pack/pack.ts'
import type { YamlFaultPlace } from '../../../scenarios/pack/read-pack.ts'
import { type Report, type RequirementText, reportOf } from '../../../scenarios/reports/report.ts'
import type { ScenarioResult } from '../../../scenarios/runner/result.ts'
import { filterRows, type Grammar, type Searchable } from '../parts/search.ts'
import { nameOfScenario, type RunState } from './runs.ts'

/** A pack with the text that it was read from. */
export interface OpenPack {
  readonly pack: Pack & YamlFaultPlace
  readonly text: string
}

/** How a scenario stands. */
export type ScenarioStatus = ScenarioResult['outcome'] | 'running' | 'waiting' | 'not-run'

/** A scenario of a pack, and how it stands. */
export interface Leaf {
  /** `pack/id`. */
  readonly name: string
  readonly pack: string
  readonly scenario: Scenario
  /** In the pack. */
  readonly index: number
  readonly status: ScenarioStatus
  /** Of the last run. */
  readonly result: ScenarioResult | undefined
}

/** A pack with those of its scenarios that were looked for. */
export interface Branch extends OpenPack {
  readonly leaves: readonly Leaf[]
}

/** Packs and scenarios with their status; with a search, what it finds. */
export function treeOf(packs: readonly OpenPack[], state: RunState, q = ''): Branch[] {
  return packs.flatMap(({ pack, text }) => {
    const all = pack.scenarios.map((scenario, index) => leafOf(pack, scenario, index, state))
    const leaves = filterRows(all, q, LEAF_FIELDS, searchableLeaf)
    return leaves.length === 0 ? [] : [{ pack, text, leaves }]
  })
}

function leafOf({ pack }: Pack, scenario: Scenario, index: number, { live, waiting, results }: RunState): Leaf {
  const name = nameOfScenario({ pack, id: scenario.id })
  const result = results.get(name)
  const active = waiting.has(name) ? 'waiting' : live.has(name) ? 'running' : undefined
  const status = active ?? result?.outcome ?? 'not-run'
  return { name, pack, scenario, index, status, result }
}

/** By what scenarios are found. */
export const LEAF_FIELDS: Grammar = {
  is: ['passed', 'failed', 'skipped', 'aborted', 'not-run', 'running', 'waiting'],
  pack: 'any',
  requirement: 'any',
  party: 'any',
  rule: 'any',
  id: 'any',
  title: 'any',
}

/** What a scenario can be found by. */
export function searchableLeaf({ pack, scenario, status, result }: Leaf): Searchable {
  const { id, title, proves, party } = scenario
  return {
    fields: {
      is: [status],
      pack: [pack],
      requirement: proves,
      party: [party],
      rule: result?.rules ?? [],
      id: [id],
      title: [title],
    },
  }
}

/** All scenarios of branches. */
export function leavesOf(branches: readonly Branch[]): Leaf[] {
  return branches.flatMap(({ leaves }) => leaves)
}

/** How many scenarios stand so. */
export function count(leaves: readonly Leaf[], status: ScenarioStatus): number {
  return leaves.filter((one) => one.status === status).length
}

/** The report on the last results of all packs; `undefined` when there are none. */
export function reportOn(
  packs: readonly OpenPack[],
  state: RunState,
  requirements: readonly RequirementText[],
): Report | undefined {
  const scenarios = leavesOf(treeOf(packs, state)).flatMap(({ result }) => result ?? [])
  if (!state.about || scenarios.length === 0) return undefined
  return reportOf('JFT contract', { ...state.about, scenarios }, requirements)
}

/** The lines of a pack's text that a scenario is written in. */
export function definitionOf({ pack, text }: OpenPack, index: number): string {
  const end = index + 1 < pack.scenarios.length ? pack.lineOf(index + 1) - 1 : undefined
  return text
    .split('\n')
    .slice(pack.lineOf(index) - 1, end)
    .join('\n')
    .trimEnd()
}
