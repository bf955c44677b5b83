import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { constants } from 'node:os'
import { CLI, inRoot, ROOT } from './paths.mjs'

const WIREIT = inRoot('node_modules', 'wireit', 'bin', 'wireit.js')
const PARENT_POLL_MS = 250
const GRACE_MS = 5_000
/** Some tools obey the one, some the other. */
const UNCOLOURED = { NO_COLOR: '1', FORCE_COLOR: '0' }

/** @typedef {{ code: number, output: string }} Outcome exit code (128 + n after signal n), and what was kept */

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set()
/** @type {NodeJS.Signals | undefined} */
let stopping

/**
 * Runs Node with our own stdin, stdout and stderr, and a channel whose end tells the child that we are gone.
 * @param {readonly string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string | undefined }} [options]
 * @returns {Promise<number>} its exit code
 */
export async function passThrough(args, { env = process.env, cwd } = {}) {
  const child = spawn(process.execPath, args, { env, cwd, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] })
  return (await ended(child)).code
}

/**
 * Runs a program and keeps what it prints, uncoloured.
 * @param {string} file
 * @param {readonly string[]} args
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv }} [options] the repository's root and our own environment otherwise
 * @returns {Promise<Outcome>}
 */
export function capture(file, args, { cwd = ROOT, env = process.env } = {}) {
  return ended(spawn(file, args, { cwd, env: { ...env, ...UNCOLOURED }, stdio: ['ignore', 'pipe', 'pipe'] }))
}

/**
 * Runs npm.
 * @param {readonly string[]} args
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv }} [options]
 */
export function npm(args, options) {
  const own = process.env.npm_execpath
  return own ? capture(process.execPath, [own, ...args], options) : capture('npm', args, options)
}

/**
 * Runs npm, and throws an Error with what it printed when it fails.
 * @param {readonly string[]} args
 * @param {{ cwd?: string | undefined, env?: NodeJS.ProcessEnv }} [options]
 * @returns {Promise<string>} what it printed
 */
export async function mustNpm(args, options) {
  const { code, output } = await npm(args, options)
  if (code !== 0) throw new Error(`npm ${args[0]} failed:\n${output}`)
  return output
}

/**
 * Runs a script that package.json describes for wireit: what it needs comes first, and what is fresh is left out. It says
 * what it does.
 * @param {string} script
 * @returns {Promise<number>} its exit code
 */
export function wireit(script) {
  return passThrough([WIREIT], { env: wireitEnv(script) })
}

/** Brings dist up to date. Throws an Error with what the compilers say; is silent otherwise. */
export async function build() {
  if (!existsSync(CLI)) console.error('Building, once: a quarter of a minute ...')
  const { code, output } = await capture(process.execPath, [WIREIT], { env: wireitEnv('make') })
  if (code !== 0) throw new Error(output.trimEnd())
}

/**
 * As npm would call it, which takes longer to start than most scripts.
 * @param {string} script
 */
function wireitEnv(script) {
  const asNpm = { npm_lifecycle_event: script, npm_package_json: inRoot('package.json'), npm_config_user_agent: 'npm/' }
  // What git has need not be kept twice. One failure must not hide another.
  const uncoloured = process.stdout.isTTY ? {} : UNCOLOURED
  return { ...process.env, ...uncoloured, ...asNpm, WIREIT_CACHE: 'none', WIREIT_FAILURES: 'continue' }
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @returns {Promise<Outcome>}
 */
function ended(child) {
  running.add(child)
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text) => {
      output += text
    })
  return new Promise((resolve) => {
    /** @type {(code: number) => void} */
    const finish = (code) => {
      running.delete(child)
      if (stopping && running.size === 0) process.exit(exitCode(null, stopping))
      resolve({ code, output })
    }
    child.once('error', (error) => {
      output += error.message
      finish(127)
    })
    child.once('close', (code, signal) => finish(exitCode(code, signal)))
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
  // A terminal sends Ctrl-C to the children as well: a second one would look like impatience.
  if (signal !== 'SIGINT' || !process.stdin.isTTY) for (const child of running) child.kill(signal)
  setTimeout(() => {
    for (const child of running) child.kill('SIGKILL')
  }, GRACE_MS).unref()
}

/**
 * @param {number | null} code
 * @param {NodeJS.Signals | null} signal
 */
function exitCode(code, signal) {
  return code ?? 128 + (signal ? constants.signals[signal] : 0)
}
