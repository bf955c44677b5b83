import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fingerprint } from './fingerprint.mjs'
import { isInstalled } from './installed.mjs'
import { withLock } from './lock.mjs'
import { findNpm, npmEnvironment } from './npm.mjs'
import { inRoot } from './paths.mjs'
import { capture } from './process.mjs'

// `npm ci` deletes node_modules first, and the stamp with it: an install that was interrupted is never taken as done.
const STAMP = inRoot('node_modules', '.bootstrap-stamp')

/**
 * Installs the locked dependencies unless they are installed already for this package-lock.json and this Node.
 * Throws an Error whose message holds npm's own output when that fails.
 */
export async function ensureInstalled() {
  requireNode()
  const wanted = fingerprint(
    ['package.json', 'package-lock.json'],
    [process.versions.modules, process.platform, process.arch],
  )
  if (isStamped(wanted)) return
  await withLock(async () => {
    if (isStamped(wanted)) return
    if (!isInstalled()) await install()
    writeFileSync(STAMP, wanted)
  })
}

/** @param {string} wanted */
function isStamped(wanted) {
  return existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted
}

async function install() {
  console.error('installing dependencies (npm ci) ...')
  // Optional too: the native binaries of the tools come as optional packages.
  const args = [findNpm(), 'ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund']
  const { code, output } = await capture(process.execPath, args, npmEnvironment(process.env))
  if (code !== 0) throw new Error(`${output.trimEnd()}\n\nnpm ci failed (exit code ${code}).`)
}

/** Says which Node is needed before something fails in a stranger way. */
function requireNode() {
  const { engines } = JSON.parse(readFileSync(inRoot('package.json'), 'utf8'))
  const needed = String(engines.node).replace(/[^0-9.]/g, '')
  const compared = process.versions.node.localeCompare(needed, 'en', { numeric: true })
  if (compared < 0) throw new Error(`Node ${needed} or newer is needed; this is Node ${process.versions.node}.`)
}
