import { describe, expect, test } from 'vitest'
import { noteFactory } from '../fixtures/index.ts'
import { DOORS, filledPath } from './doors.fixture.ts'
import { IN_JSON, IN_URLS, NO_NUMBERS, NUMBER, SPELLINGS, shows } from './ground/text/mask/mask.fixture.ts'
import { isSampled } from './sample.fixture.ts'
import type { Simulator } from './simulator.ts'
import { createSimulator } from './simulator.ts'
import { startJft } from './surfaces/jft.fixture.ts'

/*
 * A number of the real series in every spelling, sent to every endpoint in every place of a request, is in no answer and in
 * nothing that any endpoint shows afterwards.
 */

const BASE = 'http://localhost:7357'
const MUNICIPALITY = '313231593'

/** Every spelling once, in a JSON object. */
const MEMBERS = [
  ...Object.values(SPELLINGS).map((text, index) => `"m${index}":${JSON.stringify(text)}`),
  ...Object.values(IN_JSON).map((raw, index) => `"j${index}":"${raw}"`),
  `"number":${NUMBER}`,
  `"negative":-${NUMBER}`,
  `"list":[${NUMBER},"${NUMBER}"]`,
  `"${NUMBER}":1`,
  `"token":"${token()}"`,
].join(',')

const PARAMETERS = [
  ...Object.values(SPELLINGS).map((text, index) => `p${index}=${encodeURIComponent(text)}`),
  ...Object.values(IN_URLS).map((raw, index) => `u${index}=${raw}`),
  `${NUMBER}=1`,
  `identifier=${NUMBER}&patient.identifier=urn%3Aoid%3A2.16.578.1.12.4.1.4.1%7C${NUMBER}&cursor=${NUMBER}&client_id=fnr${NUMBER}`,
  `client_assertion=${token()}&subject_token=${token()}&text=${NUMBER}&client=${NUMBER}&limit=${NUMBER}`,
].join('&')

/** A token that nobody has signed, with the number in its header and in its payload. */
function token(): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return [part({ alg: 'RS256', kid: NUMBER }), part({ pid: NUMBER, name: SPELLINGS['with two blanks'] }), 'c2ln'].join(
    '.',
  )
}

const event = (spelt: string) => ({
  municipality: MUNICIPALITY,
  resource: { ...noteFactory.build(), title: spelt },
  sourceSystem: spelt,
  clientName: spelt,
  clientId: spelt,
})

/** Bodies by content type: all spellings, and what endpoints read of a body. */
const BODIES: readonly (readonly [string, string])[] = [
  ['application/json', `{"resourceType":"Composition",${MEMBERS}}`],
  ['application/json', `{"resourceType":"Composition",${MEMBERS}`],
  ['application/json', JSON.stringify({ ...noteFactory.build(), title: SPELLINGS['after a line break'], id: NUMBER })],
  ['application/json', JSON.stringify({ seed: NUMBER, name: `n${NUMBER}`, events: [event(`fnr ${NUMBER}`)] })],
  [
    'application/json',
    JSON.stringify({ clientId: NUMBER, name: `x\n${NUMBER}`, note: `fnr${NUMBER}`, preset: NUMBER }),
  ],
  [
    'application/json',
    JSON.stringify({
      routes: [{ orgnr: '*', vkpId: `x ${NUMBER}`, mode: 'classic' }],
      register: [{ orgnr: '*', vkpId: NUMBER, active: true, serviceCodes: [] }],
    }),
  ],
  [
    'application/json',
    JSON.stringify({ url: `/read/v1/Composition?a=${NUMBER}`, method: 'POST', body: `x\n${NUMBER}`, text: NUMBER }),
  ],
  ['application/x-www-form-urlencoded', PARAMETERS],
  ['text/plain', Object.values(SPELLINGS).join('\n\n---\n\n')],
]

const HEADERS = [
  'nhn-source-system',
  'nhn-event-id',
  'servicecodes',
  'jftsim-municipality',
  'user-agent',
  'accept',
  'cookie',
  'x-auth-key',
  'last-event-id',
  'audience',
]
const ASCII = Object.values(SPELLINGS)
  .filter((text) => /^[\x20-\x7e]+$/.test(text))
  .join('; ')

const headersOf = (type: string) => ({
  ...Object.fromEntries(HEADERS.map((name) => [name, name === 'last-event-id' ? '0' : `x ${ASCII}`])),
  authorization: `DPoP ${token()}`,
  dpop: token(),
  'content-type': type,
})

/** What every endpoint is asked for in the end: what is there. */
async function known(simulator: Simulator): Promise<Record<string, string>> {
  const read = async <T>(path: string) =>
    (await (await simulator.fetch(new Request(`${BASE}/_sim/${path}`))).json()) as T
  const { exchanges } = await read<{ exchanges: { id: string; method: string; surface: string }[] }>(
    'exchanges?limit=1000',
  )
  const { faults } = await read<{ faults: { id: string }[] }>('faults')
  const { clients } = await read<{ clients: { clientId: string }[] }>('clients')
  const { events } = await read<{ events: { id: string; type: string }[] }>('events')
  return {
    'exchanges/:id': exchanges.find(({ method, surface }) => method === 'POST' && surface === 'jft-write')?.id ?? '',
    'faults/:id': faults[0]?.id ?? 'none',
    ':clientId': clients[0]?.clientId ?? '',
    ':type': events[0]?.type ?? 'Composition',
    ':id': events[0]?.id ?? 'none',
    ':orgnr': MUNICIPALITY,
    'sandboxes/:name': 'default',
    ':name': 'ehr',
  }
}

/** All that an answer has; of a stream, what it has after a while. */
async function whole(answer: Response): Promise<string> {
  const head = [...answer.headers].flat().join('\n')
  if (answer.headers.get('content-type') !== 'text/event-stream') return `${head}\n${await answer.text()}`
  const reader = answer.body?.getReader()
  const chunks: string[] = []
  const end = setTimeout(() => void reader?.cancel(), 300)
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
    if (value) chunks.push(new TextDecoder().decode(value))
    if (done) break
  }
  clearTimeout(end)
  return `${head}\n${chunks.join('')}`
}

const linesWith = (where: string, text: string) =>
  text
    .split('\n')
    .filter((line) => shows(line))
    .map((line) => `${where}: ${line.slice(0, 300)}`)

describe('a number of the real series', () => {
  test('in every place of a request to every endpoint is in no answer, and in nothing that is shown afterwards', async () => {
    // An EHR of the vendor's own that answers with real numbers.
    const outbound = () =>
      Promise.resolve(
        new Response(`{"resourceType":"Bundle",${MEMBERS}}`, { headers: { 'content-type': 'application/fhir+json' } }),
      )
    const routes = [{ orgnr: '312229544', vkpId: '*', mode: 'classic' as const, ehrUrl: 'https://ehr.example/fhir' }]
    const simulator = createSimulator({ auth: 'relaxed', routes }, { outbound })
    const send = (method: string, url: string, init: RequestInit = {}) =>
      simulator.fetch(new Request(url, { method, ...init }))
    const { local } = simulator.world.net.origins
    const leaks: string[] = []
    const ask = async (method: string, url: string, init?: RequestInit) => {
      const text = await whole(await send(method, url, init))
      leaks.push(...linesWith(`${method} ${url.slice(0, 80)}`, text))
      return text
    }
    await send('POST', `${local['jft-write']}/v1/Composition`, {
      body: JSON.stringify({ ...noteFactory.build(), title: NUMBER }),
      headers: { 'content-type': 'application/json', 'jftsim-municipality': MUNICIPALITY },
    })
    const values = await known(simulator)
    const seen: string[] = []
    for (const door of DOORS) {
      const isDestructive = door.method === 'DELETE' || /reset|restore|stream/.test(door.path)
      if (isDestructive) continue
      const url = local[door.surface] + filledPath(door, values, NUMBER)
      if (door.method === 'GET') {
        seen.push(await ask('GET', `${url}?${PARAMETERS}`, { headers: headersOf('text/plain') }))
        continue
      }
      for (const [at, [type, body]] of BODIES.entries())
        if (isSampled(`${door.method} ${door.path} ${at}`))
          seen.push(await ask(door.method, url, { body, headers: headersOf(type) }))
    }
    for (const door of DOORS.filter(({ path }) => path.includes(':'))) {
      for (const spelt of [NUMBER, `fnr ${NUMBER}`, SPELLINGS['with two blanks'] ?? '']) {
        const url = local[door.surface] + filledPath(door, {}, encodeURIComponent(spelt))
        seen.push(await ask(door.method, url, door.method === 'GET' ? {} : { body: '{}' }))
      }
    }
    await ask('POST', `${local.vkp}/epj/r4/312229544/patient/_search`, {
      body: `identifier=${NUMBER}`,
      headers: { servicecodes: 'ta', 'content-type': 'application/x-www-form-urlencoded' },
    })
    for (const path of [`/s/n${NUMBER}/_sim/info`, `/${NUMBER}`, `/s/x/%20${NUMBER}`]) await ask('GET', BASE + path)
    await ask('GET', `http://n${NUMBER}.example/`)
    expect(seen.join('\n')).toContain('***********')
    expect(leaks.slice(0, 20)).toEqual([])

    const later = await known(simulator)
    for (const door of DOORS.filter(({ method }) => method === 'GET')) {
      await ask('GET', local[door.surface] + filledPath(door, later, 'none'), {
        headers: { 'jftsim-municipality': MUNICIPALITY, ...(door.path === '/stream' ? { 'last-event-id': '0' } : {}) },
      })
    }
    const { exchanges } = (await (await send('GET', `${local.control}/exchanges?limit=1000`)).json()) as {
      exchanges: { id: string }[]
    }
    for (const { id } of exchanges.filter((_, index) => index % 10 === 0)) {
      for (const part of ['', '/curl', '/test', '/har']) await ask('GET', `${local.control}/exchanges/${id}${part}`)
    }
    expect(leaks.slice(0, 20)).toEqual([])
  })
})

describe('an event with such a number', () => {
  const jft = startJft({ assumptions: { identityNumberScope: 'identifiers' } })
  const spelt = [
    ...Object.entries(SPELLINGS).map(([name, text]) => [name, JSON.stringify(text)] as const),
    ...Object.entries(IN_JSON).map(([name, raw]) => [name, `"${raw}"`] as const),
  ]

  test.each(spelt)('is accepted, kept masked, and says so: %s', async (_, raw) => {
    const body = JSON.stringify({ ...noteFactory.build(), title: '@' }).replace('"@"', () => raw)
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect([answer.status, answer.headers.get('jftsim-masked')]).toEqual([202, '/title'])
    const { warnings } = await jft.lastExchange()
    expect(warnings).toMatchObject([{ rule: 'identity-number-masked', pointer: '/title' }])
    const found = JSON.stringify(await jft.search('Composition?_count=1&_sort=-_lastUpdated'))
    expect(shows(found)).toBe(false)
  })

  test('in several places names each, and a number stays a number', async () => {
    const extension = [{ url: 'http://example.org/æ', valueDecimal: 0 }]
    const note = JSON.stringify({ ...noteFactory.build(), extension, title: `fnr${NUMBER}`, language: 'nb' })
    const body = note.replace('"valueDecimal":0', `"valueDecimal":${NUMBER}`)
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect(answer.headers.get('jftsim-masked')?.split(', ').toSorted()).toEqual(['/extension/0/valueDecimal', '/title'])
    const { entry } = await jft.search('Composition?_count=1&_sort=-_lastUpdated')
    expect(entry?.[0]?.resource).toMatchObject({ extension: [{ valueDecimal: 0 }], title: 'fnr***********' })
  })

  test.each(Object.entries(NO_NUMBERS))('but what is none comes back as it was sent: %s', async (_, text) => {
    const body = JSON.stringify({ ...noteFactory.build(), title: text })
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect([answer.status, answer.headers.get('jftsim-masked')]).toEqual([202, null])
    const { entry } = await jft.search('Composition?_count=1&_sort=-_lastUpdated')
    expect(entry?.[0]?.resource).toMatchObject({ title: text })
  })

  test('is named to who sent it through VKP and to the record system too', async () => {
    const simulator = createSimulator({ auth: 'relaxed', routes: [{ orgnr: '313231593', vkpId: '*', mode: 'proxy' }] })
    const body = JSON.stringify({ ...noteFactory.build(), title: NUMBER })
    for (const path of [
      '/vkp/epj/r4/313231593/composition',
      '/vkp/epj/r4/312229544/composition',
      '/ehr/journal/313231593/Composition',
    ]) {
      const answer = await simulator.fetch(
        new Request(BASE + path, { method: 'POST', body, headers: { 'content-type': 'application/json' } }),
      )
      expect([path, answer.status < 300, answer.headers.get('jftsim-masked')]).toEqual([path, true, '/title'])
    }
  })
})
