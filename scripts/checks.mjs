import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureBuilt } from './build.mjs'
import { inRoot } from './paths.mjs'
import { capture } from './process.mjs'
import { emptyTally } from './tally.mjs'
import { tallyPlaywright } from './tally-playwright.mjs'

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {import('./process.mjs').Outcome} Outcome
 * @typedef {{ tally: Tally, output: string }} Result the output is for the reader of a failure
 */

const BIOME = inRoot('node_modules', '@biomejs', 'biome', 'bin', 'biome')
const OXLINT = inRoot('node_modules', 'oxlint', 'bin', 'oxlint')
const TSC = inRoot('node_modules', 'typescript', 'bin', 'tsc')
const VITEST = inRoot('node_modules', 'vitest', 'vitest.mjs')
const PLAYWRIGHT = inRoot('node_modules', '@playwright', 'test', 'cli.js')

/** Format and lint, nothing rewritten. */
export async function lint() {
  return ofExit(await capture(process.execPath, [BIOME, 'ci', '--colors=off', '.']))
}

/** Promises that nobody awaits: to find them all takes the types, which the linter above does not have. */
export async function promises() {
  return ofExit(await capture(process.execPath, [OXLINT, '--type-aware', '--format=unix']))
}

/** @param {string} project a tsconfig file */
export async function types(project) {
  return ofExit(await capture(process.execPath, [TSC, '-p', project]))
}

export async function build() {
  await ensureBuilt()
  return ofExit({ code: 0, output: '' })
}

/**
 * Vitest, with these arguments.
 * @param {readonly string[]} args
 */
export async function unitTests(args) {
  const report = temporaryFile()
  const env = { ...process.env, TALLY_FILE: report }
  const outcome = await capture(process.execPath, [VITEST, 'run', '--silent=passed-only', ...args], env)
  return ofTally(outcome, readJson(report))
}

export function hasBrowserTests() {
  return existsSync(inRoot('e2e')) && readdirSync(inRoot('e2e')).some((file) => file.endsWith('.spec.ts'))
}

/** Finds or installs the browser. Throws an Error when there is none. */
export async function chromium() {
  const { ensureChromium } = await import('./chromium.mjs')
  await ensureChromium()
  return ofExit({ code: 0, output: '' })
}

/** Playwright: it starts the simulator as built, and drives the dashboard in a real browser. */
export async function browserTests() {
  const report = temporaryFile()
  const env = { ...process.env, PLAYWRIGHT_JSON_OUTPUT_FILE: report }
  const args = [PLAYWRIGHT, 'test', '--config', 'e2e/playwright.config.ts', '--reporter', 'dot,json']
  const outcome = await capture(process.execPath, args, env)
  const json = readJson(report)
  return ofTally(outcome, json && tallyPlaywright(json))
}

/**
 * @param {Outcome} outcome
 * @returns {Result}
 */
function ofExit({ code, output }) {
  return { tally: { ...emptyTally(), failed: code === 0 ? 0 : 1 }, output }
}

/**
 * A runner that fails without a failed test (nothing matched, or it crashed) still counts as one failure.
 * @param {Outcome} outcome
 * @param {Tally | undefined} tally undefined when the runner wrote no report
 * @returns {Result}
 */
function ofTally({ code, output }, tally) {
  if (!tally) return ofExit({ code: code || 1, output: `${output.trimEnd()}\n\nThe test runner wrote no report.` })
  const failed = code === 0 ? tally.failed : Math.max(tally.failed, 1)
  return { tally: { ...tally, failed }, output }
}

/** A path for a test runner's report, removed with its folder when this process ends, interrupted or not. */
function temporaryFile() {
  const folder = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  return join(folder, 'report.json')
}

/** @param {string} file */
function readJson(file) {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined
}
