import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { inRoot } from './paths.mjs'
import { build, passThrough, wireit } from './process.mjs'
import { sum, tallyOf } from './tally.mjs'

/** What the runners of unit and browser tests write: reports in JUnit's format, and what was skipped and why. */
const UNIT = inRoot('test-results', 'unit.xml')
const BROWSER = inRoot('test-results', 'browser.xml')
const SKIPPED = inRoot('test-results', 'skipped.txt')

/**
 * Checks everything and ends with one line, `N passed, N failed`: unit and browser tests together. Arguments go to Vitest,
 * and leave everything else out.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function test(args) {
  mkdirSync(inRoot('test-results'), { recursive: true })
  for (const file of [UNIT, BROWSER, SKIPPED]) rmSync(file, { force: true })
  const code = args.length === 0 ? await wireit('test:all') : await vitest(args)
  const { passed, failed, skipped } = sum([UNIT, BROWSER].map((file) => tallyOf(textOf(file))))
  if (skipped > 0) console.log(`${skipped} skipped${args.length === 0 ? `:\n${textOf(SKIPPED).trimEnd()}` : ''}`)
  // A step that fails without a failed test, as a linter or a runner that crashed, counts too.
  console.log(`${passed} passed, ${Math.max(failed, code === 0 ? 0 : 1)} failed`)
  return code
}

/**
 * Not by way of wireit, which gives arguments to a shell.
 * @param {string[]} args
 */
async function vitest(args) {
  await build()
  const program = inRoot('node_modules', 'vitest', 'vitest.mjs')
  return passThrough([program, 'run', '--silent=passed-only', ...args], { env: { ...process.env, REPORT: UNIT } })
}

/** @param {string} file */
function textOf(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : ''
}
