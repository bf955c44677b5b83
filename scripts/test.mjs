import { existsSync } from 'node:fs'
import { browserTests, build, chromium, hasBrowserTests, lint, promises, types, unitTests } from './checks.mjs'
import { inRoot } from './paths.mjs'
import { closingLines, emptyTally, sum } from './tally.mjs'

/**
 * @typedef {import('./tally.mjs').Tally} Tally
 * @typedef {import('./checks.mjs').Result} Result
 */

/**
 * Checks everything and ends with one line, `N passed, N failed`: unit and browser tests together, where each other
 * step that fails counts as one more failure. Arguments go to Vitest, and leave the browser tests out.
 * @param {string[]} args
 * @returns {Promise<number>} exit code
 */
export async function test(args) {
  const browser = args.length === 0 && hasBrowserTests()
  // A browser that must be installed first takes longest: that runs beside the rest.
  const installed = browser ? step('chromium', chromium) : emptyTally()
  const checked = await Promise.all(staticChecks())
  const ready = sum([await step('build', build), await installed])
  // Side by side: each waits now and then, for a browser, a program or a timer.
  const tested = await Promise.all([
    step('unit tests', () => unitTests(args)),
    ...(browser && ready.failed === 0 ? [step('browser tests', browserTests)] : []),
  ])
  const total = sum([...checked, ready, ...tested])
  for (const line of closingLines(total)) console.log(line)
  return total.failed === 0 ? 0 : 1
}

function staticChecks() {
  const projects = ['tsconfig.json', 'ui/tsconfig.json'].filter((project) => existsSync(inRoot(project)))
  const linted = [step('lint', lint), step('promises', promises)]
  return [...linted, ...projects.map((project) => step(`types ${project}`, () => types(project)))]
}

/**
 * Runs one step and prints one line for it; its output only when it failed.
 * @param {string} name
 * @param {() => Promise<Result>} run
 * @returns {Promise<Tally>}
 */
async function step(name, run) {
  const began = performance.now()
  const { tally, output } = await run().catch(failure)
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  const tests = tally.passed > 0 ? `${tally.passed} passed, ${tally.failed} failed` : ''
  const verdict = tally.failed === 0 ? 'ok' : 'failed'
  console.log(`${verdict.padEnd(7)} ${name.padEnd(23)} ${seconds.padStart(5)} s  ${tests}`.trimEnd())
  if (tally.failed > 0) console.log(`${output.trimEnd()}\n`)
  return tally
}

/**
 * @param {unknown} error
 * @returns {Result}
 */
function failure(error) {
  return {
    tally: { ...emptyTally(), failed: 1 },
    output: error instanceof Error ? error.message : String(error),
  }
}
