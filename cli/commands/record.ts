import { once } from 'node:events'
import { Command } from 'commander'
import { CliError } from '../cli-error.ts'
import { ENDING } from '../lifetime.ts'
import { print, tell } from '../print.ts'
import { readPort } from '../whole-number.ts'

interface Flags {
  readonly target: string
  readonly out: string
  readonly port: number
}

/** `jftsim record`: a proxy in front of an environment, which keeps what goes through as a case file. */
export function record(): Command {
  return new Command('record')
    .description('Pass requests on to VKP, JFT or PIT, and keep them as a case file, masked and without secrets')
    .requiredOption('--target <file>', 'the environment: a file of base URLs and clients, as for run --target')
    .option('--out <file>', 'the case file, written when you stop with Ctrl+C', 'recorded.case.json')
    .option('--port <number>', 'port to listen on; 0 picks a free one', readPort, 7367)
    .action(run)
}

/** Exchanges that are kept. */
const MOST = 100_000

async function run({ target: file, out, port }: Flags): Promise<void> {
  const { described } = await import('../run-target.ts')
  const { startProxy } = await import('../recording/proxy.ts')
  const { caseOf, exchangeOf, writeCase } = await import('../recording/recording.ts')
  const { target } = described(file)
  const kept: ReturnType<typeof exchangeOf>[] = []
  let dropped = 0
  const proxy = await startProxy(target, port, {
    said: tell,
    seen: (one) => {
      if (kept.length === MOST) dropped += 1
      else kept.push(exchangeOf(one, kept.length + 1))
      tell(`${one.request.method} ${one.request.url} ${one.response.status}`)
    },
  }).catch((error: Error) => {
    throw new CliError(error.message)
  })
  // Before anybody is told how to stop it.
  const stopped = Promise.race([...ENDING, 'disconnect'].map((event) => once(process, event)))
  print(
    [
      `Passes on to ${target.name}. Configure your client with`,
      ...Object.entries(proxy.urls).map(([name, url]) => `  ${name.padEnd(10)} ${url}`),
      `Stop with Ctrl+C; then ${out} is written.`,
    ].join('\n'),
  )
  await stopped
  await proxy.close()
  writeCase(out, await caseOf(kept, dropped))
  print(`${kept.length} exchanges: ${out}`)
}
