import { describe, expect, test } from 'vitest'
import { SURFACES } from '../../ground/surfaces.ts'
import { placesOfKind } from '../../rules/faults/fault-places.ts'
import type { EffectKind, FaultEffect } from '../../rules/faults/faults.ts'
import { patientText } from '../../services/pit/page.ts'
import { type Jft, startJft } from '../jft.fixture.ts'

const WRITE = { audience: 'nhn:pit', scope: ['nhn:pit/api.write'] }
const READ = { audience: 'nhn:pit', scope: ['nhn:pit/api.read'] }

const patient = (value: string, text: string) =>
  JSON.stringify({ resourceType: 'Patient', identifier: [{ system: 'urn:example:person', value }], name: [{ text }] })

const write = (jft: Jft, value: string, text: string) =>
  jft.call('POST', '/pit/v1/Patient', { ...WRITE, body: patient(value, text) })
const read = (jft: Jft) => jft.call('GET', '/pit/v1/Patient', READ)

async function order({ simulator }: Jft, fault: object): Promise<void> {
  const body = JSON.stringify({ surface: 'pit', ...fault })
  const answer = await simulator.fetch(new Request('http://localhost:7357/_sim/faults', { method: 'POST', body }))
  expect(answer.status, await answer.text()).toBe(201)
}

/** What an answer came to: its status and body, or that there was none. */
async function outcome(answer: Promise<Response>): Promise<{ status: number; text: string; headers: Headers }> {
  try {
    const { status, headers } = await answer
    const text = await (await answer).text().catch(() => 'broken off')
    return { status, text, headers }
  } catch {
    return { status: 0, text: '', headers: new Headers() }
  }
}

/** One effect of each kind, and what a client sees of it. */
const EFFECTS: Readonly<Record<EffectKind, readonly [FaultEffect, status: number]>> = {
  status: [{ kind: 'status', status: 503, retryAfter: 1 }, 503],
  latency: [{ kind: 'latency', delay: 1 }, 200],
  reset: [{ kind: 'reset', when: 'before' }, 0],
  truncate: [{ kind: 'truncate', bytes: 10 }, 200],
  'slow-body': [{ kind: 'slow-body', bytesPerSecond: 1_000_000 }, 200],
  'content-type': [{ kind: 'content-type', contentType: 'text/html' }, 200],
  duplicate: [{ kind: 'duplicate' }, 200],
  'short-page': [{ kind: 'short-page', events: 0 }, 200],
  'stuck-registration': [{ kind: 'stuck-registration' }, 202],
  failed: [{ kind: 'failed' }, 202],
  'dpop-nonce': [{ kind: 'dpop-nonce' }, 401],
  'rotate-keys': [{ kind: 'rotate-keys', oldKey: 'kept' }, 200],
}

/** Steps that only a submission takes. */
const WRITING = ['content-type', 'body', 'fhir-r4', 'resource-type', 'identifiers', 'store']
/** Steps that only a search takes. */
const READING = ['parameters', 'search', 'cursor', 'page']

describe.each(Object.entries(EFFECTS))('%s', (kind, [effect, status]) => {
  const steps = placesOfKind(kind as EffectKind).pit ?? []

  test('can be ordered at PIT', () => expect(steps.length).toBeGreaterThan(0))

  test.each(steps)('fires at the step %s, in each direction that has it', async (step) => {
    const jft = startJft()
    await write(jft, '1', 'One')
    const spoiled = ['truncate', 'slow-body', 'content-type', 'duplicate', 'short-page'].includes(kind)
    const directions = [
      ...(WRITING.includes(step) || spoiled ? [] : [[200, () => read(jft)] as const]),
      ...(READING.includes(step) || spoiled ? [] : [[202, () => write(jft, '2', 'Two')] as const]),
      ...(spoiled ? [[200, () => read(jft)] as const] : []),
    ]
    for (const [usual, call] of directions) {
      await order(jft, { step, effect })
      const answer = await outcome(call())
      expect(answer.status).toBe(Math.floor(status / 100) === 2 ? usual : status)
      const { injected } = await jft.lastExchange()
      expect(injected?.map((one) => one.step)).toEqual([step])
      expect(answer.status === 0 || answer.headers.has('jftsim-fault')).toBe(true)
    }
  })
})

test('every step of PIT is taken in one of the directions, or in both', () => {
  const both = ['token', 'scope', 'claims', 'rate']
  expect([...both, ...WRITING, ...READING].sort()).toEqual([...SURFACES.pit.steps].sort())
})

test('an injected 401 challenges as PIT does, with DPoP', async () => {
  const jft = startJft()
  await order(jft, { effect: { kind: 'status', status: 401 } })
  expect((await read(jft)).headers.get('www-authenticate')).toMatch(/^DPoP .*invalid_token/)
})

test('a duplicate is the first patient of the page twice; a reset after everything has stored the patient', async () => {
  const jft = startJft()
  await order(jft, { effect: { kind: 'reset', when: 'after' } })
  expect((await outcome(write(jft, '1', 'One'))).status).toBe(0)
  await order(jft, { effect: { kind: 'duplicate' } })
  const { entry } = (await (await read(jft)).json()) as { entry: { resource: { id: string } }[] }
  expect(entry.map(({ resource }) => resource.id)).toEqual([entry[0]?.resource.id, entry[0]?.resource.id])
})

test.each(['_lastUpdated', '-_lastUpdated'])(
  'a short page, and an empty one, leave the others for next: _sort=%s',
  async (sort) => {
    const jft = startJft()
    for (const value of ['1', '2', '3', '4', '5']) await write(jft, value, value)
    const seen: string[][] = []
    let url: string | undefined = `/pit/v1/Patient?_count=2&_sort=${sort}`
    for (const events of [1, 0, 2]) {
      await order(jft, { effect: { kind: 'short-page', events } })
      const { entry = [], link } = (await (await jft.call('GET', url ?? '', READ)).json()) as Page
      seen.push(entry.map(({ resource }) => resource.name[0]?.text ?? ''))
      url = link.find(({ relation }) => relation === 'next')?.url.replace(/^.*(?=\/pit\/)/, '')
    }
    const { entry = [] } = (await (await jft.call('GET', url ?? '', READ)).json()) as Page
    seen.push(entry.map(({ resource }) => resource.name[0]?.text ?? ''))
    const up = [['1'], [], ['2', '3'], ['4', '5']]
    const down = [['5'], [], ['4', '3'], ['2', '1']]
    expect(seen).toEqual(sort === '_lastUpdated' ? up : down)
  },
)

interface Page {
  readonly entry?: readonly { readonly resource: { readonly name: readonly { readonly text: string }[] } }[]
  readonly link: readonly { readonly relation: string; readonly url: string }[]
}

describe.each(['stuck-registration', 'failed'] as const)('%s', (kind) => {
  const texts = async (jft: Jft) => {
    const { entry = [] } = (await (await read(jft)).json()) as { entry?: { resource: { name: { text: string }[] } }[] }
    return entry.map(({ resource }) => resource.name[0]?.text)
  }

  test.each([0, 1_000])(
    'keeps a first version from ever being there, until a later one is (delay %i ms)',
    async (delay) => {
      const jft = startJft({ assumptions: { pitProcessingDelayMs: delay } })
      await order(jft, { effect: { kind } })
      expect((await write(jft, '1', 'First')).status).toBe(202)
      jft.clock.advance(10 * 365 * 86_400_000)
      expect(await texts(jft)).toEqual([])
      await write(jft, '1', 'Second')
      jft.clock.advance(2_000)
      expect(await texts(jft)).toEqual(['Second'])
    },
  )

  test.each([0, 1_000])('keeps a later version from ever being there, and no other (delay %i ms)', async (delay) => {
    const jft = startJft({ assumptions: { pitProcessingDelayMs: delay } })
    await write(jft, '1', 'First')
    await order(jft, { effect: { kind } })
    await write(jft, '1', 'Second')
    await write(jft, '2', 'Other')
    jft.clock.advance(2_000)
    expect(await texts(jft)).toEqual(['First', 'Other'])
    await write(jft, '1', 'Third')
    jft.clock.advance(2_000)
    expect(await texts(jft)).toEqual(['Other', 'Third'])
    const [known] = await jft.simulator.world.state.patients.recent(1, 0)
    expect(known).toMatchObject({ version: 2, queued: [] })
    expect(patientText(known as NonNullable<typeof known>)).toContain('Third')
  })

  test('is in snapshots and case files', async () => {
    const jft = startJft()
    await order(jft, { effect: { kind } })
    await write(jft, '1', 'First')
    const fork = await jft.simulator.sandboxes.fork('default', { name: 'copy' })
    const known = await jft.simulator.world.state.patients.recent(10, 0)
    expect(await fork?.state.patients.recent(10, 0)).toEqual(known)
    const fetch = (path: string, init?: RequestInit) =>
      jft.simulator.fetch(new Request(`http://localhost:7357${path}`, init))
    const file = (await (await fetch('/s/copy/_sim/case')).json()) as object
    const opened = await fetch('/_sim/case', { method: 'POST', body: JSON.stringify({ ...file, name: 'opened' }) })
    expect(opened.status).toBe(201)
    const world = await jft.simulator.sandboxes.find('opened')
    expect(await world?.state.patients.recent(10, 0)).toEqual(known)
    // A stamp that lies a hundred years ahead is nobody's time.
    const now = world?.time.clock.now() ?? 0
    expect((world?.time.clock.stamp() ?? 0) / 1000 - now).toBeLessThan(1_000)
  })
})
