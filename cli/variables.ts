import type { Command, Option } from 'commander'
import { unknownName } from '../simulator/ground/text/suggest.ts'
import { CliError } from './cli-error.ts'

const ON = ['true', '1', 'yes', 'on']
const OFF = ['false', '0', 'no', 'off']

/**
 * Refuses environment variables that the options of a command do not have: a misspelt one would be a setting that nobody
 * notices is missing. Throws a `CliError`.
 */
export function refuseUnknownVariables({ options }: Command): void {
  const known = options.flatMap(({ envVar }) => envVar ?? [])
  const unknown = Object.keys(process.env).filter((name) => isOurs(name) && !known.includes(asRead(name)))
  if (unknown.length === 0) return
  throw new CliError(unknown.map((name) => unknownName('environment variable', name, known)).join('\n'))
}

function isOurs(name: string): boolean {
  return name.toUpperCase().startsWith('JFTSIM_')
}

/** Windows knows a variable by its letters, whatever their case. */
function asRead(name: string): string {
  return process.platform === 'win32' ? name.toUpperCase() : name
}

/**
 * Switches that are off although their variable is there, since it says so: by the name that the flags have. Throws a
 * `CliError` for a value that says neither.
 */
export function switchedOffByVariables(command: Command): readonly string[] {
  const switches = command.options.filter(
    (option) => isSwitch(option) && command.getOptionValueSource(option.attributeName()) === 'env',
  )
  return switches.filter(saysOff).map((option) => option.attributeName())
}

function isSwitch({ required, optional, envVar }: Option): boolean {
  return !required && !optional && envVar !== undefined
}

function saysOff({ envVar = '' }: Option): boolean {
  const value = process.env[envVar]?.toLowerCase() ?? ''
  if (OFF.includes(value)) return true
  if (ON.includes(value)) return false
  throw new CliError(`${envVar} must be true or false, not "${process.env[envVar]}".`)
}
