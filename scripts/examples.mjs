import { spawnSync } from 'node:child_process'
import { java } from './java-examples.mjs'
import { inRoot } from './paths.mjs'
import { build, capture } from './process.mjs'
import { inTurn, QUIET, tell, verify } from './work.mjs'

const COUNT = ['--count', '6']

/** @typedef {{ name: string, found: readonly [string, string], run: () => Promise<number> }} Language `found`: the program that tells */

/** @type {readonly Language[]} */
const LANGUAGES = [
  { name: '.NET', found: ['dotnet', '--version'], run: dotnet },
  { name: 'Java', found: ['javac', '-version'], run: java },
]

/**
 * The optional job for the examples in other languages: builds them, runs their tests, and lets `jftsim verify` judge them.
 * @param {string[]} args `--if-found`: where there is no tool chain, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function examples(args) {
  await build()
  let missing = 0
  for (const { name, found, run } of LANGUAGES) {
    if (isThere(...found)) {
      const code = await run()
      if (code !== 0) return code
    } else {
      console.error(`There is no ${found[0]}: the ${name} examples were not tried.`)
      missing += 1
    }
  }
  return missing > 0 && !args.includes('--if-found') ? 1 : 0
}

/** @param {string} file @param {string} flag */
function isThere(file, flag) {
  return spawnSync(file, [flag], { stdio: 'ignore' }).status === 0
}

async function dotnet() {
  const project = (/** @type {string} */ name) => inRoot('examples', 'dotnet', name)
  const started = (/** @type {string} */ name) => ['dotnet', 'run', '--no-build', '--project', project(name)]
  return inTurn([
    () => tell('dotnet', ['test', project('Tests')]),
    () => tell('dotnet', ['build', project('Ehr'), '--verbosity', 'quiet']),
    () => verify('ehr', started('Ehr')),
    () => tell('dotnet', ['build', project('ResponseCentre'), '--verbosity', 'quiet']),
    () => verify('response-centre', [...started('ResponseCentre'), '--', ...COUNT]),
    () => library(project('HelseIdLibrary'), started('HelseIdLibrary')),
  ])
}

/**
 * NHN's own library is on nuget.org, which not every build machine reaches.
 * @param {string} folder
 * @param {string[]} program
 */
async function library(folder, program) {
  const { code, output } = await capture('dotnet', ['restore', folder], { env: QUIET })
  if (code !== 0 && /NU110[123]/.test(output)) {
    console.error('HelseID.Library cannot be had from the package sources here: the example with it was not tried.')
    return 0
  }
  return inTurn([
    () => tell('dotnet', ['build', folder, '--verbosity', 'quiet']),
    () => verify('ehr', program),
    () => verify('response-centre', [...program, '--', 'response-centre', ...COUNT]),
  ])
}
