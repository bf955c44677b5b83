import type { z } from 'zod'
import { FileFaults, readYaml } from '../scenarios/read-yaml.ts'
import { CliError } from './cli-error.ts'
import { readText } from './files.ts'

/** Reads a YAML file by a schema. Throws a `CliError` with every fault of it. */
export function readYamlFile<S extends z.ZodType>(file: string, schema: S): z.output<S> {
  return withFileFaults(() => readYaml({ file, text: readText(file) }, schema).value)
}

/** Runs what reads files, and words their faults for the user. */
export function withFileFaults<T>(read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw error instanceof FileFaults ? new CliError(error.message) : error
  }
}
