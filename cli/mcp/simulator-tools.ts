import { z } from 'zod'
import { type Control, controlAt } from '../../simulator/surfaces/control/client.ts'
import type { ExchangeDetail, ExchangeList, ExchangeSummary } from '../../simulator/surfaces/control/types.ts'
import { withAdminToken } from '../admin-token.ts'
import { answered } from './answer.ts'
import type { McpServer } from './sdk.ts'

const sandbox = { sandbox: z.string().default('default').describe('name of a sandbox of the simulator') }

/** A simulator that runs already. */
export interface RunningAt {
  /** Without a trailing slash. */
  readonly url: string
  /** The one that it was started with. */
  readonly adminToken: string | undefined
}

/** Tools on a running simulator, through its control API. */
export function addSimulatorTools(server: McpServer, { url, adminToken }: RunningAt): void {
  const send = withAdminToken(reach(url), adminToken, [url])
  const controlOf = (name: string) => controlAt(send, `${url}${name === 'default' ? '' : `/s/${name}`}/_sim`)
  addExchangeTools(server, controlOf)
  addWorldTools(server, controlOf)
}

type ControlOf = (sandbox: string) => Control

/** Says what to do where nobody answers, which is what mostly goes wrong. */
function reach(url: string) {
  return async (request: Request) => {
    try {
      return await fetch(request)
    } catch {
      throw new Error(`No simulator answers at ${url}. Start one with jftsim start, or give mcp its --url.`)
    }
  }
}

function addExchangeTools(server: McpServer, controlOf: ControlOf): void {
  server.registerTool(
    'explain_request',
    {
      description:
        'What would happen to a request, step by step, and why; nothing changes. The URL may be a path, such as /write/v1/Composition',
      inputSchema: {
        ...sandbox,
        method: z.enum(['GET', 'POST', 'PUT', 'DELETE']).default('POST'),
        url: z.string(),
        headers: z.record(z.string(), z.string()).default({}),
        body: z.string().optional(),
      },
    },
    ({ sandbox: name, ...request }) => answered(() => controlOf(name)('POST', '/explain', request)),
  )
  server.registerTool(
    'why_rejected',
    {
      description:
        'Why a request was rejected: its steps, issues with fixes, headers and body. Without an id: the newest rejected ones',
      inputSchema: { ...sandbox, exchange: z.string().optional().describe('id of an exchange, such as x12') },
    },
    ({ sandbox: name, exchange }) => answered(() => rejected(controlOf(name), exchange)),
  )
}

/** How many of the newest exchanges are looked at, and how many rejected ones are told of. */
const LOOKED_AT = 1_000
const TOLD = 20

async function rejected(control: Control, id: string | undefined) {
  if (id !== undefined) return control<ExchangeDetail>('GET', `/exchanges/${encodeURIComponent(id)}`)
  const { exchanges, matching } = await control<ExchangeList>('GET', `/exchanges?limit=${LOOKED_AT}`)
  const found = exchanges.filter(({ status }) => status >= 400)
  return {
    lookedAt: `the newest ${exchanges.length} of ${matching} exchanges`,
    rejected: found.length,
    newest: found.slice(0, TOLD).map(brief),
  }
}

function brief({ id, time, method, url, status, clientName, issues }: ExchangeSummary) {
  return { id, time, method, url, status, clientName, issues }
}

function addWorldTools(server: McpServer, controlOf: ControlOf): void {
  server.registerTool(
    'sandbox',
    {
      description: 'List, create, reset or delete sandboxes: isolated states of the simulator, below /s/{name}',
      inputSchema: { action: z.enum(['list', 'create', 'reset', 'delete']), name: z.string().optional() },
    },
    ({ action, name }) => answered(() => SANDBOX[action](controlOf('default'), name)),
  )
  server.registerTool(
    'clock',
    {
      description: "A sandbox's clock: read it, freeze it at a time, move it by a duration, or let it run again",
      inputSchema: {
        ...sandbox,
        freeze: z.string().optional().describe('ISO 8601 time'),
        advance: z.string().optional().describe('ISO 8601 duration, such as PT5M'),
        run: z.boolean().optional(),
      },
    },
    ({ sandbox: name, ...change }) => answered(() => changeClock(controlOf(name), change)),
  )
  server.registerTool(
    'fault',
    {
      description:
        'Simulated failures: list the active ones and the presets, add one by a preset or in full, or remove all',
      inputSchema: {
        ...sandbox,
        action: z.enum(['list', 'presets', 'add', 'clear']),
        preset: z.string().optional(),
        order: z.record(z.string(), z.unknown()).optional().describe('a fault in full, as POST /_sim/faults takes it'),
      },
    },
    ({ sandbox: name, action, preset, order }) =>
      answered(() => FAULT[action](controlOf(name), order ?? (preset === undefined ? {} : { preset }))),
  )
}

type SandboxAction = (control: Control, name: string | undefined) => Promise<unknown>

const SANDBOX: Readonly<Record<'list' | 'create' | 'reset' | 'delete', SandboxAction>> = {
  list: (control) => control('GET', '/sandboxes'),
  create: (control, name) => control('POST', '/sandboxes', name === undefined ? {} : { name }),
  reset: (control, name) => control('POST', `/sandboxes/${required(name)}/reset`),
  delete: async (control, name) => {
    await control('DELETE', `/sandboxes/${required(name)}`)
    return `Deleted ${name}.`
  },
}

function required(name: string | undefined): string {
  if (name !== undefined) return encodeURIComponent(name)
  throw new Error('Give the name of the sandbox; the action list shows them.')
}

interface ClockChange {
  readonly freeze?: string | undefined
  readonly advance?: string | undefined
  readonly run?: boolean | undefined
}

async function changeClock(control: Control, { freeze, advance, run }: ClockChange) {
  if (freeze !== undefined) await control('PUT', '/clock', { mode: 'frozen', at: freeze })
  if (run === true) await control('PUT', '/clock', { mode: 'running' })
  if (advance !== undefined) await control('POST', '/clock/advance', { by: advance })
  return control('GET', '/clock')
}

type FaultAction = (control: Control, order: Readonly<Record<string, unknown>>) => Promise<unknown>

const FAULT: Readonly<Record<'list' | 'presets' | 'add' | 'clear', FaultAction>> = {
  list: (control) => control('GET', '/faults'),
  presets: (control) => control('GET', '/faults/presets'),
  add: (control, order) => control('POST', '/faults', order),
  clear: async (control) => {
    await control('DELETE', '/faults')
    return 'No fault is active.'
  },
}
