import { Command } from 'commander'
import type { Mutant, MutationOptions } from '../../scenarios/mutation.ts'
import type { RunResult } from '../../scenarios/runner/result.ts'
import { startServer } from '../../simulator/adapters/node.ts'
import { CATALOGUE, createSigningKeys, type RuleId } from '../../simulator/index.ts'
import { print } from '../print.ts'

/** `jftsim mutate`: whether the packs would notice if a rule were not there. */
export function mutate(): Command {
  return new Command('mutate')
    .description(
      'Switch each rule off in turn, and say which scenario fails then: a rule that none misses is not tested',
    )
    .argument('[pack...]', 'names of packs, files or folders; all that are shipped by default')
    .option('--json', 'print the table as JSON')
    .addHelpText('after', '\nExit code: 0 when every rule is missed by a scenario, 1 when one is not.')
    .action(run)
}

const ALL = Object.keys(CATALOGUE) as RuleId[]

/** Rules that no request can bring about. */
export const UNREACHABLE: Readonly<Record<string, string>> = {
  'http-request': 'a library of HTTP would have to write what is not HTTP: tests with raw sockets do',
  'sim-store': 'the database of the simulator would have to go away: its own tests take it away',
  'sim-fault': 'a bug of the simulator itself: no request is known that brings one about',
}

async function run(names: readonly string[], { json }: { readonly json?: boolean }): Promise<void> {
  const { describeMutant } = await import('../../scenarios/mutation.ts')
  const onMutant = (mutant: Mutant) => void (json || print(describeMutant(mutant)))
  const mutants = await mutateAll({ names, onMutant })
  const count = (outcome: Mutant['outcome']) => mutants.filter((one) => one.outcome === outcome).length
  if (json) print(JSON.stringify(mutants, null, 2))
  else print(`${count('caught')} caught, ${count('unproved')} unproved, ${count('unreachable')} unreachable`)
  if (count('unproved') > 0) process.exitCode = 1
}

/** Which rules are switched off, and what misses them. */
export interface Mutation {
  /** Names of packs, files or folders; all that are shipped by default. */
  readonly names?: readonly string[]
  /** All of the catalogue by default. */
  readonly rules?: readonly RuleId[]
  readonly baseline?: RunResult
  readonly onMutant?: (mutant: Mutant) => void
}

/** Switches rules off in turn; each time a simulator of its own, with the same keys. */
export async function mutateAll({ names = [], rules = ALL, ...rest }: Mutation): Promise<Mutant[]> {
  const [{ mutate: mutatePacks }, { packsOf }, { send }] = await Promise.all([
    import('../../scenarios/mutation.ts'),
    import('../pack-files.ts'),
    import('../send.ts'),
  ])
  const keys = createSigningKeys()
  const open: MutationOptions<RuleId>['open'] = async (switchedOff) => {
    const { simulator, close } = await startServer({ port: 0, switchedOff: [...switchedOff] }, { keys })
    const urls = simulator.world.net.origins.local
    const target = { name: 'mutant', urls, municipality: '313231593', clients: {}, send }
    return { target, close }
  }
  return mutatePacks({ packs: packsOf(names), rules, unreachable: UNREACHABLE, open, seed: '1', ...rest })
}
