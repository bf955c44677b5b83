import { Command, InvalidArgumentError } from 'commander'
import type { Target } from '../../../scenarios/runner/target.ts'
import { startServer } from '../node.ts'
import { CliError } from './cli-error.ts'
import { send } from './send.ts'

interface RunFlags {
  readonly url?: string
  readonly filter?: string
  readonly seed: string
  readonly repeat: number
  readonly bail?: boolean
}

/** `jftsim run`: plays scenario packs and says which requirements hold. */
export function run(): Command {
  return new Command('run')
    .description('Run scenario packs against the built-in simulator, or another one')
    .argument('[pack...]', 'names of packs, files or folders; all that are shipped by default')
    .option('--url <url>', 'a simulator that runs already')
    .option('--filter <text>', 'only scenarios whose id, title or requirement has this text')
    .option('--seed <text>', 'the same seed makes the same payloads', '1')
    .option('--repeat <number>', 'run each scenario so often, with another seed each time', wholeNumber, 1)
    .option('--bail', 'stop after the first scenario that fails')
    .action(play)
}

/** What scenarios need is loaded only here: it would slow down the start of every other command. */
async function play(names: readonly string[], { url, filter, seed, repeat, bail }: RunFlags): Promise<void> {
  const [{ packsOf }, { runPacks }, { describeFailure, describeScenario, describeTotals }] = await Promise.all([
    import('./pack-files.ts'),
    import('../../../scenarios/runner/run.ts'),
    import('../../../scenarios/reports/terminal.ts'),
  ])
  const packs = packsOf(names)
  const { target, close } = await targetOf(url)
  try {
    const result = await runPacks(packs, target, {
      seed,
      repeat,
      bail: bail === true,
      selected: (_, { id, title, proves }) =>
        filter === undefined || [id, title, ...proves].some((text) => text.includes(filter)),
      onScenario: (one) => console.log(describeScenario(one)),
    })
    for (const one of result.scenarios) if (one.outcome === 'failed') console.log(describeFailure(one))
    console.log(describeTotals(result))
    if (result.scenarios.length === 0) throw new CliError(`No scenario has the text ${filter}.`)
    if (result.scenarios.some(({ outcome }) => outcome === 'failed')) process.exitCode = 1
  } finally {
    await close()
  }
}

async function targetOf(url: string | undefined): Promise<{ target: Target; close: () => Promise<void> }> {
  const common = { send, municipality: '313231593', clients: {} }
  if (url === undefined) {
    const { simulator, close } = await startServer({ port: 0, limits: { sandboxes: 10_000 } })
    return { target: { ...common, name: 'the built-in simulator', urls: simulator.world.origins.local }, close }
  }
  const answer = await fetch(`${url}/_sim/info`).catch(() => {
    throw new CliError(`No simulator answers at ${url}. Start one with "jftsim start".`)
  })
  const { origins } = (await answer.json()) as { origins: Record<string, string> }
  return { target: { ...common, name: url, urls: origins }, close: () => Promise.resolve() }
}

function wholeNumber(value: string): number {
  if (/^[1-9]\d*$/.test(value)) return Number(value)
  throw new InvalidArgumentError('It must be a whole number above 0.')
}
