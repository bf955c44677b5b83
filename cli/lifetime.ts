import { existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { CliError } from './cli-error.ts'
import { writing } from './files.ts'

/** The signals that ask a program to end: of a terminal, of a supervisor, and of a terminal that was closed. */
export const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** What a program that starts the simulator can ask of it. */
export interface ProcessLifetime {
  /** A file that is written when the simulator can be called: `{"url":…}`. */
  readonly readyFile?: string
  /** Ends with the process of that id. */
  readonly parentPid?: number
  /** Ends with the standard input. */
  readonly untilStdinCloses?: boolean
}

/** Milliseconds between two looks at whether a process is there. */
const LOOK = 500

/** What a program reads to know where the simulator is. */
export function readyLine(url: string): string {
  return JSON.stringify({ url })
}

/** Takes an older file away, so that nobody takes another simulator for this one. Throws a `CliError` for a bad place. */
export function prepareReadyFile(file: string): void {
  writing(`--ready-file ${file}`, () => {
    rmSync(file, { force: true })
    writeFileSync(`${file}.new`, '')
    rmSync(`${file}.new`)
  })
}

/** Writes the file: who sees it sees it whole. */
export function writeReadyFile(file: string, url: string): void {
  writeFileSync(`${file}.new`, `${readyLine(url)}\n`)
  renameSync(`${file}.new`, file)
}

/** Takes the file away: there is nobody to call any more. */
export function removeReadyFile(file: string): void {
  if (existsSync(file)) rmSync(file, { force: true })
}

/** Throws a `CliError` where there is no process of that id. */
export function requireProcess(pid: number): void {
  if (!isThere(pid)) throw new CliError(`--parent-pid ${pid}: there is no process with that id.`)
}

/** Calls `stop` when the process that started the simulator is gone, as far as it asked for that. */
export function endWith({ parentPid, untilStdinCloses = false }: ProcessLifetime, stop: () => void): void {
  if (parentPid !== undefined) {
    setInterval(() => {
      if (!isThere(parentPid)) stop()
    }, LOOK).unref()
  }
  if (!untilStdinCloses) return
  process.stdin.once('end', stop)
  process.stdin.once('close', stop)
  process.stdin.once('error', stop)
  // What is written there is of no interest; only its end is.
  process.stdin.resume()
}

/** A process of somebody else's cannot be called, and is there. */
function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
