import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { build, capture, npm } from './process.mjs'
import { withSimulator } from './simulator.mjs'
import { QUIET } from './work.mjs'

const TYPESCRIPT = 'openapi-typescript@7.13.0'
const NSWAG = ['NSwag.ConsoleCore', '14.8.0']

/** The descriptions, by the names that the clients get: for generators of today, and for those that know 3.0 only. */
const DESCRIPTIONS = {
  Control: ['/_sim/openapi.json', '/_sim/openapi-3.0.json'],
  Write: ['/write/swagger/v1/swagger.json', '/write/openapi-3.0.json'],
  Read: ['/read/swagger/v1/swagger.json', '/read/openapi-3.0.json'],
  Pit: ['/pit/swagger/v1/swagger.json', '/pit/openapi-3.0.json'],
}
const NAMES = Object.keys(DESCRIPTIONS)

/** Uses a type of each description, so that an empty one would not compile. */
const CALLER = `
import type { paths as Control } from './Control'
import type { components as Write30 } from './Write30'
import type { operations as Read } from './Read'
import type { paths as Pit } from './Pit'
export type Registration = NonNullable<Control['/clients']['post']['requestBody']>
export const status: Write30['schemas']['Composition']['status'] = 'final'
export type Search = Read[keyof Read]
export type Patients = Pit['/v1/Patient']
`

/**
 * The optional job for generated clients: NSwag (C#) and openapi-typescript make one of each OpenAPI document, and a compiler
 * takes them.
 * @param {string[]} args `--if-found`: where a generator cannot be had, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function clients(args) {
  await build()
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-clients-'))
  try {
    await fetchAll(folder)
    const codes = [await typescript(folder), await csharp(folder)]
    const missing = codes.includes(undefined) && !args.includes('--if-found') ? 1 : 0
    return codes.find((code) => code !== undefined && code !== 0) ?? missing
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} folder */
function fetchAll(folder) {
  return withSimulator(async (base) => {
    for (const [name, [newer, older]] of Object.entries(DESCRIPTIONS)) {
      writeFileSync(join(folder, `${name}.json`), await (await fetch(base + newer)).text())
      writeFileSync(join(folder, `${name}30.json`), await (await fetch(base + older)).text())
    }
  })
}

/**
 * @param {string} folder
 * @returns {Promise<number | undefined>} undefined where the generator cannot be had
 */
async function typescript(folder) {
  writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
  const installed = await npm(['install', '--no-audit', '--no-fund', TYPESCRIPT], { cwd: folder })
  if (installed.code !== 0) return missing(TYPESCRIPT, installed.output)
  const program = join(folder, 'node_modules', 'openapi-typescript', 'bin', 'cli.js')
  for (const name of NAMES.flatMap((one) => [one, `${one}30`])) {
    const made = await capture(process.execPath, [program, `${name}.json`, '-o', `${name}.d.ts`], { cwd: folder })
    if (made.code !== 0) return failed(made)
  }
  writeFileSync(join(folder, 'caller.ts'), CALLER)
  const files = [...NAMES.flatMap((one) => [`${one}.d.ts`, `${one}30.d.ts`]), 'caller.ts']
  const compiler = inRoot('node_modules', 'typescript', 'bin', 'tsc')
  const flags = ['--noEmit', '--strict', '--module', 'esnext', '--moduleResolution', 'bundler']
  const compiled = await capture(process.execPath, [compiler, ...flags, ...files], { cwd: folder })
  if (compiled.code !== 0) return failed(compiled)
  console.log(`${TYPESCRIPT}: ${NAMES.join(', ')}, by OpenAPI 3.1 and 3.0, compile.`)
  return 0
}

/**
 * @param {string} folder
 * @returns {Promise<number | undefined>} undefined where .NET or the generator cannot be had
 */
async function csharp(folder) {
  if (spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status !== 0) return missing('dotnet', '')
  const tools = join(folder, 'tools')
  const [name = '', version = ''] = NSWAG
  const installing = ['tool', 'install', name, '--version', version, '--tool-path', tools]
  const installed = await capture('dotnet', installing, { env: QUIET, cwd: folder })
  if (installed.code !== 0) return missing(`${name} ${version}`, installed.output)
  const project = join(folder, 'csharp')
  mkdirSync(project)
  cpSync(inRoot('scripts', 'clients', 'Clients.csproj'), join(project, 'Clients.csproj'))
  for (const one of NAMES) {
    const made = await capture(join(tools, 'nswag'), nswagArguments(one), { env: QUIET, cwd: folder })
    if (made.code !== 0) return failed(made)
  }
  const built = await capture('dotnet', ['build', project, '--verbosity', 'quiet'], { env: QUIET, cwd: folder })
  if (built.code !== 0) return failed(built)
  console.log(`${name} ${version}: ${NAMES.join(', ')}, by OpenAPI 3.0, compile.`)
  return 0
}

/** @param {string} name */
function nswagArguments(name) {
  const files = [`/input:${name}30.json`, `/output:csharp/${name}.cs`]
  return ['openapi2csclient', ...files, `/namespace:${name}`, `/classname:${name}Client`, '/jsonlibrary:SystemTextJson']
}

/** @param {string} what @param {string} why */
function missing(what, why) {
  console.error(`${what} cannot be had: what it generates was not tried.\n${why}`)
  return undefined
}

/** @param {{ code: number, output: string }} ended */
function failed({ code, output }) {
  console.error(output)
  return code
}
