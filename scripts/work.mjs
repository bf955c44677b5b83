import { CLI } from './paths.mjs'
import { capture } from './process.mjs'

/** The environment of tool chains, without what they would tell their makers, and without their greetings. */
export const QUIET = { ...process.env, DOTNET_CLI_TELEMETRY_OPTOUT: '1', DOTNET_NOLOGO: '1' }

/**
 * Up to the first that fails, whose exit code it gives.
 * @param {readonly (() => Promise<number>)[]} works
 */
export async function inTurn(works) {
  for (const work of works) {
    const code = await work()
    if (code !== 0) return code
  }
  return 0
}

/** @param {string} pack @param {readonly string[]} program */
export function verify(pack, program) {
  return tell(process.execPath, [CLI, 'verify', pack, '--', ...program])
}

/**
 * Runs a program; what it printed is shown where it failed, otherwise its last line.
 * @param {string} file
 * @param {string[]} args
 */
export async function tell(file, args) {
  const { code, output } = await capture(file, args, { env: QUIET })
  const [last = ''] = output.trimEnd().split('\n').slice(-1)
  if (code !== 0) console.log(output)
  else if (last !== '') console.log(last)
  return code
}
