import { existsSync, realpathSync } from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'

/** How npm reaches its registry: the only settings of an outer npm that a nested one should inherit. */
const INHERITED = new Set([
  'registry',
  'cache',
  'userconfig',
  'globalconfig',
  'ca',
  'cafile',
  'proxy',
  'https_proxy',
  'http_proxy',
  'noproxy',
  'strict_ssl',
])

/**
 * The environment for a nested npm. `npm test --foo --omit=dev` reaches its script as npm_config_foo and
 * npm_config_omit, and would silently steer the install too.
 * @param {NodeJS.ProcessEnv} env
 * @returns {NodeJS.ProcessEnv}
 */
export function npmEnvironment(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => isForNestedNpm(name)))
}

/** @param {string} name */
function isForNestedNpm(name) {
  const lower = name.toLowerCase()
  if (lower === 'init_cwd') return false
  if (!lower.startsWith('npm_')) return true
  const setting = /^npm_config_(.*)$/.exec(lower)?.[1]?.replaceAll('-', '_') ?? ''
  return INHERITED.has(setting) || /^(\/\/|@)/.test(setting)
}

/**
 * The path of npm's own JavaScript, to be run with this Node: no shell, no PATH look-up, no npm.cmd.
 * @param {NodeJS.ProcessEnv} [env]
 */
export function findNpm(env = process.env) {
  const found = candidates(env).find((path) => existsSync(path) && basename(realpathSync(path)) === 'npm-cli.js')
  if (found) return realpathSync(found)
  throw new Error('npm was not found: run the command through npm, or install the npm that belongs to this Node.')
}

/** @param {NodeJS.ProcessEnv} env */
function candidates(env) {
  const bin = dirname(process.execPath)
  const onPath = (env.PATH ?? '').split(delimiter).filter(Boolean)
  return [
    // Set by npm for its scripts. Other package managers set it too, to themselves.
    ...(env.npm_execpath ? [env.npm_execpath] : []),
    join(bin, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(bin, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    ...onPath.map((folder) => join(folder, 'npm')),
  ]
}
