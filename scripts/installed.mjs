import { existsSync, readFileSync } from 'node:fs'
import { inRoot } from './paths.mjs'

/**
 * @typedef {{ version?: string, integrity?: string, optional?: boolean, os?: string[], cpu?: string[] }} Package
 * @typedef {Partial<Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Record<string, string>>>} Wishes
 */

/**
 * Whether node_modules already holds exactly what package-lock.json asks for on this platform, as after a hand-run
 * `npm ci`. It reads the lock file that npm leaves in node_modules when an install has finished.
 */
export function isInstalled() {
  if (!existsSync(inRoot('node_modules', '.package-lock.json'))) return false
  /** @type {{ packages: Record<string, Package> }} */
  const { packages: installed } = readJson('node_modules/.package-lock.json')
  const { '': root, ...locked } = readJson('package-lock.json').packages
  return sameWishes(readJson('package.json'), root) && matchesLock(installed, locked) && fitsPlatform(installed)
}

/**
 * @param {Record<string, Package>} installed
 * @param {Record<string, Package>} locked
 */
export function matchesLock(installed, locked) {
  const nothingElse = Object.keys(installed).every((path) => path in locked)
  return nothingElse && Object.entries(locked).every(([path, entry]) => isSame(installed[path], entry))
}

/**
 * @param {Package | undefined} found
 * @param {Package} entry
 */
function isSame(found, entry) {
  if (!found) return entry.optional === true
  return found.version === entry.version && found.integrity === entry.integrity
}

/**
 * A node_modules folder copied from another platform has that platform's native packages.
 * @param {Record<string, Package>} installed
 */
function fitsPlatform(installed) {
  return Object.values(installed).every(
    ({ os, cpu }) => (os?.includes(process.platform) ?? true) && (cpu?.includes(process.arch) ?? true),
  )
}

/**
 * @param {Wishes} a
 * @param {Wishes} b
 */
function sameWishes(a, b) {
  return sortedWishes(a) === sortedWishes(b)
}

/** @param {Wishes} wishes */
function sortedWishes({ dependencies = {}, devDependencies = {}, optionalDependencies = {} }) {
  return JSON.stringify(
    [dependencies, devDependencies, optionalDependencies].map((part) => Object.entries(part).sort()),
  )
}

/** @param {string} path */
function readJson(path) {
  return JSON.parse(readFileSync(inRoot(path), 'utf8'))
}
