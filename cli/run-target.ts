import { once } from 'node:events'
import { dirname, resolve } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { ClientFile } from '../scenarios/helseid-client.ts'
import { boundExpressionsBy } from '../scenarios/runner/bounded.ts'
import { PARTY_NAMES } from '../scenarios/runner/parties.ts'
import { MUNICIPALITY, type Target } from '../scenarios/runner/target.ts'
import { clientFile, targetFile } from '../scenarios/runner/target-file.ts'
import { startServer } from '../simulator/adapters/node.ts'
import { type SimulatorInput, unknownName } from '../simulator/index.ts'
import { asCalled } from '../simulator/surfaces/control/client.ts'
import { adminRefusal, withAdminToken } from './admin-token.ts'
import { CliError } from './cli-error.ts'
import { interruptingAfter } from './interrupt.ts'
import { hasProxy, send } from './send.ts'
import { readYamlFile } from './yaml-file.ts'

/** What packs are played against, and how that ends. */
export interface OpenTarget {
  readonly target: Target
  readonly close: () => Promise<void>
}

/** Room for a sandbox per scenario, and for repetitions. */
const OPTIONS: SimulatorInput = { limits: { sandboxes: 100_000 } }

/** That of `jftsim start`. */
const USUAL_PORT = 7357

/** The built-in simulator at the usual port, for a client that is configured by hand; at a free one where that is taken. */
export function builtInAtUsualPort(): Promise<OpenTarget> {
  return builtIn(USUAL_PORT).catch(() => builtIn())
}

/** The built-in simulator on a free port: in a thread of its own, so that scenarios have a core for themselves. */
export async function builtIn(port = 0): Promise<OpenTarget> {
  // A thread reads JavaScript only: from the sources the simulator runs beside the scenarios.
  const { urls, close } = await (import.meta.url.endsWith('.ts') ? inProcess(port) : inThread(port))
  return { target: { name: 'the built-in simulator', urls, transient: true, ...common }, close }
}

interface Started {
  readonly urls: Record<string, string>
  readonly close: () => Promise<void>
}

async function inProcess(port: number): Promise<Started> {
  const { simulator, close } = await startServer({ ...OPTIONS, port })
  return { urls: simulator.world.net.origins.local, close }
}

async function inThread(port: number): Promise<Started> {
  const thread = new Worker(new URL('../cli/server-thread.js', import.meta.url), { workerData: { ...OPTIONS, port } })
  const [urls] = (await once(thread, 'message')) as [Record<string, string>]
  const close = async () => {
    const gone = once(thread, 'exit')
    thread.postMessage('close')
    await gone
  }
  return { urls, close }
}

boundExpressionsBy(interruptingAfter())

const common = { send, municipality: MUNICIPALITY, clients: {}, env: process.env }

/** Milliseconds after which no answer is taken for none. */
const PATIENCE = 10_000

const START = 'Start one with "jftsim start".'

const BY_PROXY =
  'It was asked by the proxy that HTTP_PROXY or HTTPS_PROXY names; NO_PROXY names hosts that are asked directly.'

/** A simulator that runs already. Throws a `CliError` when none answers, and when it asks for another admin token. */
export async function runningAt(base: string, adminToken?: string): Promise<OpenTarget> {
  const signal = AbortSignal.timeout(PATIENCE)
  const asked = new Request(`${base}/_sim/info`, { signal })
  const answer = await withAdminToken(send, adminToken, [base])(asked).catch(() => undefined)
  const refusal = answer && adminRefusal(answer, base)
  if (refusal !== undefined) throw new CliError(refusal)
  if (!answer?.ok) throw new CliError(`No simulator answers at ${base}. ${hasProxy() ? BY_PROXY : START}`)
  const { origins } = (await answer.json()) as { origins: Record<string, string> }
  const urls = asCalled(base, origins)
  const own = withAdminToken(send, adminToken, [base, urls.control ?? base])
  return { target: { name: base, urls, ...common, send: own }, close: () => Promise.resolve() }
}

/** The environment that a file describes. Throws a `CliError` with every fault of the file. */
export function described(file: string, adminToken?: string): OpenTarget {
  const { clients, urls, ...rest } = readYamlFile(file, targetFile)
  const unknown = Object.keys(clients).find((party) => !PARTY_NAMES.includes(party))
  if (unknown !== undefined)
    throw new CliError(`${file}: clients.${unknown}: ${unknownName('party', unknown, PARTY_NAMES)}`)
  const files = Object.entries(clients).map(([party, path]): [string, ClientFile] => [
    party,
    readYamlFile(resolve(dirname(file), path), clientFile),
  ])
  const known = Object.fromEntries(Object.entries(urls).filter(([, url]) => url !== undefined))
  const { testTokenKey, ...named } = rest
  const key = testTokenKey === undefined ? {} : { testTokenKey }
  return {
    target: {
      ...named,
      ...key,
      urls: known as Record<string, string>,
      clients: Object.fromEntries(files),
      send: withAdminToken(send, adminToken, urls.control === undefined ? [] : [urls.control]),
      env: process.env,
    },
    close: () => Promise.resolve(),
  }
}
