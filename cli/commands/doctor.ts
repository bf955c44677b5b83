import { Command } from 'commander'
import { KEY_FOLDER } from '../../simulator/adapters/key-file.ts'
import { CliError } from '../cli-error.ts'
import { print } from '../print.ts'

/** `jftsim doctor`: what may keep the simulator from starting, or a client from reaching it. */
export function doctor(): Command {
  return new Command('doctor')
    .description('Look at Node, port, key folder, proxy, clock and leftovers, and say how to cure what is wrong')
    .option('--port <number>', 'the port that the simulator has, or is to have', process.env.JFTSIM_PORT ?? '7357')
    .option('--json', 'print the findings as JSON')
    .addHelpText(
      'after',
      '\nExit code: 0 when nothing keeps the simulator from running, 1 when something does, 2 for wrong use.',
    )
    .action(run)
}

const MARK = { ok: 'ok     ', warning: 'warning', problem: 'PROBLEM' } as const

async function run({ port, json }: { readonly port: string; readonly json?: boolean }): Promise<void> {
  const { examine, surroundings } = await import('../doctor.ts')
  const number = Number(port)
  if (!Number.isInteger(number) || number < 1 || number > 65_535)
    throw new CliError('--port must be a whole number from 1 to 65535.')
  const findings = await examine(surroundings(number, KEY_FOLDER))
  const lines = findings.map(
    ({ what, state, found, cure }) => `${MARK[state]} ${what}: ${found}${cure ? `\n        ${cure}` : ''}`,
  )
  print(json ? JSON.stringify(findings, null, 2) : lines.join('\n'))
  if (findings.some(({ state }) => state === 'problem')) process.exitCode = 1
}
