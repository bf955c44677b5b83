import { describe, expect, test, vi } from 'vitest'
import { createSimulator, type Simulator } from '../simulator.ts'
import { headerOfText, textOfHeader, wireHeaders } from './header-text.ts'

const BASE = 'http://localhost:7357'

async function journalOf(simulator: Simulator) {
  const { exchanges } = (await (await simulator.fetch(new Request(`${BASE}/_sim/exchanges`))).json()) as {
    exchanges: { status: number; issues: { rule: string }[]; surface: string; id: string }[]
  }
  return exchanges
}

/** Ways to break the simulator from within, each at another place of the pipeline. */
const BROKEN: Readonly<Record<string, (simulator: Simulator) => void>> = {
  'a handler': ({ world }) => void vi.spyOn(world.state.notes, 'list').mockRejectedValue(new Error('broken')),
  'opening an exchange': ({ world }) =>
    void vi.spyOn(world.state.journal, 'open').mockRejectedValueOnce(new Error('broken')),
  'writing the exchange': ({ world }) =>
    void vi.spyOn(world.state.journal, 'record').mockRejectedValueOnce(new Error('broken')),
  'finding the sandbox': ({ sandboxes }) => void vi.spyOn(sandboxes, 'find').mockRejectedValueOnce(new Error('broken')),
  'finding the surface': ({ world }) =>
    void vi.spyOn(world.net.origins, 'route').mockImplementationOnce(() => {
      throw new Error('broken')
    }),
  'the clock': ({ world }) =>
    void vi.spyOn(world.time.clock, 'now').mockImplementationOnce(() => {
      throw new Error('broken')
    }),
}

describe('whatever throws becomes a 500 that says it is ours, in the journal', () => {
  test.each(Object.entries(BROKEN))('%s', async (_where, spoil) => {
    const simulator = createSimulator()
    spoil(simulator)
    const answer = await simulator.fetch(new Request(`${BASE}/ehr/journal/313231593`))
    const text = await answer.text()
    expect([answer.status, text]).toEqual([500, expect.stringContaining('The simulator failed.')])
    expect(answer.headers.get('jftsim-exchange')).toMatch(/#\/exchanges\/x\d+$/)
    vi.restoreAllMocks()
    const [newest] = await journalOf(simulator)
    expect(newest).toMatchObject({ status: 500, issues: [{ rule: 'sim-fault' }] })
    expect((await simulator.fetch(new Request(`${BASE}/ehr/journal/313231593`))).status).toBe(200)
  })

  test('even when the journal is broken for good', async () => {
    const simulator = createSimulator()
    vi.spyOn(simulator.world.state.journal, 'record').mockRejectedValue(new Error('broken'))
    const answer = await simulator.fetch(new Request(`${BASE}/ehr/journal/313231593`))
    expect([answer.status, (await answer.text()).includes('The simulator failed.')]).toEqual([500, true])
  })
})

describe('a client id that no header can have is refused, and not registered', () => {
  const jwk = { kty: 'EC', crv: 'P-256', x: 'A'.repeat(43), y: 'A'.repeat(43) }

  test.each(['x😀', 'a\nb', 'a\rb', 'a\u2028b', 'a\u0000b', 'blå', 'a\tb', '', 'x'.repeat(201)])(
    '%o',
    async (clientId) => {
      const simulator = createSimulator()
      const body = { clientId, tenancy: 'none', organization: '994598759', publicKeys: [jwk] }
      const answer = await simulator.fetch(
        new Request(`${BASE}/_sim/clients`, { method: 'POST', body: JSON.stringify(body) }),
      )
      expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('clientId')])
      expect((await simulator.world.state.clients.list()).some((client) => client.clientId === clientId)).toBe(false)
    },
  )

  test.each(['a b', 'a/b?c#d', 'a%2fb', '../_sim/reset', 'a:b@c'])('%o is found at its Location', async (clientId) => {
    const simulator = createSimulator()
    const body = { clientId, tenancy: 'none', organization: '994598759', publicKeys: [jwk] }
    const answer = await simulator.fetch(
      new Request(`${BASE}/_sim/clients`, { method: 'POST', body: JSON.stringify(body) }),
    )
    const found = await simulator.fetch(new Request(answer.headers.get('location') ?? BASE))
    expect([answer.status, await found.json()]).toEqual([201, expect.objectContaining({ clientId })])
  })
})

describe('header text is UTF-8', () => {
  test.each(['Blåbær 1.0', 'Ωmega', '😀', 'plain', 'Blåbær'.normalize('NFD')])('%s comes back', (text) => {
    const value = headerOfText(text)
    expect(textOfHeader(new Headers({ x: value }).get('x') ?? '')).toBe(text)
  })

  test('bytes that are no UTF-8 are Latin-1', () => {
    expect(textOfHeader('Bl\u00e5b\u00e6r 1.0')).toBe('Blåbær 1.0')
  })

  test('what cannot stand in a header is written otherwise, and what came as bytes stays', () => {
    const headers = wireHeaders({ a: 'x😀', b: 'a\r\nb: c', c: 'Bl\u00e5', d: 'a\u0000b', e: 5 })
    expect(() => new Headers(headers)).not.toThrow()
    expect([headers.b, headers.c, headers.d, headers.e]).toEqual(['a?b: c', 'Bl\u00e5', 'a?b', '5'])
  })

  test.each([
    ['as UTF-8', headerOfText('Blåbær 1.0')],
    ['as Latin-1', 'Bl\u00e5b\u00e6r 1.0'],
  ])('nhn-source-system %s is what its writer meant, in the event and in the journal', async (_how, value) => {
    const simulator = createSimulator({ auth: 'relaxed' })
    const headers = {
      'jftsim-municipality': '313231593',
      'content-type': 'application/json;charset=utf8',
      'nhn-source-system': value,
      'nhn-event-id': value,
    }
    const note = { resourceType: 'Composition', status: 'final', type: { text: 'x' }, author: [{ display: 'x' }] }
    const body = JSON.stringify({ ...note, title: 'x', date: '2026-05-26' })
    const answer = await simulator.fetch(new Request(`${BASE}/write/v1/Composition`, { method: 'POST', headers, body }))
    expect([answer.status, textOfHeader(answer.headers.get('nhn-event-id') ?? '')]).toEqual([202, 'Blåbær 1.0'])
    const [event] = await simulator.world.state.events.recent(1, 0)
    expect(event?.sourceSystem).toBe('Blåbær 1.0')
    const [exchange] = await simulator.world.state.journal.list({ limit: 1 })
    expect(exchange?.request.headers).toContainEqual(['nhn-source-system', 'Blåbær 1.0'])
    const found = await simulator.fetch(
      new Request(`${BASE}/read/v1/Composition`, { headers: { 'jftsim-municipality': '313231593' } }),
    )
    expect(await found.text()).toContain('"code":"Blåbær 1.0"')
  })

  test('the name of a system and of a municipality reach JFT through VKP, whatever they are written with', async () => {
    const simulator = createSimulator({
      auth: 'relaxed',
      assumptions: { vkpSourceSystem: 'vkp-id' },
      routes: [{ orgnr: '*', mode: 'proxy' }],
    })
    for (const orgnr of ['312229544', '%F0%9F%98%80', '%C3%A5', 'a%0Ab']) {
      const answer = await simulator.fetch(
        new Request(`${BASE}/vkp/epj/r4/${orgnr}/composition`, { method: 'POST', body: '{}' }),
      )
      expect([orgnr, answer.status < 500]).toEqual([orgnr, true])
    }
  })
})

describe('a charset is UTF-8 by any of its names', () => {
  const status = async (type: string) => {
    const simulator = createSimulator({ auth: 'relaxed' })
    const headers = { 'jftsim-municipality': '313231593', 'content-type': type }
    const request = new Request(`${BASE}/write/v1/Composition`, { method: 'POST', headers, body: '{}' })
    return (await simulator.fetch(request)).status
  }

  test.each(['utf-8', 'utf8', 'UTF8', '"utf8"', 'unicode-1-1-utf-8'])('%s', async (charset) => {
    expect(await status(`application/json; charset=${charset}`)).toBe(400)
  })

  test.each(['iso-8859-1', 'utf-16', 'latin1', 'utf-7', 'x'])('%s is not', async (charset) => {
    expect(await status(`application/json; charset=${charset}`)).toBe(415)
  })
})
