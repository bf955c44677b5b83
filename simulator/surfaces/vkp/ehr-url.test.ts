import { describe, expect, test } from 'vitest'
import { SURFACE_NAMES, SURFACES } from '../../ground/surfaces.ts'
import { createSimulator, OptionsError } from '../../simulator.ts'
import type { SimulatorInput } from '../../state/options.ts'
import { CLASSIC, FORM, startVkp } from './vkp.fixture.ts'

const HERE = 'http://localhost:7357'
const headers = { 'content-type': FORM, servicecodes: 'ta' }
const SEARCH = { body: 'patient.identifier=02850097219', headers }

const routesTo = (ehrUrl: string): NonNullable<SimulatorInput['routes']> => [
  { orgnr: CLASSIC, mode: 'classic', ehrUrl },
]

const REFUSED: readonly string[] = [
  // What is added to the URL would be swallowed, or credentials sent in clear.
  'http://ehr.example/r4?x=',
  'http://ehr.example/r4?',
  'http://ehr.example/r4#x',
  'http://ehr.example/r4#',
  'http://user@ehr.example/r4',
  'http://user:secret@ehr.example/r4',
  'http://:secret@ehr.example/r4',
  'ftp://ehr.example/r4',
  'file:///etc/passwd',
  'ehr.example/r4',
  // This simulator itself, by each of its names, in any sandbox.
  ...SURFACE_NAMES.filter((name) => name !== 'ehr').flatMap((name) => [
    HERE + SURFACES[name].prefix,
    `${HERE}/s/other${SURFACES[name].prefix}/x`,
    `http://127.0.0.1:7357${SURFACES[name].prefix}/`,
    `http://[::1]:7357${SURFACES[name].prefix}`,
    `http://other.localhost:7357${SURFACES[name].prefix}`,
    ...Object.values(SURFACES[name].hosts).map((host) => `https://${host}/v1`),
  ]),
  HERE,
  `${HERE}/nowhere`,
  `${HERE}/ehr/../_sim/reset`,
  `${HERE}/ehr/%2e%2e/_sim/reset`,
  'http://LOCALHOST:7357/_sim',
  'http://0x7f.1:7357/_sim',
  'http://2130706433:7357/vkp',
]

const TAKEN: readonly string[] = [
  'http://ehr.example/r4',
  'https://ehr.example',
  'http://localhost:8080/fhir',
  'http://localhost:7358/vkp',
  `${HERE}/ehr/epj/r4/${CLASSIC}`,
  `${HERE}/s/other/ehr/epj/r4/${CLASSIC}`,
  `http://127.0.0.1:7357/ehr`,
]

/** Where a route can be told: each gives whether it was refused, with a reason that names the field. */
const DOORS: Readonly<Record<string, (ehrUrl: string) => Promise<boolean>>> = {
  'the options': async (ehrUrl) => {
    try {
      createSimulator({ routes: routesTo(ehrUrl) })
      return false
    } catch (error) {
      expect(error).toBeInstanceOf(OptionsError)
      expect((error as Error).message).toContain('ehrUrl')
      return true
    }
  },
  'PUT /_sim/routes': (ehrUrl) => told('PUT', '/_sim/routes', { routes: routesTo(ehrUrl) }),
  'PUT /_sim/routes of a sandbox': (ehrUrl) => told('PUT', '/s/one/_sim/routes', { routes: routesTo(ehrUrl) }),
  'POST /_sim/sandboxes': (ehrUrl) => told('POST', '/_sim/sandboxes', { routes: routesTo(ehrUrl) }),
}

async function told(method: string, path: string, body: unknown): Promise<boolean> {
  const simulator = createSimulator()
  await simulator.sandboxes.create({ name: 'one' })
  const answer = await simulator.fetch(new Request(HERE + path, { method, body: JSON.stringify(body) }))
  const text = await answer.text()
  if (answer.ok) return false
  expect([answer.status, text]).toEqual([400, expect.stringContaining('ehrUrl')])
  return true
}

describe.each(Object.entries(DOORS))('an ehrUrl, told by %s', (_name, isRefused) => {
  test('that leads astray is refused', async () => {
    for (const url of REFUSED) expect([url, await isRefused(url)]).toEqual([url, true])
  })

  test('that leads to an EHR is taken', async () => {
    for (const url of TAKEN) expect([url, await isRefused(url)]).toEqual([url, false])
  })
})

describe('what an EHR answers', () => {
  const asked = (answer: () => Response) =>
    startVkp({ routes: routesTo('http://ehr.example/r4') }, { outbound: async () => answer() })
  const MEGABYTE = 1024 * 1024

  test('without end is cut off, and the rest is not read', async () => {
    let given = 0
    let cancelled = false
    const body = new ReadableStream({
      pull: (controller) => {
        given += MEGABYTE
        controller.enqueue(new Uint8Array(MEGABYTE))
      },
      cancel: () => {
        cancelled = true
      },
    })
    const vkp = asked(() => new Response(body))
    const answer = await vkp.call(`${CLASSIC}/condition/_search`, SEARCH)
    expect([answer.status, await vkp.codes(answer)]).toEqual([400, [expect.stringContaining('vkp-ehr-failed')]])
    expect([cancelled, given < 20 * MEGABYTE]).toEqual([true, true])
  })

  test('that says of itself that it is too large is not read at all', async () => {
    const vkp = asked(() => new Response('x', { headers: { 'content-length': '300000000' } }))
    expect((await vkp.call(`${CLASSIC}/condition/_search`, SEARCH)).status).toBe(400)
  })

  test('of 16 MB comes whole', async () => {
    const vkp = asked(() => new Response(new Uint8Array(16 * MEGABYTE)))
    const answer = await vkp.call(`${CLASSIC}/condition/_search`, SEARCH)
    expect([answer.status, (await answer.arrayBuffer()).byteLength]).toEqual([200, 16 * MEGABYTE])
  })

  test.each([100, 199, 600, 999])('with status %i is a failure of the EHR, in the journal', async (status) => {
    const answered = () => Object.defineProperty(new Response('x'), 'status', { value: status })
    const vkp = asked(answered)
    const answer = await vkp.call(`${CLASSIC}/condition/_search`, SEARCH)
    expect([answer.status, await vkp.codes(answer)]).toEqual([400, [expect.stringContaining('vkp-ehr-failed')]])
    expect((await vkp.story()).at(-1)?.response.status).toBe(400)
  })

  test.each([204, 205, 304, 302, 404, 503, 599])('with status %i is passed on', async (status) => {
    const vkp = asked(() => new Response(null, { status }))
    expect((await vkp.call(`${CLASSIC}/condition/_search`, SEARCH)).status).toBe(status)
  })
})

test('two simulators that ask each other stop after one round', async () => {
  let searches = 0
  const other: { ask?: (request: Request) => Promise<Response> } = {}
  const outbound = (request: Request) => {
    searches += 1
    return other.ask?.(request) ?? Promise.reject(new Error('nobody'))
  }
  const route = (port: number) => routesTo(`http://localhost:${port}/vkp/epj/r4/${CLASSIC}`)
  const one = startVkp({ auth: 'relaxed', routes: route(7358) }, { outbound })
  const two = createSimulator({ auth: 'relaxed', port: 7358, routes: route(7357) }, { outbound })
  other.ask = (request) => (new URL(request.url).port === '7358' ? two : one.simulator).fetch(request)
  const answer = await one.call(`${CLASSIC}/condition/_search`, SEARCH)
  expect([answer.status, await answer.text()]).toEqual([400, expect.stringContaining('runs in a circle')])
  expect(searches).toBe(1)
})
