import { readFileSync } from 'node:fs'
import { OptionsError, type SimulatorInput } from '../../index.ts'
import { CliError } from './cli-error.ts'

/** Reads a config file: JSON, checked when the simulator is made. Throws a `CliError` that names the place. */
export function readConfig(file: string | undefined): SimulatorInput {
  if (file === undefined) return {}
  const text = readText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`)
  }
}

/** The text of a file. Throws a `CliError` when it cannot be read. */
export function readText(file: string): string {
  try {
    return readFileSync(file === '-' ? 0 : file, 'utf8')
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Runs `work`, and words wrong options and a taken port for the user. */
export async function withClearErrors<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OptionsError) throw new CliError(wrongOptions(source, error))
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE') throw new CliError(`${message}. Another program listens there; choose one with --port.`)
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new CliError(message)
    throw error
  }
}

function wrongOptions(source: string, { faults }: OptionsError): string {
  return [`${source} is wrong:`, ...faults.map(({ option, message }) => `  ${option}: ${message}`)].join('\n')
}
