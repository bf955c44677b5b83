#!/usr/bin/env node
/**
 * The one entry of every npm script: `node scripts/run.mjs <start|test|build|bench|conformance|compat|jftsim> [args]`.
 * It installs and builds what is missing, so that each command works alone in a fresh clone.
 */
import { ensureInstalled } from './bootstrap.mjs'
import { endWithParent } from './process.mjs'

/**
 * Loaded on demand: what they import may not be installed yet.
 * @type {Record<string, (args: string[]) => Promise<number>>}
 */
const COMMANDS = {
  start: async (args) => (await import('./commands.mjs')).start(args),
  test: async (args) => (await import('./test.mjs')).test(args),
  build: async () => (await import('./commands.mjs')).build(),
  bench: async (args) => (await import('./commands.mjs')).bench(args),
  conformance: async (args) => (await import('./commands.mjs')).conformance(args),
  compat: async () => (await import('./compat.mjs')).compat(),
  jftsim: async (args) => (await import('./commands.mjs')).jftsim(args),
}

const [name = '', ...args] = process.argv.slice(2)
process.exitCode = await main(name, args)

/**
 * @param {string} name
 * @param {string[]} args
 */
async function main(name, args) {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) return unknownCommand(name)
  endWithParent()
  try {
    await ensureInstalled()
    return await command(args)
  } catch (error) {
    console.error(error instanceof Error ? error.message : error)
    return 1
  }
}

/** @param {string} name */
async function unknownCommand(name) {
  const { nearest } = await import('./nearest.mjs')
  const names = Object.keys(COMMANDS)
  const guess = nearest(name, names)
  const problem = name ? `Unknown command '${name}'.` : 'No command given.'
  console.error(`${problem} ${guess ? `Did you mean '${guess}'? ` : ''}Valid commands: ${names.join(', ')}.`)
  return 2
}
