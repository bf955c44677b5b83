import { readFileSync } from 'node:fs'
import {
  decodeJson,
  OptionsError,
  readOptions,
  type SimulatorInput,
  type SimulatorOptions,
} from '../simulator/index.ts'
import { CliError } from './cli-error.ts'

/** Reads a config file: JSON, checked when the simulator is made. Throws a `CliError` that names the place. */
export function readConfig(file: string | undefined): SimulatorInput {
  if (file === undefined) return {}
  const text = readText(file)
  const value = parsed(file, text)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new CliError(`${file} must hold one JSON object of options, such as { "port": 7357 }.`)
}

function parsed(file: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`)
  }
}

/** The options of a config file, with their defaults and what flags say. Throws a `CliError` that names every wrong one. */
export function configured(file: string | undefined, flags: SimulatorInput = {}): SimulatorOptions {
  const read = readOptions({ ...readConfig(file), ...flags })
  if ('options' in read) return read.options
  throw new CliError(read.faults.map(({ option, message }) => `${file}: ${option}: ${message}`).join('\n'))
}

/** The text of a file in UTF-8, without its byte order mark. Throws a `CliError` when it cannot be read, or is not UTF-8. */
export function readText(file: string): string {
  const { text, issue } = decodeJson(readBytes(file))
  if (text === undefined) throw new CliError(`${file} is not UTF-8: ${issue.message}`)
  return text
}

/** The bytes of a file, or of standard input. Throws a `CliError` when it cannot be read. */
export function readBytes(file: string): Uint8Array {
  try {
    return readFileSync(file === '-' ? 0 : file)
  } catch (error) {
    throw new CliError(`${file} cannot be read: ${(error as Error).message}`)
  }
}

/** Names of errors whose message is all that a user needs. */
const FOR_THE_USER = new Set(['KeyFileError', 'FolderInUseError', 'MissingPackageError', 'SchemaError', 'StoreLost'])

/** Runs `work`, and words wrong options and a taken port for the user. */
export async function withClearErrors<T>(source: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof OptionsError) throw new CliError(wrongOptions(source, error))
    if (error instanceof Error && FOR_THE_USER.has(error.name)) throw new CliError(error.message)
    const { code, message } = error as NodeJS.ErrnoException
    if (code === 'EADDRINUSE')
      throw new CliError(
        `${message}. Another program listens there; choose one with --port (npm start -- --port 7358) or JFTSIM_PORT.`,
      )
    if (code === 'EACCES' || code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') throw new CliError(message)
    throw error
  }
}

function wrongOptions(source: string, { faults }: OptionsError): string {
  return [`${source} is wrong:`, ...faults.map(({ option, message }) => `  ${option}: ${message}`)].join('\n')
}
