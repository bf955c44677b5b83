import { Command, InvalidArgumentError, Option } from 'commander'
import { ASPECTS } from './compare/aspects.ts'
import { type Group, type Result, runComparison, shrunk } from './compare/run.ts'
import { type Input, inputs } from './generate/inputs.ts'
import { Library } from './library/library.ts'
import type { FirelyMajor } from './library/opinion.ts'
import { LibraryUnavailable } from './library/program.ts'
import { ownPayloads } from './own-payloads.ts'
import { describeGroup, figuresTable, unexpected } from './report.ts'
import { tablePayloads } from './table-payloads.ts'
import { timingTable } from './timing.ts'

interface Flags {
  readonly seed: number
  readonly count: number
  readonly sdk: '5' | '6'
  readonly most: number
  readonly folder?: string
  readonly tables?: true
  readonly time?: boolean
  readonly ifFound?: boolean
}

const program = new Command('npm run conformance --')
  .description('Compares the validators with the Firely .NET SDK, on payloads that are made for it.')
  .option('--seed <number>', 'the same seed makes the same payloads', wholeNumber, 1)
  .option('--count <number>', 'how many payloads', wholeNumber, 2000)
  .addOption(new Option('--sdk <major>', 'which version of the library').choices(['5', '6']).default('6'))
  .option('--most <number>', 'sorts of differences that are shrunk and shown for each aspect', wholeNumber, 12)
  .option('--folder <path>', 'change payloads of your own too: all *.json below it')
  .option('--tables', 'the payloads of the tables of verdicts, and no others')
  .option('--time', 'time the validators beside the library instead, on the same payloads')
  .option('--if-found', 'say that it was skipped, and succeed, where there is no .NET SDK')
  .showSuggestionAfterError()
  .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : USAGE))
  .addHelpText(
    'after',
    '\nExit code: 0 when nothing differs but what is meant to, 1 when something does, 2 for wrong use.',
  )

const USAGE = 2

function wholeNumber(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new InvalidArgumentError('Give a whole number.')
  return Number(text)
}

async function main(flags: Flags): Promise<number> {
  const sdk = Number(flags.sdk) as FirelyMajor
  const library = await Library.open(sdk, () =>
    console.error(`Building the program that asks the library (SDK ${sdk}) …`),
  )
  try {
    return flags.time ? await time(library, sdk, flags) : await compareAll(library, sdk, flags)
  } finally {
    await library.close()
  }
}

function payloads({ seed, count, folder, tables }: Flags): Iterable<Input> {
  if (tables) return tablePayloads()
  return inputs(seed, count, folder === undefined ? [] : ownPayloads(folder))
}

async function time(library: Library, sdk: FirelyMajor, flags: Flags): Promise<number> {
  console.log(await timingTable(library, [...payloads(flags)], sdk))
  return 0
}

async function compareAll(library: Library, sdk: FirelyMajor, flags: Flags): Promise<number> {
  const { seed, most, tables } = flags
  const { firely, dotnet } = library.versions
  const began = performance.now()
  const result = await runComparison(library, payloads(flags), sdk)
  const seconds = ((performance.now() - began) / 1000).toFixed(0)
  console.log(
    `${result.inputs} payloads of ${tables ? 'the tables' : `seed ${seed}`} against Firely ${firely} on .NET ${dotnet}, ${seconds} s\n`,
  )
  console.log(figuresTable(result))
  describeMeant(result)
  await describeUnexpected(result, library, sdk, most)
  const total = ASPECTS.map((aspect) => unexpected(result, aspect)).reduce((sum, one) => sum + one, 0)
  console.log(total === 0 ? '\nNothing differs but what is meant to.' : `\n${total} differences that are not meant.`)
  return total === 0 ? 0 : 1
}

function describeMeant({ groups }: Result): void {
  const reasons = new Map<string, number>()
  for (const { deliberate, count } of groups) {
    if (deliberate !== undefined) reasons.set(deliberate.reason, (reasons.get(deliberate.reason) ?? 0) + count)
  }
  if (reasons.size > 0) console.log('\n## Different on purpose\n')
  for (const [reason, count] of reasons) console.log(`${String(count).padStart(6)}  ${reason}`)
}

async function describeUnexpected({ groups }: Result, library: Library, sdk: FirelyMajor, most: number): Promise<void> {
  for (const aspect of ASPECTS) {
    const of = groups.filter(({ difference, deliberate }) => difference.aspect === aspect && deliberate === undefined)
    if (of.length > 0) console.log(`\n## ${aspect}: ${of.length} sorts of differences`)
    for (const group of of.slice(0, most)) console.log(`\n${await describe(group, library, sdk)}`)
    const left = of.slice(most)
    if (left.length > 0)
      console.log(`\n… and ${left.length} rarer sorts (${left.reduce((sum, { count }) => sum + count, 0)} inputs).`)
  }
}

async function describe(group: Group, library: Library, sdk: FirelyMajor): Promise<string> {
  return describeGroup(group, await shrunk(group, library, sdk))
}

program.parse()
const flags = program.opts<Flags>()
try {
  process.exitCode = await main(flags)
} catch (error) {
  if (!(error instanceof LibraryUnavailable)) throw error
  if (flags.ifFound) console.log(`conformance: skipped. ${error.message}`)
  else console.error(error.message)
  process.exitCode = flags.ifFound ? 0 : USAGE
}
