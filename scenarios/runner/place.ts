import { unknownName } from '../../simulator/ground/text/suggest.ts'
import { asCalled, type Control, ControlRefused, controlAt } from '../../simulator/surfaces/control/client.ts'
import type { ClientFile } from '../helseid-client.ts'
import type { Scenario } from '../pack/pack.ts'
import { waitsForClient } from './skip.ts'
import type { Send, Target } from './target.ts'

/** Where one scenario takes place: a sandbox of its own, or a shared environment. */
export interface Place {
  readonly urls: Readonly<Record<string, string>>
  readonly send: Send
  /** Absent where there is no simulator. */
  readonly control?: Control
  readonly sandbox?: string
  readonly clock: PlaceClock
  readonly testTokenKey?: string
  /** The file of a client by its name, or of the party that the target gives one for. */
  clientFile(client: string, party: string): Promise<ClientFile>
  /** Forgets the sandbox. */
  leave(): Promise<void>
}

/** The time of a place, in milliseconds since the epoch. */
export interface PlaceClock {
  now(): number
  /** Changes a sandbox's clock by the control API. */
  change(method: 'PUT' | 'POST', path: string, body: unknown): Promise<void>
  /** Lets so many milliseconds go by: at once where the clock is frozen, otherwise in real time. */
  pass(milliseconds: number): Promise<void>
}

/** When sandboxes begin, unless a scenario says otherwise. */
export const BEGINNING = '2026-03-02T12:00:00Z'

interface Reading {
  readonly mode: 'frozen' | 'running'
  readonly now: string
  readonly rate: number
}

/** Makes a sandbox for a scenario, or gives the shared environment as it is. */
export async function enter(
  target: Target,
  { sandbox, steps }: Scenario,
  name: string,
  overrides: Readonly<Record<string, unknown>> = {},
): Promise<Place> {
  const { send, urls, testTokenKey } = target
  const key = testTokenKey === undefined ? {} : { testTokenKey }
  if (urls.control === undefined) return { urls, send, ...key, ...sharedPlace(target) }
  // A client of the vendor's own has the time on the wall.
  const { frozenAt = waitsForClient({ steps }) ? null : BEGINNING, ...spec } = sandbox ?? {}
  const outer = controlAt(send, urls.control)
  // Its URLs are the same for each scenario, so that a vendor's client is configured once; the last one may have been kept.
  if (name === OWN_CLIENT) await outer('DELETE', `/sandboxes/${name}`).catch(unlessMissing)
  const made = await outer<{ name: string; origins: Record<string, string>; clock: Reading }>('POST', '/sandboxes', {
    name,
    ...spec,
    ...(frozenAt === null ? {} : { frozenAt }),
    ...overrides,
  })
  const own = asCalled(urls.control, made.origins)
  const control = controlAt(send, own.control ?? urls.control)
  return {
    urls: own,
    send,
    ...key,
    control,
    sandbox: made.name,
    clock: sandboxClock(control, made.clock),
    async clientFile(client) {
      // Every sandbox has the same ready-made clients, each with a HelseID of its own.
      const file = await readyMade(target, client, () => clientOf(control, client))
      return { ...file, authority: own.helseid ?? file.authority }
    },
    leave: () => outer('DELETE', `/sandboxes/${made.name}`),
  }
}

/**
 * The sandbox of scenarios that wait for the vendor's own client: made again for each under the same name, so that the client
 * is configured once.
 */
export const OWN_CLIENT = 'own-client'

function unlessMissing(error: unknown): void {
  if (!(error instanceof ControlRefused) || error.status !== 404) throw error
}

function sharedPlace({ clients, name }: Target): Pick<Place, 'clock' | 'clientFile' | 'leave'> {
  return {
    clock: {
      now: Date.now,
      change: () => Promise.reject(new Error(`${name} has no clock that can be set.`)),
      pass: sleep,
    },
    async clientFile(_client, party) {
      const file = clients[party]
      if (!file) throw new Error(`The target ${name} has no client for ${party}.`)
      return file
    },
    leave: () => Promise.resolve(),
  }
}

function sandboxClock(control: Control, first: Reading): PlaceClock {
  let reading = first
  let at = Date.now()
  const read = async () => {
    reading = await control<Reading>('GET', '/clock')
    at = Date.now()
  }
  const change = async (method: 'PUT' | 'POST', path: string, body: unknown) => {
    await control(method, path, body)
    await read()
  }
  return {
    now: () => Date.parse(reading.now) + (reading.mode === 'frozen' ? 0 : (Date.now() - at) * reading.rate),
    change,
    pass: (milliseconds) =>
      reading.mode === 'frozen'
        ? change('POST', '/clock/advance', { by: `PT${milliseconds / 1_000}S` })
        : sleep(milliseconds),
  }
}

async function clientOf(control: Control, wanted: string): Promise<ClientFile> {
  const { clients } = await control<{ clients: { clientId: string; name: string }[] }>('GET', '/clients')
  const found = clients.find(({ clientId, name }) => wanted === clientId || wanted === name)
  if (!found)
    throw new Error(
      unknownName(
        'client',
        wanted,
        clients.map(({ name }) => name),
      ),
    )
  return control<ClientFile>('GET', `/clients/${found.clientId}`)
}

const files = new WeakMap<Target, Map<string, Promise<ClientFile>>>()

/** The file of a ready-made client, asked for once in a run. */
function readyMade(target: Target, client: string, read: () => Promise<ClientFile>): Promise<ClientFile> {
  const known = files.get(target) ?? new Map<string, Promise<ClientFile>>()
  files.set(target, known)
  const file = known.get(client) ?? read()
  known.set(client, file)
  return file
}

/** Resolves after so many milliseconds. */
export function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}
