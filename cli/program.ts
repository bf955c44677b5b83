import { spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Program, Surroundings } from '../scenarios/verify/stage.ts'
import { CliError } from './cli-error.ts'
import { print } from './print.ts'

/** Milliseconds that a program has to end after SIGTERM. */
const GRACE = 3_000

/** A program that was started here: the first process of a group of its own. */
export interface SpawnedProgram extends Program {
  readonly pid: number
}

/**
 * Starts a program; what it prints goes to standard error, since the verdict is the output of this command. It is stopped with
 * all that it has started: a wrapper such as `npm start` ends, and what it wraps does not. Rejects with a `CliError` when it
 * cannot be started.
 */
export async function spawnProgram(
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 'stderr' | 'ignore' = 'stderr',
): Promise<SpawnedProgram> {
  const to = output === 'stderr' ? 2 : 'ignore'
  const detached = process.platform !== 'win32'
  const child = spawn(name, args, { stdio: ['ignore', to, to], env: { ...process.env, ...env }, detached })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new CliError(`${name} cannot be started: ${error.message}`)))
  })
  const pid = child.pid ?? 0
  return { pid, ended, stop: () => stopGroup(pid, ended) }
}

/** Milliseconds between two looks at whether a group is gone. */
const LOOK = 50

async function stopGroup(pid: number, ended: Promise<void>): Promise<void> {
  const until = performance.now() + GRACE
  let isLeft = killGroup(pid, 'SIGTERM')
  while (isLeft && performance.now() < until) {
    await setTimeout(LOOK)
    isLeft = killGroup(pid, 0)
  }
  if (isLeft) killGroup(pid, 'SIGKILL')
  await ended
}

/** Sends a signal to all processes of a group; 0 only looks. Whether there is any. Windows has no groups, but trees. */
export function killGroup(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    if (process.platform === 'win32') return killTree(pid, signal)
    return process.kill(-pid, signal)
  } catch {
    return false
  }
}

function killTree(pid: number, signal: NodeJS.Signals | 0): boolean {
  if (signal === 0) return process.kill(pid, 0)
  return spawnSync('taskkill', ['/pid', String(pid), '/T', '/F']).status === 0
}

/** Prints what a program that is started by hand needs. */
export function programElsewhere(env: Readonly<Record<string, string>>): Program {
  const lines = Object.entries(env).map(([name, value]) => `  export ${name}='${value}'`)
  print(['Start your program with', ...lines, 'It is judged when nothing new has happened for a while.'].join('\n'))
  return { ended: new Promise(() => undefined), stop: () => Promise.resolve() }
}

/** What a program finds in its environment; its client's file is written into `folder`. */
export function environmentOf(
  { urls, client, municipality, poll }: Surroundings,
  folder: string,
): Record<string, string> {
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify(client, null, 2), { mode: 0o600 })
  return {
    HELSEID_AUTHORITY: client.authority,
    JFT_WRITE_URL: urls['jft-write'] ?? '',
    JFT_READ_URL: urls['jft-read'] ?? '',
    VKP_URL: `${urls.vkp}/epj/r4`,
    JFT_CLIENT_FILE: file,
    JFT_CLIENT_ID: client.clientId,
    JFT_MUNICIPALITY: municipality,
    JFT_SCOPE: 'nhn:jft/api',
    ...(poll === undefined ? {} : { JFT_POLL_SECONDS: String(poll) }),
  }
}
