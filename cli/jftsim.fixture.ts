import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { CLI, ensureBuilt } from '../scripts/build.mjs'
import { ROOT } from '../scripts/paths.mjs'

// What is tested is what a user runs, of the sources as they are now; and it starts ten times as fast as the sources.
await ensureBuilt()

/** The command line program. */
export const MAIN = CLI

/** How a command ended. */
export interface Ended {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs the command as a user does, in the root of the project. */
export function jftsim(...args: string[]): Promise<Ended> {
  return jftsimIn(ROOT, ...args)
}

/** Runs the command as a user does, in this folder. */
export async function jftsimIn(folder: string, ...args: string[]): Promise<Ended> {
  try {
    const ended = await promisify(execFile)(process.execPath, [MAIN, ...args], { cwd: folder })
    return { code: 0, ...ended }
  } catch (error) {
    return error as Ended
  }
}
