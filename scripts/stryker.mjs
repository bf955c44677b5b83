import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { inRoot } from './paths.mjs'
import { capture, npm } from './process.mjs'
import { describe, keyOf, tally } from './stryker/tally.mjs'
import { unnoticedByUnits } from './stryker/unit.mjs'

/** Node 20 has it; 10 needs a newer one. */
const STRYKER = '@stryker-mutator/core@9.6.1'

/** What it is made of and leaves behind; git does not see it. */
const FOLDER = '.jftsim/stryker'
const REPORT = join(FOLDER, 'report.json')

/** Code that judges and answers. The catalogue is words, which tests of their own read. */
const MUTATED = [
  ...['services', 'surfaces', 'rules'].map((folder) => `simulator/${folder}/**/*.ts`),
  '!**/*.test.ts',
  '!**/*.fixture.ts',
  '!**/*.generated.ts',
  '!simulator/rules/catalogue/**',
]

/** What the packs and the simulator do not read. */
const LEFT_OUT = ['dist', 'ui', 'e2e', 'bench', 'docs', 'examples', 'test-results', '.wireit']

/**
 * The optional job for mutations of code: Stryker changes the simulator in one place at a time, and the scenarios of all packs
 * are its tests. A sample of the 25,000 mutants is tried: `--one-in 150`, `--seed 1`. `--only PATTERN`: of these files alone.
 * `--least 40`: the packs must catch so many of a hundred. `--unit 30`: up to so many of those that they do not catch are tried with the
 * unit tests beside the code.
 * @param {string[]} args
 * @returns {Promise<number>} 1 when they catch less
 */
export async function stryker(args) {
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string', default: '1' },
      'one-in': { type: 'string', default: '150' },
      only: { type: 'string', multiple: true, default: [] },
      least: { type: 'string', default: '0' },
      unit: { type: 'string', default: '0' },
      'if-found': { type: 'boolean', default: false },
    },
  })
  const sample = { seed: values.seed, oneIn: Number(values['one-in']) }
  const program = await installed()
  if (program === undefined) return values['if-found'] ? 0 : 1
  const config = inRoot(FOLDER, 'stryker.config.json')
  const only = values.only.length === 0 ? MUTATED : [...values.only, ...MUTATED.filter((one) => one.startsWith('!'))]
  writeFileSync(config, JSON.stringify(configOf(sample, only)))
  const { code, output } = await capture(process.execPath, [program, 'run', config])
  if (code !== 0) return failed(output)
  const report = JSON.parse(readFileSync(inRoot(REPORT), 'utf8'))
  const reasons = JSON.parse(readFileSync(inRoot('scripts/stryker/survivors.json'), 'utf8'))
  const result = tally(report, sample, reasons)
  console.log(describe(result))
  if (Number(values.unit) > 0) console.log(await unitLine(result, Number(values.unit)))
  return (100 * result.caught) / Math.max(1, result.tried) >= Number(values.least) ? 0 : 1
}

/**
 * @param {{ seed: string, oneIn: number }} sample
 * @param {readonly string[]} mutate
 */
function configOf(sample, mutate) {
  return {
    sample,
    mutate,
    testRunner: 'packs',
    checkers: ['sample'],
    plugins: [inRoot('scripts/stryker/plugins.mjs')],
    testRunnerNodeArgs: ['--import', 'tsx'],
    coverageAnalysis: 'perTest',
    concurrency: 1,
    // It would read TypeScript's configuration by an interface that TypeScript 7 has not any more.
    tsconfigFile: 'none',
    tempDirName: join(FOLDER, 'sandbox'),
    cleanTempDir: 'always',
    ignorePatterns: LEFT_OUT,
    reporters: ['json'],
    jsonReporter: { fileName: REPORT },
    // Code that runs once, when it is loaded, would need a process of its own for each of its mutants.
    ignoreStatic: true,
    timeoutMS: 20_000,
    dryRunTimeoutMinutes: 20,
    warnings: { unknownOptions: false },
  }
}

/**
 * What the unit tests say of some of the mutants that the packs left.
 * @param {import('./stryker/tally.mjs').Tally} result
 * @param {number} most
 */
async function unitLine({ tried, unexplained }, most) {
  // The list is in the order of the files: a part of it all over.
  const step = Math.ceil(unexplained.length / most)
  const some = unexplained.filter((_, index) => index % step === 0)
  const left = await unnoticedByUnits(some, inRoot(FOLDER, 'unit'))
  const share = some.length === 0 ? 0 : left.length / some.length
  const together = 100 - (100 * unexplained.length * share) / Math.max(1, tried)
  const lines = left.map((one) => `by neither ${one.line}:${one.column} ${keyOf(one)}`)
  const sum = `Of ${some.length} without a reason unit tests caught ${some.length - left.length}: about ${together.toFixed(1)} % together, reasons included.`
  return [...lines, sum].join('\n')
}

/** Its program, installed beside the project where it is not yet; undefined where it cannot be had. */
async function installed() {
  const folder = inRoot(FOLDER)
  const program = join(folder, 'node_modules/@stryker-mutator/core/bin/stryker.js')
  if (existsSync(program)) return program
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const { code, output } = await npm(['install', '--no-audit', '--no-fund', '--save-exact', STRYKER], { cwd: folder })
  if (code === 0) return program
  failed(`${STRYKER} cannot be had: nothing was tried.\n${output}`)
  return undefined
}

/** @param {string} output */
function failed(output) {
  console.error(output)
  return 1
}
