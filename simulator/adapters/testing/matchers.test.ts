import { describe, expect, test } from 'vitest'
import { alarmFactory, MUNICIPALITIES, noteFactory, spoil } from '../../../fixtures/index.ts'
import { createSimulator } from '../../index.ts'
import { type JftMatchers, jftMatchers } from './matchers.ts'
import { createSandbox } from './sandbox.ts'
import type { Sandbox } from './sandbox-types.ts'

declare module 'vitest' {
  interface Matchers<T> extends JftMatchers<Promise<T>> {}
}

expect.extend(jftMatchers)

const { fetch, world } = createSimulator()
const MUNICIPALITY = MUNICIPALITIES.jft

const newSandbox = (name: string) =>
  createSandbox({ name: 'default', urls: world.net.origins.local, fetch }, { name, frozenAt: '2026-03-02T12:00:00Z' })

async function acknowledge(sandbox: Sandbox, path: string): Promise<void> {
  const url = `${sandbox.urls['jft-write']}/v1/${path}/$journaling-acknowledged`
  const token = await sandbox.token(MUNICIPALITY, { client: 'EHR-Local' })
  const headers = { ...(await token.authorize('POST', url)) }
  await sandbox.fetch(new Request(url, { method: 'POST', headers }))
}

async function sendSpoiled(sandbox: Sandbox): Promise<void> {
  const url = `${sandbox.urls['jft-write']}/v1/Composition`
  const token = await sandbox.token(MUNICIPALITY)
  const headers = { ...(await token.authorize('POST', url)), 'content-type': 'application/json' }
  const body = spoil(noteFactory.build(), 'missing-mandatory')
  await sandbox.fetch(new Request(url, { method: 'POST', headers, body }))
}

describe('toHaveJournaledEverything', () => {
  test('holds when every event was acknowledged', async () => {
    const sandbox = await newSandbox('journaled')
    const { id } = await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    await acknowledge(sandbox, `Composition/${id}`)
    await expect(sandbox).toHaveJournaledEverything()
  })

  test('lists the events that were not', async () => {
    const sandbox = await newSandbox('open')
    const { id } = await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    const { id: done } = await sandbox.submit(alarmFactory.build(), MUNICIPALITY)
    await acknowledge(sandbox, `Bundle/${done}`)
    await expect(sandbox).not.toHaveJournaledEverything()
    const { message } = await jftMatchers.toHaveJournaledEverything(sandbox)
    expect(message().split('\n')).toEqual([
      'open has 1 of 2 events that nobody has acknowledged:',
      `  Composition/${id} for 313231593 from Bruno-Local: not read`,
    ])
  })

  test('does not hold for a sandbox without events', async () => {
    const { pass, message } = await jftMatchers.toHaveJournaledEverything(await newSandbox('empty'))
    expect([pass, message()]).toEqual([false, 'empty has no events at all.'])
  })
})

describe('toHaveReceived', () => {
  test('counts by type and municipality', async () => {
    const sandbox = await newSandbox('received')
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    await sandbox.submit(noteFactory.build(), MUNICIPALITIES.vkpProxy)
    await expect(sandbox).toHaveReceived()
    await expect(sandbox).toHaveReceived({ times: 2 })
    await expect(sandbox).toHaveReceived({ type: 'Composition', municipality: MUNICIPALITY, times: 1 })
    await expect(sandbox).not.toHaveReceived({ type: 'Composition', times: 1 })
    await expect(sandbox).not.toHaveReceived({ type: 'Bundle' })
    await expect(sandbox).toHaveReceived({ type: 'Bundle', times: 0 })
  })

  test('says what came, and what JFT refused', async () => {
    const sandbox = await newSandbox('refused')
    const { id } = await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    await sendSpoiled(sandbox)
    const { message } = await jftMatchers.toHaveReceived(sandbox, { municipality: MUNICIPALITY, times: 2 })
    const [refused] = await sandbox.exchanges({ refused: true, surface: 'jft-write' })
    expect(message().split('\n')).toEqual([
      'refused has received 1 events of 313231593, expected 2.',
      'All events:',
      `  Composition/${id} for 313231593 from Bruno-Local: not read`,
      'Refused by JFT:',
      `  ${refused?.id} POST http://localhost:7357/s/refused/write/v1/Composition: 400`,
      `    r4-missing-element: Composition.status: ${refused?.issues[0]?.message}`,
    ])
  })
})

describe('toHaveRefusedNothing', () => {
  test('does not count the nonce that every first token request is asked for', async () => {
    const sandbox = await newSandbox('nothing')
    await sandbox.submit(noteFactory.build(), MUNICIPALITY)
    expect(await sandbox.exchanges({ refused: true })).toHaveLength(1)
    await expect(sandbox).toHaveRefusedNothing()
  })

  test('lists what was refused, and why', async () => {
    const sandbox = await newSandbox('something')
    await sendSpoiled(sandbox)
    await expect(sandbox).not.toHaveRefusedNothing()
    const { message } = await jftMatchers.toHaveRefusedNothing(sandbox)
    expect(message()).toContain('something has refused 1 request:')
    expect(message()).toContain('/write/v1/Composition: 400\n    r4-missing-element: Composition.status: ')
  })
})
