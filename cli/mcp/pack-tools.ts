import { execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { z } from 'zod'
import type { Report } from '../../scenarios/reports/report.ts'
import { withoutAdminToken } from '../admin-token.ts'
import { answered } from './answer.ts'
import type { McpServer } from './sdk.ts'
import type { RunningAt } from './simulator-tools.ts'

/** Tools that play packs: each is the command of that name in a process of its own, since it may end it. */
export function addPackTools(server: McpServer, main: string, { url: own, adminToken }: RunningAt): void {
  server.registerTool(
    'run_pack',
    {
      description:
        'Play scenario packs against a simulator of their own, and say which requirements hold and what failed',
      inputSchema: {
        packs: z.array(z.string()).default([]).describe('names of packs, files or folders; all by default'),
        filter: z.string().optional().describe('only scenarios with this text in id, title or requirement'),
        url: z.string().optional().describe('a running simulator to play against'),
      },
    },
    ({ packs, filter, url }) =>
      answered(() => {
        // The token is for the simulator that it was given for, and not for whatever URL an agent names.
        const variables = url?.replace(/\/$/, '') === own ? { JFTSIM_ADMIN_TOKEN: adminToken } : {}
        return reported({ main, variables }, ['run', ...packs, ...flag('filter', filter), ...flag('url', url)], [])
      }),
  )
  server.registerTool(
    'verify_program',
    {
      description:
        "Run a vendor's program against a simulator of its own and judge what it did: which requirements it keeps or breaks, with evidence",
      inputSchema: {
        pack: z.string().describe('such as vendor or ehr'),
        command: z.array(z.string()).min(1).describe('the program and its arguments; no shell'),
        events: z.number().int().min(1).optional().describe('how many events an EHR is given'),
      },
    },
    ({ pack, command, events }) =>
      answered(() =>
        reported({ main, variables: {} }, ['verify', pack, ...flag('events', events)], ['--', ...command]),
      ),
  )
}

function flag(name: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}`, String(value)]
}

/** Milliseconds that a command has, and bytes of output that are kept. */
const LONGEST = 10 * 60_000
const OUTPUT = 8 * 1024 * 1024
/** Characters of what it printed that are told: the end says how it went. */
const TOLD = 20_000

/** What a command printed, how it ended, and its report in JSON. */
async function reported(own: Own, args: readonly string[], rest: readonly string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'jftsim-mcp-'))
  const file = join(folder, 'report.json')
  try {
    const ended = await run(own, [...args, '--report', `json=${file}`, ...rest])
    return { ...ended, report: summaryOf(file) }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** The program of this command line, and variables that it gets beside those of this process. */
interface Own {
  readonly main: string
  readonly variables: NodeJS.ProcessEnv
}

function run(
  { main, variables }: Own,
  args: readonly string[],
): Promise<{ exitCode: number | string; printed: string }> {
  return new Promise((resolve) => {
    const env = { ...withoutAdminToken(process.env), ...variables }
    const options = { timeout: LONGEST, maxBuffer: OUTPUT, env }
    execFile(process.execPath, [main, ...args], options, (error, stdout, stderr) => {
      const printed = `${stdout}${stderr}`.slice(-TOLD)
      resolve({ exitCode: error === null ? 0 : (error.code ?? error.signal ?? 'unknown'), printed })
    })
  })
}

/** The counts of a report, its broken requirements, and what failed; null where none was written. */
function summaryOf(file: string): unknown {
  try {
    const { title, passed, totals, requirements, scenarios } = JSON.parse(readFileSync(file, 'utf8')) as Report
    const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
    const broken = requirements.filter(({ outcome }) => outcome === 'broken')
    return {
      title,
      passed,
      totals,
      requirements: { exercised: requirements.filter(({ outcome }) => outcome !== 'not exercised').length, broken },
      failed: failed.map(({ pack, id, title: name, steps }) => ({
        pack,
        id,
        title: name,
        failures: failuresIn(steps),
      })),
    }
  } catch {
    return null
  }
}

function failuresIn(steps: Report['scenarios'][number]['steps']) {
  return steps.flatMap(({ name, failures }) => failures.map((failure) => ({ step: name, ...failure })))
}
