import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Surroundings } from '../scenarios/verify/stage.ts'
import type { Program } from '../scenarios/verify/watch.ts'
import { ENDING } from './lifetime.ts'
import {
  environmentOf,
  killGroup,
  linesOf,
  programElsewhere,
  restartable,
  type SpawnedProgram,
  spawnProgram,
} from './program.ts'

/** A folder for the key of a program under test, and the program: neither outlives this process, however it ends. */
export interface Workshop {
  /** Writes the key and starts the program; without a command it is started elsewhere. */
  readonly start: (surroundings: Surroundings, command: readonly string[]) => Promise<Program>
  /** Stops the program and removes the folder. */
  readonly close: () => Promise<void>
}

/** Opens one. From now on a signal closes it first. */
export function openWorkshop(): Workshop {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-'))
  const running: { program?: SpawnedProgram; heir?: ChildProcess | undefined } = {}
  const remove = () => rmSync(folder, { recursive: true, force: true })
  const atExit = () => {
    if (running.program) killGroup(running.program.pid, 'SIGKILL')
    remove()
  }
  const onSignal = (signal: (typeof ENDING)[number]) => {
    void close().then(() => process.exit(128 + constants.signals[signal]))
  }
  const close = async () => {
    await running.program?.stop()
    remove()
    if (running.heir?.pid !== undefined) killGroup(running.heir.pid, 'SIGKILL')
    process.removeListener('exit', atExit)
    for (const signal of ENDING) process.removeListener(signal, onSignal)
  }
  process.once('exit', atExit)
  for (const signal of ENDING) process.once(signal, onSignal)
  return {
    close,
    async start(surroundings, command) {
      running.heir = appointHeir(folder)
      const env = environmentOf(surroundings, folder)
      if (command.length === 0) return programElsewhere(env)
      const begin = async () => {
        running.program = await spawnProgram(command, env)
        running.heir?.stdin?.write(`${running.program.pid}\n`)
        return running.program
      }
      const { JFT_SHOW_COMMAND: show } = process.env
      return restartable(begin, show === undefined ? undefined : async () => linesOf(show, env))
    },
  }
}

/**
 * What cleans up when this process is killed: it reads the group of the program that runs now until the pipe is closed, and
 * ends what is left. On Windows, which has no process groups, nothing does.
 */
const HEIR = `while read -r line; do group=$line; done; rm -rf -- "$1"; [ -n "$group" ] || exit 0
kill -s TERM -- "-$group" 2>/dev/null && sleep 3; kill -s KILL -- "-$group" 2>/dev/null`

function appointHeir(folder: string): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined
  const heir = spawn('/bin/sh', ['-c', HEIR, 'sh', folder], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  heir.on('error', () => undefined)
  heir.stdin.on('error', () => undefined)
  heir.unref()
  return heir
}
