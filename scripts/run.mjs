#!/usr/bin/env node
/**
 * The one entry of every npm script: `node scripts/run.mjs <start|test|build|bench|conformance|compat|clients|bruno|examples|image|site|browsers|binaries|stryker|prepare|packing|packed|jftsim> [args]`.
 * It installs and builds what is missing, so that each command works alone in a fresh clone.
 */
import { readdirSync } from 'node:fs'
import { nearest } from '../examples/shared/nearest.mjs'
import { ensureInstalled, isInstalling } from './install.mjs'
import { CLI, inRoot } from './paths.mjs'
import { takenPort } from './port.mjs'
import { build, endWithParent, passThrough } from './process.mjs'

/**
 * What needs packages is loaded on demand: they may not be installed yet.
 * @type {Record<string, (args: string[]) => Promise<number>>}
 */
const COMMANDS = {
  start,
  test: async (args) => (await import('./test.mjs')).test(args),
  build: make,
  bench,
  conformance: (args) => source('conformance/main.ts', args),
  compat: async (args) => (await import('./compat.mjs')).compat(args),
  binaries: async (args) => (await import('./binaries.mjs')).binaries(args),
  site: async (args) => (await import('./site.mjs')).site(args),
  browsers: async (args) => (await import('./browsers.mjs')).browsers(args),
  examples: async (args) => (await import('./examples.mjs')).examples(args),
  image: async (args) => (await import('./image.mjs')).image(args),
  clients: async (args) => (await import('./clients.mjs')).clients(args),
  stryker: async (args) => (await import('./stryker.mjs')).stryker(args),
  bruno: async (args) => (await import('./bruno.mjs')).bruno(args),
  // npm's "prepare": what a git dependency is built by. It is also run by our own install, which must not wait for itself.
  prepare: make,
  packing: async () => done((await import('./packing.mjs')).leavePrepareOut),
  packed: async () => done((await import('./packing.mjs')).keepPrepare),
  jftsim: (args) => jftsim(args, { cwd: process.env.INIT_CWD ?? process.cwd() }),
}

const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await main(name, args)

/**
 * @param {string} name
 * @param {string[]} args
 */
async function main(name, args) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) return unknown('command', name, Object.keys(COMMANDS))
  endWithParent()
  try {
    if (name === 'prepare' && !isPackaging()) return 0
    const taken = name === 'start' ? await takenPort(args) : undefined
    if (taken !== undefined) return refuse(taken)
    await ensureInstalled()
    return await command(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

/**
 * @param {string} kind
 * @param {string} name
 * @param {string[]} names
 */
function unknown(kind, name, names) {
  const guess = nearest(name, names)
  const problem = name ? `Unknown ${kind} '${name}'.` : `No ${kind} given.`
  console.error(`${problem} ${guess ? `Did you mean '${guess}'? ` : ''}Valid: ${names.join(', ')}.`)
  return 2
}

async function make() {
  await build()
  return 0
}

/** @param {() => void} work */
function done(work) {
  work()
  return 0
}

/** @param {string} problem */
function refuse(problem) {
  console.error(problem)
  return 2
}

/** Whether npm makes a package of this folder now; its install of a git dependency says so by a variable of its own. */
function isPackaging() {
  const command = process.env.npm_command ?? ''
  return !isInstalling() && (['pack', 'publish'].includes(command) || '_PACOTE_NO_PREPARE_' in process.env)
}

/** @param {string[]} args */
function start(args) {
  // "npm start --port 7358": npm keeps the name for itself, and hands on the number alone.
  if (process.env.npm_config_port !== undefined)
    return Promise.resolve(refuse(`npm took --port for itself. Write: npm start -- --port ${args.at(-1) ?? 7358}`))
  return jftsim(['start', ...args])
}

/**
 * Runs the command line program with these arguments and gives its exit code.
 * @param {string[]} args
 * @param {{ cwd?: string }} [options] files are named from where the user is, to whom npm's own change of folder is no matter
 */
async function jftsim(args, options) {
  await build()
  return passThrough([CLI, ...args], options)
}

/**
 * Runs the benchmarks named, or all of them, one after the other; stops at the first that fails. Each `bench/*.ts` is
 * one benchmark; what they share sits in folders below.
 * @param {string[]} names
 */
async function bench(names) {
  const files = readdirSync(inRoot('bench')).filter((file) => file.endsWith('.ts'))
  const all = files.map((file) => file.slice(0, -'.ts'.length)).sort()
  const wrong = names.find((name) => !all.includes(name))
  if (wrong !== undefined) return unknown('benchmark', wrong, all)
  for (const name of names.length > 0 ? names : all) {
    const code = await source(`bench/${name}.ts`, [])
    if (code !== 0) return code
  }
  return 0
}

/**
 * Runs a program that is not built.
 * @param {string} file
 * @param {string[]} args
 */
function source(file, args) {
  return passThrough(['--import', import.meta.resolve('tsx'), inRoot(file), ...args])
}
