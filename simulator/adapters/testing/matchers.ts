import type { EventSummary, ExchangeSummary } from '../../surfaces/control/types.ts'
import type { Sandbox } from './sandbox-types.ts'

/** What a matcher found; the form that vitest and jest share. */
export interface Matched {
  readonly pass: boolean
  readonly message: () => string
}

/** Which events a sandbox should have received. */
export interface Received {
  /** Resource type. */
  readonly type?: string
  /** Organisation number. */
  readonly municipality?: string
  /** At least one when left out. */
  readonly times?: number
}

/** The matchers as `expect` has them: they read the sandbox, so they must be awaited. */
export interface JftMatchers<R> {
  /** Every event was acknowledged as journaled; a sandbox without events has journaled nothing. */
  toHaveJournaledEverything(): R
  /** JFT took such events. */
  toHaveReceived(expected?: Received): R
  /** No request was refused, but for the first answer of each token request, which asks for a nonce. */
  toHaveRefusedNothing(): R
}

/** For `expect.extend(jftMatchers)`. */
export const jftMatchers = {
  async toHaveJournaledEverything(sandbox: Sandbox): Promise<Matched> {
    const events = await sandbox.events()
    const open = events.filter(({ acknowledged }) => acknowledged === null)
    if (events.length === 0) return { pass: false, message: () => `${sandbox.name} has no events at all.` }
    if (open.length === 0) return { pass: true, message: () => `${sandbox.name} has journaled all: ${count(events)}.` }
    const head = `${sandbox.name} has ${open.length} of ${count(events)} that nobody has acknowledged:`
    return { pass: false, message: () => [head, ...open.map(describeEvent)].join('\n') }
  },

  async toHaveReceived(sandbox: Sandbox, expected: Received = {}): Promise<Matched> {
    const { type, municipality, times } = expected
    const events = await sandbox.events()
    const refusals = await refusedBy(sandbox, 'jft-write')
    const found = events.filter(
      (event) =>
        (type === undefined || event.type === type) &&
        (municipality === undefined || event.municipality === municipality),
    )
    const pass = times === undefined ? found.length > 0 : found.length === times
    const of = [type ?? 'events', ...(municipality === undefined ? [] : [`of ${municipality}`])].join(' ')
    const lines = [
      `${sandbox.name} has received ${found.length} ${of}, expected ${times ?? 'at least 1'}.`,
      events.length === 0 ? 'There are no events.' : 'All events:',
      ...events.map(describeEvent),
      ...(refusals.length === 0 ? [] : ['Refused by JFT:', ...refusals.map(describeRefusal)]),
    ]
    return { pass, message: () => lines.join('\n') }
  },

  async toHaveRefusedNothing(sandbox: Sandbox): Promise<Matched> {
    const refusals = await refusedBy(sandbox)
    if (refusals.length === 0) return { pass: true, message: () => `${sandbox.name} has refused nothing.` }
    const head = `${sandbox.name} has refused ${refusals.length} ${refusals.length === 1 ? 'request' : 'requests'}:`
    return { pass: false, message: () => [head, ...refusals.map(describeRefusal)].join('\n') }
  },
}

/** The nonce that HelseID asks for is not a refusal: every client's first request has none (RFC 9449, section 8). */
async function refusedBy(sandbox: Sandbox, surface?: string): Promise<ExchangeSummary[]> {
  const refused = await sandbox.exchanges({ refused: true, ...(surface === undefined ? {} : { surface }) })
  return refused.filter(({ issues }) => issues.length === 0 || issues.some(({ rule }) => rule !== 'dpop-nonce'))
}

function count({ length }: readonly unknown[]): string {
  return length === 1 ? '1 event' : `${length} events`
}

function describeEvent({ type, id, municipality, clientName, read, acknowledged, failed }: EventSummary): string {
  const times = { read, acknowledged, failed }
  const happened = Object.entries(times).filter(([, time]) => time !== null)
  const status = happened.length === 0 ? 'not read' : happened.map(([name, time]) => `${name} ${time}`).join(', ')
  return `  ${type}/${id} for ${municipality} from ${clientName ?? 'a client without a name'}: ${status}`
}

function describeRefusal({ id, method, url, status, issues }: ExchangeSummary): string {
  const why = issues.map(({ rule, expression, message }) =>
    [`    ${rule}:`, ...(expression === undefined ? [] : [`${expression}:`]), message].join(' '),
  )
  return [`  ${id} ${method} ${url}: ${status}`, ...why].join('\n')
}
