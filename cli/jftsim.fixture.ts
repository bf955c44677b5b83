import { type ChildProcess, execFile } from 'node:child_process'
import { setTimeout } from 'node:timers/promises'
import { promisify } from 'node:util'
import { CLI, ROOT } from '../scripts/paths.mjs'
import { build } from '../scripts/process.mjs'

// What is tested is what a user runs, of the sources as they are now; and it starts ten times as fast as the sources.
await build()

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
export function jftsimIn(folder: string, ...args: string[]): Promise<Ended> {
  return jftsimWith({}, folder, ...args)
}

/** Runs the command as a user does, in this folder, with these variables in its environment too. */
export async function jftsimWith(env: NodeJS.ProcessEnv, folder: string, ...args: string[]): Promise<Ended> {
  try {
    const options = { cwd: folder, env: { ...process.env, ...env } }
    const ended = await promisify(execFile)(process.execPath, [MAIN, ...args], options)
    return { code: 0, ...ended }
  } catch (error) {
    return error as Ended
  }
}

/** What `look` sees, once it sees something. Rejects where the program ends before. */
export async function until<T>(child: ChildProcess, look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look()
    if (found !== undefined) return found
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    await setTimeout(10)
  }
}
