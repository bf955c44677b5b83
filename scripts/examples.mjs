import { spawnSync } from 'node:child_process'
import { CLI, inRoot } from './paths.mjs'
import { build, capture } from './process.mjs'

const QUIET = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' }

/** What a pack is verified with, by the project of examples/dotnet. */
const PROGRAMS = [
  { project: 'Ehr', pack: 'ehr', args: [] },
  { project: 'ResponseCentre', pack: 'response-centre', args: ['--', '--count', '6'] },
]

/**
 * The optional job for the examples in other languages: builds them and lets `jftsim verify` judge them.
 * @param {string[]} args `--if-found`: where there is no .NET SDK, say so and succeed
 * @returns {Promise<number>} the exit code
 */
export async function examples(args) {
  if (spawnSync('dotnet', ['--version'], { stdio: 'ignore' }).status !== 0) {
    console.error('There is no .NET SDK: the .NET examples were not tried.')
    return args.includes('--if-found') ? 0 : 1
  }
  await build()
  for (const { project, pack, args: own } of PROGRAMS) {
    const folder = inRoot('examples', 'dotnet', project)
    const built = await run('dotnet', ['build', folder, '--verbosity', 'quiet'])
    if (built !== 0) return built
    const program = ['dotnet', 'run', '--no-build', '--project', folder, ...own]
    const verified = await run(process.execPath, [CLI, 'verify', pack, '--', ...program])
    if (verified !== 0) return verified
  }
  return 0
}

/**
 * Runs a program; what it printed is shown where it failed, otherwise its last line.
 * @param {string} file
 * @param {string[]} args
 */
async function run(file, args) {
  const { code, output } = await capture(file, args, { env: QUIET })
  console.log(code === 0 ? output.trimEnd().split('\n').at(-1) : output)
  return code
}
