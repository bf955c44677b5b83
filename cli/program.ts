import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Program, Surroundings } from '../scenarios/verify/stage.ts'
import { CliError } from './cli-error.ts'

/** Milliseconds that a program has to end after SIGTERM. */
const GRACE = 3_000

/**
 * Starts a program; what it prints goes to standard error, since the verdict is the output of this command. Rejects with a
 * `CliError` when it cannot be started.
 */
export async function spawnProgram(
  [name = '', ...args]: readonly string[],
  env: Readonly<Record<string, string>>,
  output: 'stderr' | 'ignore' = 'stderr',
): Promise<Program> {
  const to = output === 'stderr' ? 2 : 'ignore'
  const child = spawn(name, args, { stdio: ['ignore', to, to], env: { ...process.env, ...env } })
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (error) => reject(new CliError(`${name} cannot be started: ${error.message}`)))
  })
  return {
    ended,
    async stop() {
      if (child.exitCode === null) child.kill('SIGTERM')
      const timer = setTimeout(() => child.kill('SIGKILL'), GRACE)
      await ended
      clearTimeout(timer)
    },
  }
}

/** Prints what a program that is started by hand needs. */
export function programElsewhere(env: Readonly<Record<string, string>>): Program {
  const lines = Object.entries(env).map(([name, value]) => `  export ${name}='${value}'`)
  console.log(
    ['Start your program with', ...lines, 'It is judged when nothing new has happened for a while.'].join('\n'),
  )
  return { ended: new Promise(() => undefined), stop: () => Promise.resolve() }
}

/** What a program finds in its environment; its client's file is written into `folder`. */
export function environmentOf(
  { urls, client, municipality, scope, poll }: Surroundings,
  folder: string,
): Record<string, string> {
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify(client, null, 2), { mode: 0o600 })
  return {
    HELSEID_AUTHORITY: client.authority,
    JFT_WRITE_URL: urls['jft-write'] ?? '',
    JFT_READ_URL: urls['jft-read'] ?? '',
    PIT_URL: urls.pit ?? '',
    EHR_PERSONS_URL: `${urls.ehr}/persons`,
    VKP_URL: `${urls.vkp}/epj/r4`,
    JFT_CLIENT_FILE: file,
    JFT_CLIENT_ID: client.clientId,
    JFT_MUNICIPALITY: municipality,
    JFT_SCOPE: scope,
    ...(poll === undefined ? {} : { JFT_POLL_SECONDS: String(poll) }),
  }
}
