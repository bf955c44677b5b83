import { ROOT } from '../scripts/paths.mjs'
import type { Ended } from './jftsim.fixture.ts'
import { jftsim as run } from './jftsim.ts'

/*
 * The command line in the process of the tests, of its sources: to start a program takes ten times as long as most commands.
 * `jftsim.fixture.ts` has the same functions with the program as it is built, of which each command has some tests.
 */

/** Runs the command as in the root of the project. */
export function jftsim(...args: string[]): Promise<Ended> {
  return jftsimIn(ROOT, ...args)
}

/** Runs the command as in this folder. */
export function jftsimIn(folder: string, ...args: string[]): Promise<Ended> {
  return jftsimWith({}, folder, ...args)
}

/** A process has one folder, one environment and one output: commands take turns. */
let last: Promise<unknown> = Promise.resolve()

/** Runs the command as in this folder, with these variables in its environment too. */
export function jftsimWith(env: NodeJS.ProcessEnv, folder: string, ...args: string[]): Promise<Ended> {
  const ended = last.then(() => inProcess(env, folder, args))
  last = ended.catch(() => undefined)
  return ended
}

async function inProcess(env: NodeJS.ProcessEnv, folder: string, args: readonly string[]): Promise<Ended> {
  const before = { cwd: process.cwd(), env: process.env, exitCode: process.exitCode }
  const [stdout, stderr] = [caught(process.stdout), caught(process.stderr)]
  process.chdir(folder)
  process.env = { ...process.env, ...env }
  process.exitCode = 0
  try {
    await run(args)
    return { code: Number(process.exitCode), stdout: stdout.end(), stderr: stderr.end() }
  } finally {
    stdout.end()
    stderr.end()
    process.chdir(before.cwd)
    process.env = before.env
    process.exitCode = before.exitCode
  }
}

/** What is written to a stream from now on, until `end` gives it. */
function caught(stream: NodeJS.WriteStream): { readonly end: () => string } {
  const { write } = stream
  let text = ''
  stream.write = (chunk: string | Uint8Array) => {
    text += String(chunk)
    return true
  }
  return {
    end() {
      stream.write = write
      return text
    },
  }
}
