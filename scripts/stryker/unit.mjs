import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inRoot, ROOT } from '../paths.mjs'
import { capture } from '../process.mjs'

/*
 * What the packs did not notice, tried with the unit tests that lie beside the code.
 */

/** @typedef {import('./tally.mjs').Survivor} Survivor */

/** What no unit test of the simulator reads. */
const LEFT_OUT = ['node_modules', '.git', '.jftsim', '.wireit', 'test-results']

/**
 * Which of the survivors a unit test in the folder of their file notices. Each is made in a copy of the project.
 * @param {readonly Survivor[]} survivors
 * @param {string} folder for the copy
 * @returns {Promise<readonly Survivor[]>} those that none notices
 */
export async function unnoticedByUnits(survivors, folder) {
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  for (const name of readdirSync(ROOT)) {
    if (!LEFT_OUT.includes(name)) cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  }
  symlinkSync(inRoot('node_modules'), join(folder, 'node_modules'), 'dir')
  const left = []
  const sound = new Set()
  for (const survivor of survivors) {
    const beside = `${dirname(survivor.file)}/`
    if (!sound.has(beside) && !(await passes(beside, folder))) throw new Error(`The tests of ${beside} fail as it is.`)
    sound.add(beside)
    if (await passesMutated(survivor, beside, folder)) left.push(survivor)
  }
  rmSync(folder, { recursive: true, force: true })
  return left
}

/** @param {Survivor} survivor @param {string} beside @param {string} folder */
async function passesMutated(survivor, beside, folder) {
  const file = join(folder, survivor.file)
  const source = readFileSync(file, 'utf8')
  writeFileSync(file, mutated(source, survivor))
  const stillPasses = await passes(beside, folder)
  writeFileSync(file, source)
  return stillPasses
}

/** @param {string} beside a folder whose tests are run @param {string} folder of the copy */
async function passes(beside, folder) {
  const vitest = join('node_modules', 'vitest', 'vitest.mjs')
  const args = ['run', '--project', 'unit', '--bail', '1', '--passWithNoTests', beside]
  const { code } = await capture(process.execPath, [vitest, ...args], { cwd: folder })
  return code === 0
}

/**
 * The source with the change made.
 * @param {string} source
 * @param {Pick<Survivor, 'line' | 'column' | 'before' | 'after'>} survivor line and column from 1
 */
export function mutated(source, { line, column, before, after }) {
  const lines = source.split('\n')
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0) + column - 1
  if (!source.startsWith(before, start)) throw new Error(`${before} is not at ${line}:${column}.`)
  return source.slice(0, start) + after + source.slice(start + before.length)
}
