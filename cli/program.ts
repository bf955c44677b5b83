import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join, win32 } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import type { Exit } from '../scenarios/verify/ending.ts'
import type { Surroundings } from '../scenarios/verify/stage.ts'
import type { Program } from '../scenarios/verify/watch.ts'
import { withoutAdminToken } from './admin-token.ts'
import { CliError } from './cli-error.ts'
import { ask, print } from './print.ts'

/** Milliseconds that a program has to end after SIGTERM. */
const GRACE = 3_000

/** A program that was started here: the first process of a group of its own. */
export interface SpawnedProgram extends Program {
  readonly pid: number
}

/** Milliseconds that its last words may take after its end. */
const LAST_WORDS = 500

/**
 * Starts a program in a process group of its own, so that what a wrapper such as `npm start` starts ends with it. What it
 * prints goes to standard error, since the verdict is the output of this command. Rejects with a `CliError` when it cannot
 * be started.
 */
export async function spawnProgram(
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 'stderr' | 'ignore' = 'stderr',
): Promise<SpawnedProgram> {
  if (name === '') throw new CliError('The program after -- has no name.')
  const child = spawn(name, args, {
    stdio: ['ignore', output === 'stderr' ? 2 : 'ignore', 'pipe'],
    env: { ...withoutAdminToken(process.env), ...env },
    detached: process.platform !== 'win32',
  })
  const lastLine = lastLineOf(child, output === 'stderr')
  const ended = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => void lastLine().then((said) => resolve({ code, signal, ...said })))
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new CliError(`${name} cannot be started: ${error.message}`)))
  })
  const pid = child.pid ?? 0
  return {
    pid,
    ended,
    async stop(signal = 'SIGTERM') {
      killGroup(pid, signal)
      await gone(pid, ended)
    },
  }
}

/** The program, to be killed and started again, and to be asked what it has. */
export async function restartable(
  start: () => Promise<Program>,
  show: (() => Promise<readonly string[]>) | undefined,
): Promise<Program> {
  let current = await start()
  let isReplaced = Promise.resolve()
  const last = async (): Promise<Exit> => {
    const watched = current
    const exit = await watched.ended
    await isReplaced
    return watched === current ? exit : last()
  }
  return {
    ended: last(),
    stop: () => current.stop(),
    async restart() {
      isReplaced = current
        .stop('SIGKILL')
        .then(start)
        .then((next) => {
          current = next
        })
      await isReplaced
    },
    ...(show === undefined ? {} : { shows: show }),
  }
}

/** Runs a command of the shell, and gives the lines that it prints. */
export function linesOf(command: string, env: Readonly<Record<string, string>>): readonly string[] {
  const { stdout, status } = spawnSync(command, {
    shell: true,
    env: { ...withoutAdminToken(process.env), ...env },
    encoding: 'utf8',
  })
  if (status !== 0) throw new CliError(`JFT_SHOW_COMMAND ended with exit code ${status}: ${command}`)
  return stdout.split('\n').flatMap((line) => line.trim() || [])
}

/** Milliseconds between two looks at whether a group is gone. */
const LOOK = 20

/** Resolves when the program is gone, and its group with it; after a while by force. */
async function gone(pid: number, ended: Promise<unknown>): Promise<void> {
  const until = performance.now() + GRACE
  while (performance.now() < until && killGroup(pid, 0)) await setTimeout(LOOK)
  killGroup(pid, 'SIGKILL')
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
  const [file, ...args] = treeKill(pid, process.env.SystemRoot)
  return spawnSync(file, args).status === 0
}

/**
 * The command of Windows that ends a process and all that it has started; by its path, since Windows looks for a name in the
 * working folder first. A program of the console has no other end there: without /F it is asked by a message to its window.
 */
export function treeKill(pid: number, systemRoot = 'C:\\Windows'): readonly [string, ...string[]] {
  return [win32.join(systemRoot, 'System32', 'taskkill.exe'), '/PID', String(pid), '/T', '/F']
}

/** Passes standard error on, and remembers the last line of it. */
function lastLineOf({ stderr }: ChildProcess, passOn: boolean): () => Promise<{ lastError?: string }> {
  let tail = ''
  stderr?.on('data', (data: Buffer) => {
    if (passOn) ask(data.toString())
    tail = (tail + data.toString()).slice(-4_000)
  })
  const closed = new Promise<void>((resolve) => stderr?.once('close', resolve))
  return async () => {
    await Promise.race([closed, setTimeout(LAST_WORDS)])
    const last = tail.trim().split('\n').at(-1)?.trim() ?? ''
    return last === '' ? {} : { lastError: last.slice(0, 500) }
  }
}

/** Prints what a program that is started by hand needs. */
export function programElsewhere(env: Readonly<Record<string, string>>): Program {
  const lines = Object.entries(env).map(([name, value]) => `  export ${name}='${value}'`)
  print(['Start your program with', ...lines, 'It is judged when nothing new has happened for a while.'].join('\n'))
  return { ended: new Promise(() => undefined), stop: () => Promise.resolve() }
}

/** What the simulator guesses and a client has to know, by the variable that says it. */
const GUESSES: Readonly<Record<string, string>> = {
  JFT_ACKNOWLEDGED_TAG: 'acknowledgedTag',
  JFT_PAGE_SIZE: 'countDefault',
  JFT_PAGE_SIZE_MAX: 'countMax',
  JFT_SIZE_LIMIT_BYTES: 'sizeLimitBytes',
}

/** What a program finds in its environment; its client's file is written into `folder`. */
export function environmentOf(
  { urls, client, municipality, poll, guesses }: Surroundings,
  folder: string,
): Record<string, string> {
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify(client, null, 2), { mode: 0o600 })
  const known = Object.entries(GUESSES).flatMap(([name, setting]): [string, string][] =>
    guesses[setting] === undefined ? [] : [[name, String(guesses[setting])]],
  )
  return {
    HELSEID_AUTHORITY: client.authority,
    JFT_WRITE_URL: urls['jft-write'] ?? '',
    JFT_READ_URL: urls['jft-read'] ?? '',
    VKP_URL: `${urls.vkp}/epj/r4`,
    ...(urls.pit === undefined ? {} : { PIT_URL: urls.pit, PIT_PERSONS_URL: `${urls.ehr}/persons` }),
    JFT_CLIENT_FILE: file,
    JFT_CLIENT_ID: client.clientId,
    JFT_MUNICIPALITY: municipality,
    JFT_SCOPE: client.scopes.join(' '),
    ...Object.fromEntries(known),
    ...(poll === undefined ? {} : { JFT_POLL_SECONDS: String(poll) }),
  }
}
