import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot } from './paths.mjs'
import { npm } from './process.mjs'

const POLL_MS = 100
/** Set for what npm runs while it installs for us. */
const INSTALLING = 'JFT_SIMULATOR_INSTALLING'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean }} Package
 * @typedef {Record<string, Package>} Packages by path below the root
 */

/**
 * Installs the locked dependencies unless they are there. Throws an Error whose message holds npm's own output when that
 * fails.
 */
export async function ensureInstalled() {
  requireNode()
  if (isInstalled()) return
  await withLock(inRoot('.install.lock'), async () => {
    if (isInstalled()) return
    console.error('Installing dependencies (npm ci), once: half a minute to a minute ...')
    // Optional too: the native binaries of the tools come as optional packages.
    const { code, output } = await npm(['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund'], {
      env: { ...process.env, [INSTALLING]: '1' },
    })
    if (code !== 0) throw new Error(`${output.trimEnd()}\n\nnpm ci failed (exit code ${code}).`)
  })
}

/** Whether this process is part of an install that another of our scripts is waiting for. */
export function isInstalling() {
  return process.env[INSTALLING] !== undefined
}

/** Says which Node is needed before something fails in a stranger way. */
function requireNode() {
  const { engines } = readJson('package.json')
  const needed = String(engines.node).replace(/[^0-9.]/g, '')
  const compared = process.versions.node.localeCompare(needed, 'en', { numeric: true })
  if (compared < 0) throw new Error(`Node ${needed} or newer is needed; this is Node ${process.versions.node}.`)
}

/** The lock file in node_modules is written by npm when an install has come to its end. */
function isInstalled() {
  const done = 'node_modules/.package-lock.json'
  return existsSync(inRoot(done)) && matchesLock(readJson(done).packages, readJson('package-lock.json').packages)
}

/**
 * Whether what is installed is what is locked, but for optional packages, which may be those of other platforms.
 * @param {Packages} installed
 * @param {Packages} locked with the project itself under ''
 */
export function matchesLock(installed, { '': _project, ...locked }) {
  const same = (/** @type {Package | undefined} */ found, /** @type {Package} */ entry) =>
    found ? found.version === entry.version && found.integrity === entry.integrity : entry.optional === true
  const nothingElse = Object.keys(installed).every((path) => path in locked)
  return nothingElse && Object.entries(locked).every(([path, entry]) => same(installed[path], entry))
}

/**
 * Runs work while no other process holds the lock: a folder with one empty file, named by the holder's pid. A lock whose
 * holder has died is taken over.
 * @template T
 * @param {string} folder
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(folder, work) {
  while (!claim(folder)) await sleep(POLL_MS)
  const release = () => rmSync(folder, { recursive: true, force: true })
  process.once('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @param {string} folder */
function claim(folder) {
  try {
    mkdirSync(folder)
    writeFileSync(join(folder, String(process.pid)), '')
    return true
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error
    removeStale(folder)
    return false
  }
}

/**
 * Only the dead holder's own file is removed, and only an empty folder: whoever has taken the lock over keeps it.
 * @param {string} folder
 */
function removeStale(folder) {
  try {
    for (const pid of readdirSync(folder).filter((pid) => !isAlive(Number(pid)))) {
      unlinkSync(join(folder, pid))
      rmdirSync(folder)
    }
  } catch {
    // Somebody else was quicker.
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(inRoot(path), 'utf8'))
}
