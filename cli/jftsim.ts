import { Command, InvalidArgumentError, type Option } from 'commander'
import { VERSION } from '../simulator/ground/version.ts'
import { ask, printPart, tell } from './print.ts'

/** The commands, each loaded when it is wanted: none waits for the libraries of another. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./commands/start.ts')).start(),
  token: async () => (await import('./commands/token.ts')).token(),
  check: async () => (await import('./commands/check.ts')).check(),
  generate: async () => (await import('./commands/generate.ts')).generate(),
  rules: async () => (await import('./commands/rules.ts')).rules(),
  documents: async () => (await import('./commands/documents.ts')).documents(),
  run: async () => (await import('./commands/run.ts')).run(),
  verify: async () => (await import('./commands/verify.ts')).verify(),
  compare: async () => (await import('./commands/compare.ts')).compare(),
  coverage: async () => (await import('./commands/coverage.ts')).coverage(),
  mutate: async () => (await import('./commands/mutate.ts')).mutate(),
  mcp: async () => (await import('./commands/mcp.ts')).mcp(),
  doctor: async () => (await import('./commands/doctor.ts')).doctor(),
  hosts: async () => (await import('./commands/hosts.ts')).hosts(),
  calibrate: async () => (await import('./commands/calibrate.ts')).calibrate(),
  record: async () => (await import('./commands/record.ts')).record(),
  import: async () => (await import('./commands/import.ts')).importHar(),
  replay: async () => (await import('./commands/replay.ts')).replay(),
}

/** Commands that commander and the library of completion add. */
const ALSO = ['help', 'completion', 'complete']
const HELP = ['-h', '--help']

/** Commander repeats what was typed. */
const OUTPUT = { writeOut: printPart, writeErr: ask }

/** Commander has printed what it had to say: the help, or what is wrong with what was typed. */
class Told extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super(`Commander ends with ${exitCode}`)
    this.exitCode = exitCode
  }
}

/** Runs the command line with these arguments; `process.exitCode` says how that ended. */
export async function jftsim(args: readonly string[]): Promise<void> {
  const program = await programFor(args)
  try {
    await program.parseAsync(withoutHelpOfNothing(args), { from: 'user' })
  } catch (error) {
    process.exitCode = exitCodeAfter(error)
  }
}

/** Where a command is misspelt, its help would be that of all of them, as if nothing were wrong. */
function withoutHelpOfNothing(args: readonly string[]): readonly string[] {
  const [wanted = ''] = args
  const isMisspelt = /^\w/.test(wanted) && !Object.hasOwn(COMMANDS, wanted) && !ALSO.includes(wanted)
  return isMisspelt ? args.filter((one) => !HELP.includes(one)) : args
}

/** Wrong use ends with 2: 1 says that something was judged, and failed. */
function exitCodeAfter(error: unknown): number {
  if (error instanceof Told) return error.exitCode === 0 ? 0 : 2
  if (!isCliError(error)) throw error
  tell(`jftsim: ${error.message}`)
  return error.exitCode
}

async function programFor([wanted = '']: readonly string[]): Promise<Command> {
  const program = new Command('jftsim')
    .configureOutput(OUTPUT)
    .description('A local simulator of JFT and HelseID, for tests without account or network.')
    .version(VERSION)
    .showSuggestionAfterError()
    .showHelpAfterError('(add --help for the options)')
  for (const name of Object.hasOwn(COMMANDS, wanted) ? [wanted] : Object.keys(COMMANDS)) {
    const command = await COMMANDS[name]?.()
    if (command) program.addCommand(command.configureOutput(OUTPUT))
  }
  // It has to know all of them.
  if (!Object.hasOwn(COMMANDS, wanted)) (await import('./completion.ts')).addCompletion(program)
  for (const command of [program, ...program.commands]) {
    for (const option of command.options) if (isPlain(option)) option.argParser(requireValue)
    command.showHelpAfterError('(add --help for the options)').exitOverride(({ exitCode }) => {
      throw new Told(exitCode)
    })
  }
  return program
}

/** Takes a text, whatever it is. */
function isPlain({ required, variadic, parseArg }: Option): boolean {
  return required && !variadic && parseArg === undefined
}

/** A variable of a script that is not set would otherwise be a file without a name, or a filter that takes all. */
function requireValue(value: string): string {
  if (value !== '') return value
  throw new InvalidArgumentError('It must not be empty.')
}

/** A command may be bundled with a class of its own. */
function isCliError(error: unknown): error is Error & { readonly exitCode: number } {
  return error instanceof Error && error.name === 'CliError' && 'exitCode' in error
}
