import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { startJft } from '../surfaces/jft.fixture.ts'
import { lastSteps, NO_ANSWER, NOTE, ROOT, start } from './faults.fixture.ts'

describe('a status', () => {
  test.each([
    [401, 'expired', /^DPoP error="invalid_token", error_description="The access token has expired", algs=/, null],
    [403, 'forbidden', null, null],
    [404, 'not-found', null, null],
    [500, 'exception', null, null],
    [502, 'exception', null, null],
    [503, 'timeout', null, null],
  ])(
    '%i at the step it names, with the body and headers of the surface',
    async (status, code, challenge, retryAfter) => {
      const jft = start(startJft({ assumptions: { unauthorizedBody: 'operation-outcome' } }))
      jft.clock.freeze(Date.parse('2026-03-02T12:00:43Z'))
      await jft.order({ surface: 'jft-write', step: 'scope', effect: { kind: 'status', status } })
      const answer = await jft.submit()
      expect(answer.status).toBe(status)
      expect(await answer.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code }] })
      if (challenge) expect(answer.headers.get('www-authenticate')).toMatch(challenge)
      expect(answer.headers.get('retry-after')).toBe(retryAfter)
      expect(answer.headers.get('jftsim-fault')).toBe(`f1 status ${status}`)
      expect(await lastSteps(jft)).toEqual({
        at: 'scope',
        injected: [{ fault: 'f1', effect: `status ${status}`, step: 'scope' }],
      })
      expect(await jft.events()).toBe(0)
      expect((await jft.submit()).status).toBe(202)
    },
  )

  test('429 has the empty body of the real service, and Retry-After by the sandbox’s clock, or as ordered', async () => {
    const jft = start()
    jft.clock.freeze(Date.parse('2026-03-02T12:00:43Z'))
    await jft.order({ preset: 'too-many-requests', times: 1 })
    await jft.order({ preset: 'too-many-requests', times: 1, effect: { kind: 'status', status: 429, retryAfter: 3 } })
    for (const seconds of ['17', '3']) {
      const answer = await jft.submit()
      expect([answer.status, answer.headers.get('retry-after'), await answer.text()]).toEqual([429, seconds, ''])
    }
  })

  test.each([
    [{}, null],
    [{ retryAfter: 0 }, '0'],
    [{ retryAfter: 'minute' }, '17'],
    [{ retryAfter: 'date' }, 'Mon, 02 Mar 2026 12:01:00 GMT'],
    [{ retryAfter: { date: 2 } }, 'Mon, 02 Mar 2026 12:00:45 GMT'],
  ])('503 has a Retry-After only where it was ordered: %j', async (ordered, retryAfter) => {
    for (const surface of ['jft-write', undefined]) {
      const jft = start()
      jft.clock.freeze(Date.parse('2026-03-02T12:00:43Z'))
      await jft.order({
        ...(surface && { surface }),
        step: 'store',
        effect: { kind: 'status', status: 503, ...ordered },
      })
      expect((await jft.submit()).headers.get('retry-after')).toBe(retryAfter)
    }
  })

  test('HelseID words it as OAuth', async () => {
    const jft = start()
    await jft.order({ preset: 'helseid-down', times: 1 })
    const answer = await jft.simulator.fetch(new Request(`${ROOT}/helseid/connect/token`, { method: 'POST' }))
    expect([answer.status, await answer.json()]).toMatchObject([503, { error: 'temporarily_unavailable' }])
  })

  test('a page without steps fails on its way out', async () => {
    const jft = start()
    await jft.order({ surface: 'helseid', effect: { kind: 'status', status: 502 } })
    const url = `${ROOT}/helseid/.well-known/openid-configuration`
    expect((await jft.simulator.fetch(new Request(url))).status).toBe(502)
    expect((await jft.simulator.fetch(new Request(url))).status).toBe(200)
  })

  test('VKP answers with its Bearer challenge', async () => {
    const jft = start()
    await jft.order({ surface: 'vkp', step: 'token', effect: { kind: 'status', status: 401 } })
    const answer = await jft.simulator.fetch(new Request(`${ROOT}/vkp/epj/r4/312229544/bundle`, { method: 'POST' }))
    expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer error="invalid_token"/)
  })
})

describe('a broken connection', () => {
  test('before: nothing was stored, and fetch rejects', async () => {
    const jft = start()
    await jft.order({ preset: 'lost-request' })
    await expect(jft.submit()).rejects.toThrow(TypeError)
    expect(await jft.events()).toBe(0)
    expect(await jft.lastExchange()).toMatchObject({ response: { status: 0 }, injected: [{ step: 'store' }] })
  })

  test('the retry trap: the event was stored, the answer is lost, and the retry makes a second one', async () => {
    const jft = start()
    await jft.order({ preset: 'retry-trap' })
    await expect(jft.submit()).rejects.toMatchObject(NO_ANSWER)
    expect(await jft.events()).toBe(1)
    expect(await lastSteps(jft)).toMatchObject({ at: 'answer' })
    expect((await jft.submit()).status).toBe(202)
    expect(((await (await jft.search()).json()) as Bundle).entry).toHaveLength(2)
  })

  test('a refused request does not use the trap up', async () => {
    const jft = start()
    await jft.order({ preset: 'retry-trap' })
    expect((await jft.submit({ body: '{}' })).status).toBe(400)
    await expect(jft.submit()).rejects.toMatchObject(NO_ANSWER)
  })
})

describe('a spoilt answer', () => {
  test('is cut off, and Content-Length says the whole length', async () => {
    const jft = start()
    await jft.submit()
    await jft.order({ preset: 'cut-off' })
    const answer = await jft.search()
    expect(Number(answer.headers.get('content-length'))).toBeGreaterThan(200)
    const reader = answer.body?.getReader()
    expect((await reader?.read())?.value).toHaveLength(200)
    await expect(reader?.read()).rejects.toMatchObject(NO_ANSWER)
  })

  test('comes slowly, in parts, and whole', async () => {
    const jft = start()
    await jft.order({ surface: 'jft-read', effect: { kind: 'slow-body', bytesPerSecond: 5_000 } })
    const parts: number[] = []
    for await (const part of (await jft.search()).body ?? []) parts.push(part.length)
    const answer = await jft.search()
    expect(parts.length).toBeGreaterThan(0)
    expect(parts.reduce((sum, part) => sum + part, 0)).toBe((await answer.text()).length)
  })

  test('has the wrong content type', async () => {
    const jft = start()
    await jft.order({ preset: 'html-answer' })
    expect((await jft.search()).headers.get('content-type')).toBe('text/html; charset=utf-8')
  })

  test('an answer without a body does not use the fault up', async () => {
    const jft = start()
    await jft.order({ effect: { kind: 'truncate', bytes: 5 }, match: { method: 'POST', path: '/v1/*' } })
    expect((await jft.submit()).headers.get('jftsim-fault')).toBeNull()
    expect(await jft.faults()).toMatchObject([{ state: 'active', fired: 0 }])
  })
})

describe('latency', () => {
  test('is waited for, and combines with another fault', async () => {
    const jft = start()
    await jft.order({ surface: 'jft-write', step: 'type', effect: { kind: 'latency', delay: 30 } })
    await jft.order({ surface: 'jft-write', step: 'store', effect: { kind: 'status', status: 500 } })
    expect((await jft.submit()).headers.get('jftsim-fault')).toBe('f1 latency 30 ms; f2 status 500')
    const { steps } = await jft.lastExchange()
    expect(steps.filter(({ outcome }) => outcome === 'injected').map(({ name }) => name)).toEqual(['type', 'store'])
  })

  test.each([
    { distribution: 'uniform', min: 1, max: 30 },
    { distribution: 'normal', mean: 10, deviation: 5 },
    { distribution: 'exponential', mean: 5 },
  ])('$distribution: the same seed and requests wait alike', async (delay) => {
    const run = async (seed: string) => {
      const jft = start()
      await jft.order({ surface: 'jft-read', effect: { kind: 'latency', delay }, times: null, seed })
      const waits: (string | null)[] = []
      for (let n = 0; n < 4; n += 1) waits.push((await jft.search()).headers.get('jftsim-fault'))
      return waits
    }
    const waits = await run('a')
    expect(new Set(waits).size).toBeGreaterThan(1)
    expect(await run('a')).toEqual(waits)
    expect(await run('b')).not.toEqual(waits)
  })
})

describe('what becomes of an event', () => {
  test('stored twice', async () => {
    const jft = start()
    await jft.order({ preset: 'stored-twice' })
    expect((await jft.submit()).headers.get('jftsim-fault')).toBe('f1 duplicate')
    expect(await jft.events()).toBe(2)
    expect(await lastSteps(jft)).toMatchObject({ at: 'store' })
  })

  test('twice on a page; an empty page does not use the fault up', async () => {
    const jft = start()
    await jft.order({ preset: 'delivered-twice' })
    expect((await jft.search()).headers.get('jftsim-fault')).toBeNull()
    const id = await jft.submit().then((answer) => answer.headers.get('location')?.split('/').at(-2))
    const ids = async () => ((await (await jft.search()).json()) as Bundle).entry?.map((entry) => entry.resource?.id)
    expect(await ids()).toEqual([id, id])
    expect(await ids()).toEqual([id])
  })

  test('never registered', async () => {
    const jft = start()
    await jft.order({ preset: 'stuck-registration' })
    const status = (await jft.submit()).headers.get('location')?.replace(ROOT, '') ?? ''
    await jft.control('POST', '/clock/advance', { by: 'P30D' })
    expect(await (await jft.call('GET', status)).json()).toMatchObject({ registered: null, failed: null })
    expect(((await (await jft.search()).json()) as Bundle).entry).toBeUndefined()
  })

  test('failed', async () => {
    const jft = start()
    jft.clock.freeze(Date.parse('2026-03-02T12:00:00Z'))
    await jft.order({ preset: 'failed-event' })
    const status = (await jft.submit()).headers.get('location')?.replace(ROOT, '') ?? ''
    expect(await (await jft.call('GET', status)).json()).toMatchObject({ failed: '2026-03-02T12:00:00+00:00' })
  })
})

describe('which requests', () => {
  test.each([
    [{ method: 'GET' }, false],
    [{ method: 'POST', type: 'composition' }, true],
    [{ type: 'Bundle' }, false],
    [{ clientId: 'acdc0123-acdc-0123-4567-0123456789ab' }, true],
    [{ clientId: 'somebody else' }, false],
    [{ municipality: '313231593' }, true],
    [{ municipality: '312229544' }, false],
    [{ path: '/v1/*' }, true],
    [{ path: '*/$status' }, false],
  ])('%j: %j', async (match, hit) => {
    const jft = start()
    await jft.order({ surface: 'jft-write', match, effect: { kind: 'status', status: 500 } })
    expect((await jft.submit()).status).toBe(hit ? 500 : 202)
  })

  test('from the nth on, as often as it should', async () => {
    const jft = start()
    await jft.order({ surface: 'jft-write', match: { nth: 2 }, effect: { kind: 'status', status: 500 }, times: 2 })
    const statuses: number[] = []
    for (let n = 0; n < 4; n += 1) statuses.push((await jft.submit()).status)
    expect(statuses).toEqual([202, 500, 500, 202])
    expect(await jft.faults()).toMatchObject([{ state: 'used', seen: 3, fired: 2 }])
  })

  test('a queue: one fault for each request, in order of creation', async () => {
    const jft = start()
    for (const status of [503, 502, 500]) await jft.order({ surface: 'jft-write', effect: { kind: 'status', status } })
    const statuses: number[] = []
    for (let n = 0; n < 4; n += 1) statuses.push((await jft.submit()).status)
    expect(statuses).toEqual([503, 502, 500, 202])
  })

  test('some, always the same with the same seed', async () => {
    const run = async (seed: string) => {
      const jft = start()
      await jft.order({ preset: 'flaky-search', probability: 0.5, seed })
      const statuses: number[] = []
      for (let n = 0; n < 12; n += 1) statuses.push((await jft.search()).status)
      return statuses
    }
    const statuses = await run('a')
    expect(new Set(statuses)).toEqual(new Set([200, 503]))
    expect(await run('a')).toEqual(statuses)
    expect(await run('b')).not.toEqual(statuses)
  })

  test('the control API is never hit, nor another sandbox', async () => {
    const jft = start()
    await jft.control('POST', '/sandboxes', { name: 'one' })
    await jft.simulator.fetch(
      new Request(`${ROOT}/s/one/_sim/faults`, {
        method: 'POST',
        body: JSON.stringify({ effect: { kind: 'status', status: 500 }, times: null }),
      }),
    )
    expect((await jft.submit()).status).toBe(202)
    expect((await jft.simulator.fetch(new Request(`${ROOT}/s/one/_sim/events`))).status).toBe(200)
  })
})

describe('the control API while faults are active', () => {
  const outage = { effect: { kind: 'reset', when: 'before' }, times: null }

  test('explains what a fault would do, and uses it up on a copy only', async () => {
    const jft = start()
    await jft.order(outage)
    const answer = await jft.control('POST', '/explain', { url: '/write/v1/Composition', body: NOTE })
    expect(await answer.json()).toMatchObject({ status: 0, exchange: { injected: [{ fault: 'f1', step: 'type' }] } })
    expect(await jft.faults()).toMatchObject([{ seen: 0, fired: 0 }])
  })

  test.each([outage, { effect: { kind: 'status', status: 500 } }])(
    'says so when it calls into one: %j',
    async (fault) => {
      const jft = start()
      await jft.order(fault)
      const answer = await jft.control('GET', '/curl?method=GET&path=/read/v1/Bundle')
      expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining('injected-call')])
    },
  )
})
