import { OptionsError, readOptions, type SimulatorInput, type SimulatorOptions } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'
import { readJson } from './files.ts'

/** Reads a config file: JSON, checked when the simulator is made. Throws a `CliError` that names the place. */
export function readConfig(file: string | undefined): SimulatorInput {
  if (file === undefined) return {}
  const value = readJson(file)
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new CliError(`${file} must hold one JSON object of options, such as { "port": 7357 }.`)
}

/** The options of a config file, with their defaults and what flags say. Throws a `CliError` that names every wrong one. */
export function configured(file: string | undefined, flags: SimulatorInput = {}): SimulatorOptions {
  const read = readOptions({ ...readConfig(file), ...flags })
  if ('options' in read) return read.options
  throw new CliError(read.faults.map(({ option, message }) => `${file}: ${option}: ${message}`).join('\n'))
}

/** Names of errors whose message is all that a user needs. */
const FOR_THE_USER = new Set([
  'KeyFileError',
  'FolderInUseError',
  'FolderError',
  'MissingPackageError',
  'SchemaError',
  'StoreLost',
])

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
