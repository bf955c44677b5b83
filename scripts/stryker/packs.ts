import { packsOf } from '../../cli/pack-files.ts'
import { runPacks } from '../../scenarios/runner/run.ts'
import { targetInProcess } from '../../scenarios/runner/target.ts'
import { startServer } from '../../simulator/adapters/node.ts'

/** The scenarios of all packs, played one by one in this process. */
export interface Scenarios {
  readonly ids: readonly string[]
  /** Why a scenario failed; nothing where it did not. */
  play(id: string): Promise<string | undefined>
}

const SEED = 'stryker'

/** Those that wait for a client of the vendor's own, and are never played here. */
const ATTENDED = 'own-client'

/** Reads the packs, and starts a simulator that is called without the detour by the network. */
export async function openScenarios(): Promise<Scenarios> {
  const packs = packsOf([]).filter(({ pack }) => pack !== ATTENDED)
  const { simulator } = await startServer({ port: 0 })
  const target = targetInProcess('mutant', { urls: simulator.world.net.origins.local, send: simulator.fetch })
  return {
    ids: packs.flatMap(({ scenarios }) => scenarios.map(({ id }) => id)),
    async play(id) {
      const selected = (_: unknown, scenario: { readonly id: string }) => scenario.id === id
      const { scenarios } = await runPacks(packs, target, { seed: SEED, selected })
      const failed = scenarios.find(({ outcome }) => outcome === 'failed')
      return failed && (failed.reason ?? failed.steps.flatMap(({ failures }) => failures.map(String)).join('\n'))
    },
  }
}
