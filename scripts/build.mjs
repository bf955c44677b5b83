import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { extname, relative } from 'node:path'
import { fingerprint } from './fingerprint.mjs'
import { withLock } from './lock.mjs'
import { inRoot } from './paths.mjs'
import { capture } from './process.mjs'

/** The command line program, as built. */
export const CLI = inRoot('dist', 'cli', 'main.js')

const SOURCES = ['cli', 'simulator', 'scenarios', 'fixtures']
/** The part of `conformance` that the command line uses is compiled too. */
const COMPILED = [...SOURCES, 'conformance']
/** Read at run time from beside the code, so they travel with it. */
const DATA = new Set(['.json', '.yaml', '.yml'])

/**
 * One thing to build: when the fingerprint of its inputs changes, `make` fills a fresh folder whose entries named in
 * `outputs` then replace those in dist.
 * @typedef {object} Part
 * @property {string} name
 * @property {readonly string[]} inputs
 * @property {readonly string[]} outputs
 * @property {(folder: string) => Promise<import('./process.mjs').Outcome>} make
 */

/** @type {Part} */
const SIMULATOR = {
  name: 'simulator',
  inputs: [...COMPILED, 'tsconfig.json', 'tsconfig.build.json', 'package-lock.json', 'scripts/build.mjs'],
  outputs: COMPILED,
  make: compile,
}

/** @type {Part} */
const DASHBOARD = {
  name: 'dashboard',
  // The page runs scenarios itself: their code and packs are a part of it.
  inputs: [
    'ui',
    'scenarios',
    'fixtures',
    'simulator/ground',
    'vite.config.ts',
    'package-lock.json',
    'scripts/build.mjs',
  ],
  outputs: ['ui'],
  make: (folder) => bundle('vite.config.ts', `${folder}/ui`),
}

/**
 * The dashboard with the simulator in it, as static files.
 * @type {Part}
 */
const DEMO = {
  name: 'demo',
  inputs: ['ui', ...SOURCES, 'vite.config.ts', 'vite.demo.config.ts', 'package-lock.json', 'scripts/build.mjs'],
  outputs: ['demo'],
  make: (folder) => bundle('vite.demo.config.ts', `${folder}/demo`),
}

/**
 * Brings dist up to date: compiles the simulator and bundles both pages, each only when its inputs have changed.
 * Throws an Error whose message holds the compiler's output when that fails; dist then keeps its last good state.
 * @returns {Promise<string[]>} the names of the parts that were built
 */
export async function ensureBuilt() {
  if (staleParts().length === 0) return []
  return withLock(async () => {
    const parts = staleParts()
    const problems = (await Promise.all(parts.map(buildPart))).filter((problem) => problem !== '')
    if (problems.length > 0) throw new Error(problems.join('\n\n'))
    return parts.map((part) => part.name)
  })
}

function staleParts() {
  const parts = existsSync(inRoot('ui', 'index.html')) ? [SIMULATOR, DASHBOARD, DEMO] : [SIMULATOR]
  return parts.filter((part) => !isFresh(part))
}

/** @param {Part} part */
function isFresh(part) {
  const stamp = stampOf(part)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(part.inputs)
}

/** @param {Part} part */
function stampOf(part) {
  return inRoot('dist', `.${part.name}-stamp`)
}

/**
 * @param {Part} part
 * @returns {Promise<string>} the compiler's output when it failed, or nothing
 */
async function buildPart(part) {
  // Taken first: a source that is edited while the compiler runs makes the next run build again.
  const stamp = fingerprint(part.inputs)
  const folder = inRoot('dist', `.${part.name}-next`)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  try {
    const { code, output } = await part.make(folder)
    if (code !== 0) return output.trimEnd() || `The build of the ${part.name} failed (exit code ${code}).`
    rmSync(stampOf(part), { force: true })
    replaceOutputs(part, folder)
    writeFileSync(stampOf(part), stamp)
    return ''
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * Whole folders are swapped, so that what a removed source once left behind goes too.
 * @param {Part} part
 * @param {string} folder
 */
function replaceOutputs(part, folder) {
  for (const name of part.outputs) {
    const target = inRoot('dist', name)
    if (existsSync(target)) renameSync(target, `${folder}/old-${name}`)
    if (existsSync(`${folder}/${name}`)) renameSync(`${folder}/${name}`, target)
  }
}

/** @param {string} folder */
async function compile(folder) {
  const tsc = inRoot('node_modules', 'typescript', 'bin', 'tsc')
  const outcome = await capture(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', folder])
  if (outcome.code !== 0) return outcome
  for (const source of SOURCES) copyData(source, `${folder}/${source}`)
  const bundled = await bundle('vite.fhirpath.config.ts', `${folder}/scenarios/runner`)
  if (bundled.code !== 0) return bundled
  const cli = `${folder}/${relative(inRoot('dist'), CLI)}`
  if (existsSync(cli)) chmodSync(cli, 0o755)
  return outcome
}

/**
 * @param {string} source
 * @param {string} target
 */
function copyData(source, target) {
  cpSync(inRoot(source), target, {
    recursive: true,
    filter: (path) => extname(path) === '' || DATA.has(extname(path)),
  })
}

/**
 * @param {string} config file in the root
 * @param {string} folder
 */
function bundle(config, folder) {
  const vite = inRoot('node_modules', 'vite', 'bin', 'vite.js')
  const args = [vite, 'build', '--config', config, '--outDir', folder, '--logLevel', 'warn']
  // A test that builds has another one, which would put React's own tests into the page.
  return capture(process.execPath, args, { ...process.env, NODE_ENV: 'production' })
}
