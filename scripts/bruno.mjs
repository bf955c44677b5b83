import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inRoot } from './paths.mjs'
import { build, capture, npm } from './process.mjs'
import { withSimulator } from './simulator.mjs'

const PACKAGE = '@usebruno/cli@4.1.0'

/**
 * The optional job for the Bruno collection: plays examples/bruno with Bruno's own command line against a simulator of its
 * own. That program takes some 270 MB, so it is installed in a folder that is removed again.
 * @param {string[]} args `--if-found`: where it cannot be installed, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function bruno(args) {
  await build()
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-bruno-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{ "private": true }\n')
    const installed = await npm(['install', '--prefix', folder, '--no-audit', '--no-fund', PACKAGE], { cwd: folder })
    if (installed.code === 0) return await play(join(folder, 'node_modules', '@usebruno', 'cli', 'bin', 'bru.js'))
    console.error(`${PACKAGE} could not be installed: the collection was not played.\n${installed.output}`)
    return args.includes('--if-found') ? 0 : 1
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** @param {string} bru */
async function play(bru) {
  return withSimulator(async (base) => {
    const options = { cwd: inRoot('examples', 'bruno') }
    const { code, output } = await capture(
      process.execPath,
      [bru, 'run', '-r', '--env', 'Local', '--env-var', `base=${base}`],
      options,
    )
    console.log(output)
    return code
  })
}
