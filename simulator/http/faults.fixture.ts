import { expect } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import type { FaultInfo, FaultList } from '../surfaces/control/types.ts'
import { type Call, type Jft, startJft } from '../surfaces/jft.fixture.ts'

/** Where it is reached. */
export const ROOT = 'http://localhost:7357'
/** What is submitted. */
export const NOTE = JSON.stringify(noteFactory.build())

/** A simulator, and the faults that are ordered of it. */
export function start(jft = startJft()) {
  const control = (method: string, path: string, body?: unknown) =>
    jft.simulator.fetch(
      new Request(`${ROOT}/_sim${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) }),
    )
  const order = async (fault: unknown) => {
    const answer = await control('POST', '/faults', fault)
    expect(answer.status, await answer.clone().text()).toBe(201)
    return (await answer.json()) as FaultInfo
  }
  const faults = async () => ((await (await control('GET', '/faults')).json()) as FaultList).faults
  const submit = (call: Call = {}) => jft.call('POST', '/write/v1/Composition', { body: NOTE, ...call })
  const search = (path = 'Composition') => jft.call('GET', `/read/v1/${path}`)
  const events = async () => (await jft.simulator.world.state.events.usage()).records
  return { ...jft, control, order, faults, submit, search, events }
}

/** How a call ends that nobody answers. */
export const NO_ANSWER = { name: 'ConnectionReset', cause: { code: 'ECONNRESET' } }

/** What fault the last exchange had, and at which step. */
export async function lastSteps(jft: Pick<Jft, 'lastExchange'>) {
  const { steps, injected } = await jft.lastExchange()
  return { injected, at: steps.find(({ outcome }) => outcome === 'injected')?.name }
}
