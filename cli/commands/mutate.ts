import { Command } from 'commander'
import type { Deviation } from '../../scenarios/deviations/deviation.ts'
import type { Mutant, MutationOptions } from '../../scenarios/mutation.ts'
import type { RunResult } from '../../scenarios/runner/result.ts'
import { MUNICIPALITY, targetInProcess } from '../../scenarios/runner/target.ts'
import { startServer } from '../../simulator/adapters/node.ts'
import { CATALOGUE, createSigningKeys, type RuleId } from '../../simulator/index.ts'
import { print } from '../print.ts'

/** `jftsim mutate`: whether the packs would notice if a rule were not there, or an implementation wrong in one way. */
export function mutate(): Command {
  return new Command('mutate')
    .description(
      'Switch each rule off in turn, and say which scenario fails then: a rule that none misses is not tested',
    )
    .argument('[pack...]', 'names of packs, files or folders; all that are shipped by default')
    .option('--deviations', 'play implementations that are wrong at one endpoint in one way, instead of rules')
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

interface Options {
  readonly deviations?: boolean
  readonly json?: boolean
}

async function run(names: readonly string[], { deviations, json }: Options): Promise<void> {
  const { describeMutant } = await import('../../scenarios/mutation.ts')
  const onMutant = (mutant: Mutant) => void (json || print(describeMutant(mutant)))
  const mutants = deviations ? await deviateAll({ names, onMutant }) : await mutateAll({ names, onMutant })
  const count = (outcome: Mutant['outcome']) => mutants.filter((one) => one.outcome === outcome).length
  if (json) print(JSON.stringify(mutants, null, 2))
  else print(`${count('caught')} caught, ${count('unproved')} unproved, ${count('unreachable')} unreachable`)
  if (count('unproved') > 0) process.exitCode = 1
}

/** What is tried, and against what. */
interface Trial<T> {
  /** Names of packs, files or folders; all that are shipped by default. */
  readonly names?: readonly string[]
  /** All by default. */
  readonly rules?: readonly T[]
  readonly baseline?: RunResult
  readonly onMutant?: (mutant: Mutant) => void
}

/** Switches rules off in turn; each time a simulator of its own, with the same keys. */
export async function mutateAll({ names = [], rules = ALL, ...rest }: Trial<RuleId>): Promise<Mutant[]> {
  const [{ mutate: mutatePacks }, { packsOf }, { send }] = await load()
  const keys = createSigningKeys()
  const open: MutationOptions<RuleId>['open'] = async (switchedOff) => {
    const { simulator, close } = await startServer({ port: 0, switchedOff: [...switchedOff] }, { keys })
    const urls = simulator.world.net.origins.local
    const target = { name: 'mutant', urls, municipality: MUNICIPALITY, clients: {}, send }
    return { target, close }
  }
  return mutatePacks({ packs: packsOf(names), rules, unreachable: UNREACHABLE, open, seed: '1', ...rest })
}

/** Plays implementations that are wrong in one way each, in front of one simulator. */
export async function deviateAll({ names = [], rules, ...rest }: Trial<Deviation>): Promise<Mutant[]> {
  const [{ mutate: mutatePacks }, { packsOf }] = await load()
  const { DEVIATIONS, TOLERATED } = await import('../../scenarios/deviations/table.ts')
  const { candidatesOf, deviating } = await import('../../scenarios/deviations/deviation.ts')
  const tried = new Map((rules ?? DEVIATIONS).map((deviation) => [deviation.name, deviation]))
  // A port is there for what the simulator itself calls.
  const { simulator, close } = await startServer({ port: 0 })
  const right = targetInProcess('deviation', { urls: simulator.world.net.origins.local, send: simulator.fetch })
  const open: MutationOptions['open'] = async ([name = '']) => {
    const deviation = tried.get(name)
    return { target: deviation ? { ...right, send: deviating(deviation)(right.send) } : right, close: async () => {} }
  }
  const candidates: MutationOptions['candidates'] = (name, baseline) => candidatesOf(tried.get(name), baseline)
  const shared = { packs: packsOf(names), unreachable: TOLERATED, seed: '1' }
  try {
    return await mutatePacks({ ...shared, rules: [...tried.keys()], open, candidates, ...rest })
  } finally {
    await close()
  }
}

function load() {
  return Promise.all([import('../../scenarios/mutation.ts'), import('../pack-files.ts'), import('../send.ts')])
}
