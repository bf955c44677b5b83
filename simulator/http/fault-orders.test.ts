import { describe, expect, test } from 'vitest'
import type { FaultPresetList } from '../surfaces/control/types.ts'
import { start } from './faults.fixture.ts'

describe('a fault ends', () => {
  test('on its own, on the sandbox’s clock', async () => {
    const jft = start()
    jft.clock.freeze(Date.parse('2026-03-02T12:00:00Z'))
    const { expires } = await jft.order({ preset: 'outage', expiresAfter: 'PT1M' })
    expect(expires).toBe('2026-03-02T12:01:00.000Z')
    expect((await jft.submit()).status).toBe(503)
    await jft.control('POST', '/clock/advance', { by: 'PT1M' })
    expect((await jft.submit()).status).toBe(202)
    expect(await jft.faults()).toMatchObject([{ state: 'expired', fired: 1 }])
  })

  test('when it is deleted, or all are', async () => {
    const jft = start()
    const { id } = await jft.order({ preset: 'outage' })
    expect((await jft.control('GET', `/faults/${id}`)).status).toBe(200)
    expect((await jft.control('DELETE', `/faults/${id}`)).status).toBe(204)
    expect((await jft.control('DELETE', `/faults/${id}`)).status).toBe(404)
    await jft.order({ preset: 'outage' })
    expect((await jft.control('DELETE', '/faults')).status).toBe(204)
    expect((await jft.submit()).status).toBe(202)
    expect(await jft.faults()).toEqual([])
  })

  test('with a reset of the sandbox; a snapshot keeps it, with what it has counted', async () => {
    const jft = start()
    await jft.order({ preset: 'too-many-requests' })
    await jft.submit()
    await jft.control('POST', '/sandboxes/default/snapshots/kept')
    await jft.control('DELETE', '/faults')
    await jft.control('POST', '/sandboxes/default/snapshots/kept/restore')
    expect(await jft.faults()).toMatchObject([{ id: 'f1', state: 'active', seen: 1, fired: 1 }])
    expect((await jft.submit()).status).toBe(429)
    await jft.control('POST', '/reset')
    expect(await jft.faults()).toEqual([])
  })
})

describe('what is wrong with an order', () => {
  const status = { kind: 'status', status: 500 }
  test.each([
    [{}, '/effect', 'an effect or a preset is needed'],
    [{ effect: { kind: 'statsu' } }, '/effect/kind', 'there is no effect "statsu". Did you mean status?'],
    [{ effect: { kind: 'status', status: 418 } }, '/effect/status', 'must be one of 400'],
    [{ effect: status, surface: 'jft-wrte' }, '/surface', 'Did you mean jft-write?'],
    [{ effect: status, surface: 'control' }, '/surface', 'there is no surface "control"'],
    [{ effect: status, surface: 'jft-write', step: 'stor' }, '/step', 'Did you mean store?'],
    [{ effect: { kind: 'failed' }, step: 'token' }, '/step', 'failed cannot fire at the step token'],
    [
      { effect: { kind: 'reset', when: 'after' }, surface: 'jft-write', step: 'store' },
      '/step',
      'reset with "when": "after" cannot fire at the step store of jft-write. It can at answer.',
    ],
    [{ effect: { kind: 'dpop-nonce' }, surface: 'vkp' }, '/surface', 'it is for jft-write, jft-read'],
    [{ effect: status, probability: 0.5 }, '/seed', 'need a seed'],
    [
      { effect: { kind: 'latency', delay: { distribution: 'exponential', mean: 5 } } },
      '/seed',
      'random values need a seed',
    ],
    [{ effect: { kind: 'latency', delay: { distribution: 'pareto' } } }, '/effect/delay', 'must be milliseconds'],
    [{ effect: status, expiresAfter: 'soon' }, '/expiresAfter', 'must be a duration such as PT10M'],
    [{ effect: status, tmes: 2 }, '', 'there is no member "tmes". Did you mean times?'],
    [{ preset: 'outtage' }, '/preset', 'Did you mean outage?'],
    [{ effect: status, match: { municipality: '1' } }, '/match/municipality', 'must be nine digits'],
  ])('%j', async (order, pointer, message) => {
    const jft = start()
    const answer = await jft.control('POST', '/faults', order)
    const { issues } = (await answer.json()) as { issues: { pointer: string; message: string }[] }
    expect([answer.status, issues.length, issues[0]?.pointer]).toEqual([400, 1, pointer])
    expect(issues[0]?.message).toContain(message)
  })
})

describe('presets', () => {
  test('each can be ordered by its name, and has a sentence', async () => {
    const jft = start()
    const { presets } = (await (await jft.control('GET', '/faults/presets')).json()) as FaultPresetList
    for (const { name, sentence } of presets) {
      expect(await jft.order({ preset: name })).toMatchObject({ preset: name, state: 'active' })
      expect(sentence, name).toMatch(/a good \w+ .*\.$|gets a time-out/)
    }
  })
})

test('the stream tells when a fault is added, fires and ends', async () => {
  const jft = start()
  const stream = await jft.control('GET', '/stream')
  await jft.order({ surface: 'jft-write', effect: { kind: 'status', status: 500 }, note: 'a rainy day' })
  await jft.submit()
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  while (!text.includes('"change":"ended"')) text += (await reader?.read())?.value
  await reader?.cancel()
  const messages = [...text.matchAll(/event: fault\ndata: (.*)\n/g)].map(([, data = '']) => JSON.parse(data))
  expect(messages).toMatchObject([
    { change: 'added', exchange: null, fault: { id: 'f1', note: 'a rainy day', state: 'active' } },
    { change: 'fired', exchange: expect.stringMatching(/^x\d+$/), fault: { fired: 1 } },
    { change: 'ended', exchange: null, fault: { state: 'used' } },
  ])
})
