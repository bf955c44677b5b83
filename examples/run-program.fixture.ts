import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MUNICIPALITIES, noteFactory } from '../fixtures/index.ts'
import type { FaultRequest, OwnSandbox, Resource, Sandbox } from '../simulator/adapters/testing/sandbox-types.ts'
import type { Jft } from '../simulator/adapters/testing/start-jft.ts'
import type { EventSummary, ExchangeSummary } from '../simulator/surfaces/control/types.ts'

export type Program = 'ehr' | 'response-centre'

/** What a program meets, and how it is started. */
export interface Situation {
  readonly events?: readonly Resource[]
  /** Events on a page of a search. */
  readonly page?: number
  readonly faults?: readonly FaultRequest[]
  readonly args?: readonly string[]
  readonly pollSeconds?: number
}

export const notes = (count: number) => Array.from({ length: count }, () => noteFactory.build())

/** What a program did. */
export interface Run {
  /** `null`: ended by a signal. */
  readonly code: number | null
  readonly output: string
  /** Oldest first. */
  readonly exchanges: readonly ExchangeSummary[]
  readonly events: readonly EventSummary[]
  readonly sandbox: OwnSandbox
}

/** A program that runs. */
export interface Running {
  stop(): void
  readonly ended: Promise<{ readonly code: number | null; readonly output: string }>
}

const CLIENTS: Readonly<Record<Program, string>> = { ehr: 'EHR-Local', 'response-centre': 'Bruno-Local' }

/** Milliseconds after which a program that hangs is ended. */
const LONGEST = 300_000

/** Starts a program against a sandbox, with what `jftsim verify` gives it. */
export async function startProgram(
  program: Program,
  sandbox: Sandbox,
  { args = [], pollSeconds = 0.05 }: Situation = {},
): Promise<Running> {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-example-'))
  const file = join(folder, 'client.json')
  writeFileSync(file, JSON.stringify(await sandbox.client(CLIENTS[program])))
  const env = {
    HELSEID_AUTHORITY: sandbox.urls.helseid,
    JFT_WRITE_URL: sandbox.urls['jft-write'],
    JFT_READ_URL: sandbox.urls['jft-read'],
    JFT_CLIENT_FILE: file,
    JFT_MUNICIPALITY: MUNICIPALITIES.jft,
    JFT_SCOPE: 'nhn:jft/api',
    JFT_POLL_SECONDS: String(pollSeconds),
  }
  const { stop, ended } = spawnProgram(program, args, env)
  return { stop, ended: ended.finally(() => rmSync(folder, { recursive: true })) }
}

/** Starts a program with these environment variables and no others. */
export function spawnProgram(
  program: Program,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Running {
  const file = join(import.meta.dirname, program, `${program}.js`)
  const child = spawn(process.execPath, [file, ...args], { env, timeout: LONGEST })
  const texts: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data) => texts.push(String(data)))
  const ended = new Promise<{ code: number | null; output: string }>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output: texts.join('') }))
  })
  return { stop: () => child.kill('SIGTERM'), ended }
}

/** Runs a program to its end in a sandbox of its own. */
export async function runProgram(jft: Jft, program: Program, situation: Situation): Promise<Run> {
  const { events = [], page, faults = [] } = situation
  const sandbox = await jft.sandbox({
    events: events.map((resource) => ({ municipality: MUNICIPALITIES.jft, resource })),
    ...(page === undefined ? {} : { assumptions: { countDefault: page } }),
  })
  for (const fault of faults) await sandbox.fault(fault)
  const { ended } = await startProgram(program, sandbox, situation)
  const { code, output } = await ended
  const exchanges = (await sandbox.exchanges()).toReversed()
  return { code, output, exchanges, events: await sandbox.events(), sandbox }
}
