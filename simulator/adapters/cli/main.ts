#!/usr/bin/env node
import { Command } from 'commander'
import { VERSION } from '../../index.ts'
import { check } from './check.ts'
import { CliError } from './cli-error.ts'
import { coverage } from './coverage.ts'
import { generate } from './generate.ts'
import { mutate } from './mutate.ts'
import { rules } from './rules.ts'
import { run } from './run.ts'
import { start } from './start.ts'
import { token } from './token.ts'
import { verify } from './verify.ts'

const program = new Command('jftsim')
  .description('A local simulator of JFT and HelseID, for tests without account or network.')
  .version(VERSION)
  .showSuggestionAfterError()
  .showHelpAfterError('(add --help for the options)')

for (const command of [start, token, check, generate, rules, run, verify, coverage, mutate])
  program.addCommand(command())

try {
  await program.parseAsync()
} catch (error) {
  if (!(error instanceof CliError)) throw error
  console.error(`jftsim: ${error.message}`)
  process.exitCode = error.exitCode
}
