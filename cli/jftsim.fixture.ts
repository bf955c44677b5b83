import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** The command line program, from its source. */
export const MAIN = join(import.meta.dirname, 'main.ts')

const ROOT = join(import.meta.dirname, '..')

/** How a command ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a user does. */
export async function jftsim(...args: string[]): Promise<Ended> {
  try {
    const ended = await promisify(execFile)(process.execPath, ['--import', 'tsx', MAIN, ...args], { cwd: ROOT })
    return { code: 0, ...ended }
  } catch (error) {
    return error as Ended
  }
}
