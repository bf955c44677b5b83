/**
 * What the single executable begins with. It holds the package as it would be installed: at the first start that is written
 * into the user's cache folder, and run from there. This file knows nothing but Node.
 */
const { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } = require('node:fs')
const { createRequire } = require('node:module')
const { homedir } = require('node:os')
const { dirname, join } = require('node:path')
const { getAsset } = require('node:sea')
const { deserialize } = require('node:v8')
const { gunzipSync } = require('node:zlib')

const folder = join(cacheFolder(), 'jftsim', getAsset('id', 'utf8'))
if (!existsSync(folder)) unpack()

// A command that starts another names the file that it wants to run, as for Node.
const main = join(folder, 'node_modules', 'jft-simulator', 'dist', 'cli', 'main.js')
if (process.argv[2] === main) process.argv.splice(2, 1)
// Code in an executable cannot import what is outside of it; what it requires can.
createRequire(join(folder, 'begin.cjs'))('./begin.cjs')

function cacheFolder() {
  if (process.platform === 'win32') return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local')
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches')
  return process.env.XDG_CACHE_HOME || join(homedir(), '.cache')
}

/** Whole or not at all, also where two start at once. */
function unpack() {
  const making = `${folder}.${process.pid}`
  const files = deserialize(gunzipSync(new Uint8Array(getAsset('package'))))
  for (const [name, content] of files) {
    mkdirSync(join(making, dirname(name)), { recursive: true, mode: 0o700 })
    writeFileSync(join(making, name), content)
  }
  try {
    renameSync(making, folder)
  } catch (error) {
    rmSync(making, { recursive: true, force: true })
    if (!existsSync(folder)) throw error
  }
}
