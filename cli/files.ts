import { readFileSync } from 'node:fs'
import { decodeJson } from '../simulator/index.ts'
import { CliError } from './cli-error.ts'

/** The JSON in a file. Throws a `CliError` when it cannot be read, or is none. */
export function readJson(file: string): unknown {
  const text = readText(file)
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new CliError(`${file} is not JSON: ${(error as Error).message}`)
  }
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
    throw new CliError(`${file || 'A file without a name'} cannot be read: ${(error as Error).message}`)
  }
}

/** Runs what writes a file. Throws a `CliError` with the advice when it cannot be written. */
export function writing(file: string, write: () => void, advice = ''): void {
  try {
    write()
  } catch (error) {
    throw new CliError(`${file} cannot be written: ${(error as Error).message}${advice}`)
  }
}
