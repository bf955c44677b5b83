import { writeFileSync } from 'node:fs'
import { SURFACES, type SurfaceName } from '../../simulator/ground/surfaces.ts'
import { redact, redactHeader } from '../../simulator/ground/text/mask/redact.ts'
import { createSimulator } from '../../simulator/index.ts'
import type { CaseFile } from '../../simulator/surfaces/control/types.ts'
import { writing } from '../files.ts'

/** One request and its answer, as somebody recorded them: nothing masked yet. */
export interface Seen {
  readonly surface: SurfaceName
  /** ISO 8601, UTC. */
  readonly time: string
  readonly milliseconds: number
  readonly request: Message & { readonly method: string; readonly url: string }
  readonly response: Message & { readonly status: number }
}

interface Message {
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
}

type Exchange = CaseFile['exchanges'][number]

/** What was recorded as an exchange of a case file: masked, and without secrets. */
export function exchangeOf({ surface, time, milliseconds, request, response }: Seen, sequence: number): Exchange {
  return {
    sequence,
    id: `x${sequence}`,
    surface,
    time,
    milliseconds: Math.round(milliseconds),
    request: { method: request.method, url: redact(request.url), ...masked(request) },
    response: { status: response.status, ...masked(response) },
    steps: stepsOf(request, response.status),
    issues: [],
    warnings: [],
    caller: {},
  }
}

/** A recorder does not see the steps: a token was taken, unless the answer is a 401. */
function stepsOf({ headers }: Message, status: number): Exchange['steps'] {
  if (!headers.some(([name]) => name.toLowerCase() === 'authorization')) return []
  const outcome = status === 401 ? 'stopped' : 'passed'
  return [{ name: 'token', outcome, milliseconds: 0, rules: [] }]
}

function masked({ headers, body }: Message) {
  const told = headers.map(([name, value]) => [name.toLowerCase(), redactHeader(name, value)] as const)
  if (body === undefined || body === '') return { headers: told }
  const text = redact(body)
  return { headers: told, body: { text, capturedBytes: text.length, totalBytes: text.length } }
}

/** A case file with those exchanges, as a fresh simulator would have made it. */
export async function caseOf(exchanges: readonly Exchange[], dropped = 0): Promise<CaseFile> {
  const { fetch, world } = createSimulator()
  const fresh = (await (await fetch(new Request(`${world.net.origins.local.control}/case`))).json()) as CaseFile
  const now = exchanges.at(-1)?.time ?? new Date().toISOString()
  const clock = { mode: 'running', now, rate: 1 } as const
  return { ...fresh, sandbox: { ...fresh.sandbox, name: 'recorded', clock }, exchanges, dropped }
}

/** Writes a case file. Throws a `CliError` when it cannot be written. */
export function writeCase(file: string, value: CaseFile): void {
  writing(file, () => writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`, { mode: 0o600 }))
}

/** The surface of a host of NHN's. */
export function surfaceOfHost(host: string): SurfaceName | undefined {
  const found = Object.entries(SURFACES).find(([, { hosts }]) => Object.values(hosts).some((one) => one === host))
  return found?.[0] as SurfaceName | undefined
}

/** Whether a URL is a base URL, or below it. */
export function isBelow(url: string, base: string): boolean {
  return url === base || url.startsWith(`${base}/`) || url.startsWith(`${base}?`)
}
