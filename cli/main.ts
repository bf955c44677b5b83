#!/usr/bin/env node
import { Command } from 'commander'
import { VERSION } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { calibrate } from './commands/calibrate.ts'
import { check } from './commands/check.ts'
import { coverage } from './commands/coverage.ts'
import { doctor } from './commands/doctor.ts'
import { documents } from './commands/documents.ts'
import { generate } from './commands/generate.ts'
import { importHar } from './commands/import.ts'
import { mcp } from './commands/mcp.ts'
import { mutate } from './commands/mutate.ts'
import { record } from './commands/record.ts'
import { replay } from './commands/replay.ts'
import { rules } from './commands/rules.ts'
import { run } from './commands/run.ts'
import { start } from './commands/start.ts'
import { token } from './commands/token.ts'
import { verify } from './commands/verify.ts'
import { ask, printPart, tell } from './print.ts'

/** Commander repeats what was typed. */
const OUTPUT = { writeOut: printPart, writeErr: ask }

const program = new Command('jftsim')
  .configureOutput(OUTPUT)
  .description('A local simulator of JFT and HelseID, for tests without account or network.')
  .version(VERSION)
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for the options)')

const COMMANDS = [
  start,
  token,
  check,
  generate,
  rules,
  documents,
  run,
  verify,
  coverage,
  mutate,
  mcp,
  doctor,
  calibrate,
  record,
  importHar,
  replay,
]
for (const command of COMMANDS) program.addCommand(command().configureOutput(OUTPUT))
for (const command of [program, ...program.commands]) command.exitOverride(({ exitCode }) => endWith(exitCode))

/** Wrong use ends with 2: 1 says that something was judged, and failed. */
function endWith(exitCode: number): never {
  process.exit(exitCode === 0 ? 0 : 2)
}

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CliError)) throw error
  tell(`jftsim: ${error.message}`)
  process.exitCode = error.exitCode
}
