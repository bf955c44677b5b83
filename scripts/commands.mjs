import { existsSync, readdirSync } from 'node:fs'
import { CLI, ensureBuilt } from './build.mjs'
import { nearest } from './nearest.mjs'
import { inRoot } from './paths.mjs'
import { passThrough } from './process.mjs'

/** Builds what has changed, and says what that was. */
export async function build() {
  const built = await ensureBuilt()
  console.log(built.length > 0 ? `built: ${built.join(', ')}` : 'dist is up to date')
  return 0
}

/**
 * Starts the simulator's server.
 * @param {string[]} args
 */
export function start(args) {
  return jftsim(['start', ...args])
}

/**
 * Runs the command line program with these arguments and gives its exit code.
 * @param {string[]} args
 */
export async function jftsim(args) {
  await ensureBuilt()
  return passThrough([CLI, ...args])
}

/**
 * Runs the benchmarks named, or all of them, one after the other; stops at the first that fails. Each `bench/*.ts` is
 * one benchmark; what they share sits in folders below.
 * @param {string[]} names
 */
export async function bench(names) {
  const all = benchmarks()
  const unknown = names.find((name) => !all.includes(name))
  if (unknown !== undefined) return unknownBenchmark(unknown, all)
  for (const name of names.length > 0 ? names : all) {
    const code = await passThrough(['--import', import.meta.resolve('tsx'), inRoot('bench', `${name}.ts`)])
    if (code !== 0) return code
  }
  return 0
}

/**
 * Compares the validators with the real library, where the .NET SDK is installed.
 * @param {string[]} args
 */
export function conformance(args) {
  return passThrough(['--import', import.meta.resolve('tsx'), inRoot('conformance', 'main.ts'), ...args])
}

function benchmarks() {
  const files = existsSync(inRoot('bench')) ? readdirSync(inRoot('bench')).sort() : []
  return files.filter((file) => file.endsWith('.ts')).map((file) => file.slice(0, -'.ts'.length))
}

/**
 * @param {string} name
 * @param {string[]} all
 */
function unknownBenchmark(name, all) {
  const guess = nearest(name, all)
  console.error(`Unknown benchmark '${name}'. ${guess ? `Did you mean '${guess}'? ` : ''}Valid: ${all.join(', ')}.`)
  return 2
}
