import { mkdirSync, readdirSync, rmdirSync, rmSync, statSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { inRoot } from './paths.mjs'

const POLL_MS = 100
const SAY_SO_MS = 1_000
const GIVE_UP_MS = 10 * 60_000
/** A holder writes its pid file right after mkdir: an empty folder that is older than this has lost its holder. */
const EMPTY_MS = 5_000

/**
 * Runs work while no other process of this repository holds the lock, so that two commands started at once install
 * and build one after the other. A lock whose holder has died is taken over.
 * @template T
 * @param {() => Promise<T>} work
 * @param {string} [folder] the lock: a folder with one empty file named by the holder's pid
 * @returns {Promise<T>}
 */
export async function withLock(work, folder = inRoot('.bootstrap.lock')) {
  await acquire(folder)
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
async function acquire(folder) {
  const began = Date.now()
  let said = false
  while (!tryAcquire(folder)) {
    removeStale(folder)
    const waited = Date.now() - began
    if (waited > GIVE_UP_MS) throw new Error(`${folder} is still held. If nothing is running, delete that folder.`)
    if (waited > SAY_SO_MS && !said) {
      console.error(`waiting for another install or build (pid ${holders(folder).join()}) ...`)
      said = true
    }
    await sleep(POLL_MS)
  }
}

/** @param {string} folder */
function tryAcquire(folder) {
  try {
    mkdirSync(folder)
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw error
  }
  writeFileSync(join(folder, String(process.pid)), '')
  return true
}

/**
 * Only the dead holder's own file is unlinked, and only an empty folder removed: whoever has taken the lock over in
 * the meantime keeps it.
 * @param {string} folder
 */
function removeStale(folder) {
  try {
    const pids = holders(folder)
    const dead = pids.filter((pid) => !isAlive(Number(pid)))
    for (const pid of dead) unlinkSync(join(folder, pid))
    const abandoned = pids.length === 0 && Date.now() - statSync(folder).mtimeMs > EMPTY_MS
    if (dead.length > 0 || abandoned) rmdirSync(folder)
  } catch (error) {
    if (!['ENOENT', 'ENOTEMPTY', 'EEXIST'].includes(codeOf(error))) throw error
  }
}

/** @param {string} folder */
function holders(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return codeOf(error) === 'EPERM'
  }
}

/**
 * @param {unknown} error
 * @returns {string}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : ''
}
