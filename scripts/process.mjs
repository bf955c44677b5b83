import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { ROOT } from './paths.mjs'

const PARENT_POLL_MS = 250
const GRACE_MS = 5_000
const OWN_GROUP = process.platform !== 'win32'
/** Some tools obey the one, some the other. */
const UNCOLOURED = { NO_COLOR: '1', FORCE_COLOR: '0' }

/**
 * @typedef {import('node:child_process').ChildProcess} ChildProcess
 * @typedef {{ code: number, output: string }} Outcome exit code (128 + n after signal n), and all that was printed
 */

/** @type {Map<ChildProcess, (signal: NodeJS.Signals) => void>} */
const running = new Map()
/** @type {NodeJS.Signals | undefined} */
let stopping

/**
 * Runs a program in the repository's root and keeps its output, uncoloured.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<Outcome>}
 */
export function capture(file, args, env = process.env) {
  // A group of its own: one signal reaches the program and all that it has started.
  const options = { cwd: ROOT, env: { ...env, ...UNCOLOURED }, detached: OWN_GROUP }
  const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  running.set(child, (signal) => signalGroup(child, signal === 'SIGKILL' ? signal : 'SIGINT'))
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  }
  return new Promise((resolve) => {
    child.once('error', (error) => finish(127, error.message))
    child.once('close', (code, signal) => finish(exitCode(code, signal), output))
    /** @type {(code: number, output: string) => void} */
    const finish = (code, output) => {
      running.delete(child)
      if (stopping && running.size === 0) process.exit(exitCode(null, stopping))
      resolve({ code, output })
    }
  })
}

/**
 * Runs Node with our own stdin, stdout and stderr, and an IPC channel whose end tells the child that we are gone.
 * @param {readonly string[]} args
 * @returns {Promise<number>} its exit code
 */
export function passThrough(args) {
  const child = spawn(process.execPath, args, { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  running.set(child, (signal) => {
    // A terminal sends Ctrl-C to the child as well: a second one would look like impatience.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => {
      running.delete(child)
      resolve(exitCode(code, signal))
    })
  })
}

/**
 * Ends this process and its children on a signal, and when the parent is gone: a SIGTERM to `npm start` ends npm and
 * its shell but not us, and the server would keep its port.
 */
export function endWithParent() {
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) process.on(signal, () => stop(signal))
  if (!process.env.npm_lifecycle_event) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    stop('SIGTERM')
  }, PARENT_POLL_MS)
  timer.unref()
}

/** @param {NodeJS.Signals} signal */
function stop(signal) {
  if (running.size === 0) process.exit(exitCode(null, signal))
  stopping = signal
  for (const end of running.values()) end(signal)
  setTimeout(() => {
    for (const end of running.values()) end('SIGKILL')
  }, GRACE_MS).unref()
}

/**
 * @param {ChildProcess} child
 * @param {NodeJS.Signals} signal
 */
function signalGroup(child, signal) {
  if (child.pid === undefined) return
  try {
    process.kill(OWN_GROUP ? -child.pid : child.pid, signal)
  } catch {
    // It ended by itself in the meantime.
  }
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
