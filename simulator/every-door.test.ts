import { describe, expect, test } from 'vitest'
import { DOORS, type Door } from './every-route.fixture.ts'
import { newSimulator } from './surfaces/helseid/helseid.fixture.ts'

const BASE = 'http://localhost:7357'
const strict = newSimulator()
const relaxed = newSimulator({ auth: 'relaxed' })

type Headers = Readonly<Record<string, string>>

function knock(simulator: typeof strict, { method, path }: Door, headers: Headers, body?: string): Promise<Response> {
  const sent = method === 'GET' || method === 'DELETE' ? {} : { body: body ?? '' }
  return simulator.fetch(new Request(BASE + path, { method, headers, ...sent }))
}

/** What no test is to do to the simulator that the others use. */
const harmless = DOORS.filter(({ path }) => !/\/(?:reset|restore|stream)$/.test(path))
const gets = harmless.filter(({ method }) => method === 'GET')

const FOREIGN: readonly Headers[] = [
  { origin: 'http://evil.example' },
  { origin: 'null' },
  { origin: 'http://localhost:3000' },
  { origin: 'https://localhost:7357' },
  { origin: 'http://127.0.0.1:7357' },
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site' },
  { 'sec-fetch-site': 'Cross-Site' },
]
const OWN: readonly Headers[] = [
  {},
  { origin: BASE },
  { 'sec-fetch-site': 'same-origin' },
  { 'sec-fetch-site': 'none' },
  { origin: BASE, 'sec-fetch-site': 'same-origin' },
]

async function isRefusedAsForeign(answer: Response): Promise<boolean> {
  return (await answer.text()).includes('http-origin') && answer.status === 403
}

describe('a web page of another origin', () => {
  const guarded = ['control', 'ehr', 'ttt', 'vkp']

  test.each(FOREIGN)('%o is refused where it could write, and nowhere else', async (headers) => {
    for (const door of DOORS) {
      const answer = await knock(strict, door, headers)
      expect([door, answer.status === 403], door.path).toEqual([door, guarded.includes(door.surface)])
      if (door.surface === 'control') expect(await isRefusedAsForeign(answer)).toBe(true)
    }
  })

  test.each(FOREIGN)('%o is refused at JFT and PIT too where no token is asked for', async (headers) => {
    for (const door of DOORS.filter(({ surface }) => surface !== 'helseid')) {
      expect([door.path, (await knock(relaxed, door, headers)).status]).toEqual([door.path, 403])
    }
  })

  test('is refused before anything is done, and the journal has it', async () => {
    const simulator = newSimulator()
    const note = { surface: 'ehr', method: 'POST', path: '/ehr/journal/313231593/Composition' } as const
    await knock(simulator, note, { origin: 'http://evil.example', 'content-type': 'text/plain' }, '{}')
    const [exchange] = await simulator.world.state.journal.list({ limit: 1 })
    expect(exchange).toMatchObject({ surface: 'ehr', issues: [{ rule: 'http-origin' }], response: { status: 403 } })
    expect(await simulator.world.state.notes.list('313231593')).toEqual([])
  })

  test.each(OWN)('%o is no such page', async (headers) => {
    for (const door of harmless) {
      expect([door.path, await isRefusedAsForeign(await knock(strict, door, headers))]).toEqual([door.path, false])
    }
  })

  test('is not the page behind a proxy that ends TLS', async () => {
    const simulator = newSimulator({ publicUrl: 'https://jft.example' })
    const answer = await simulator.fetch(
      new Request('http://jft.example/_sim/info', { headers: { origin: 'https://jft.example' } }),
    )
    expect(answer.status).toBe(200)
  })
})

describe('an answer is no page', () => {
  const isSandboxed = ({ headers }: Response) => {
    const policy = headers.get('content-security-policy') ?? ''
    const page = headers.get('content-type')?.startsWith('text/html') ?? false
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy.startsWith('sandbox;')).toBe(!page)
  }

  test('at any route', async () => {
    for (const door of harmless) isSandboxed(await knock(strict, door, {}))
  })

  test.each(['/nowhere', '/_sim/nowhere', '/s/nobody/write/v1/Composition', '/write/v1/Nothing'])(
    '%s',
    async (path) => {
      isSandboxed(await strict.fetch(new Request(BASE + path)))
    },
  )

  test('of another host, a wrong method, and a fault that says it is one', async () => {
    isSandboxed(await strict.fetch(new Request('http://evil.example/')))
    isSandboxed(await strict.fetch(new Request(`${BASE}/ehr/journal/313231593`, { method: 'PATCH' })))
    const simulator = newSimulator()
    const fault = { surface: 'ehr', effect: { kind: 'content-type', contentType: 'text/html' } }
    await simulator.fetch(new Request(`${BASE}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) }))
    const answer = await simulator.fetch(new Request(`${BASE}/ehr/journal/313231593`))
    expect(answer.headers.get('content-type')).toBe('text/html')
    expect(answer.headers.get('content-security-policy')).toMatch(/^sandbox;/)
  })
})

describe('HEAD is where GET is', () => {
  const varying = ['jftsim-exchange', 'nhn-event-id']
  const plain = ({ headers }: Response) => [...headers].filter(([name]) => !varying.includes(name))

  test.each(gets.map((door) => [door.path, door] as const))('%s', async (_path, door) => {
    for (const simulator of [strict, relaxed]) {
      const whole = await knock(simulator, door, {})
      const length = (await whole.arrayBuffer()).byteLength
      const head = await simulator.fetch(new Request(BASE + door.path, { method: 'HEAD' }))
      expect([head.status, (await head.arrayBuffer()).byteLength]).toEqual([whole.status, 0])
      // What an answer says of itself, such as its exchange or the time, may differ by a digit.
      expect(Math.abs(Number(head.headers.get('content-length')) - length)).toBeLessThan(200)
      const names = (answer: Response) => plain(answer).map(([name]) => name)
      expect(names(head).filter((name) => name !== 'content-length')).toEqual(
        names(whole).filter((name) => name !== 'content-length'),
      )
    }
  })

  test('a stream is not begun, and ends at once', async () => {
    const answer = await strict.fetch(new Request(`${BASE}/_sim/stream`, { method: 'HEAD' }))
    expect([answer.status, answer.body, answer.headers.get('content-type')]).toEqual([200, null, 'text/event-stream'])
  })

  test('and nowhere else; Allow says so', async () => {
    const allow = async (path: string) => {
      const answer = await strict.fetch(new Request(BASE + path, { method: 'PATCH' }))
      return [answer.status, answer.headers.get('allow')]
    }
    expect(await allow('/_sim/health')).toEqual([405, 'GET, HEAD'])
    expect(await allow('/write/v1/Composition')).toEqual([405, 'POST'])
    const head = await strict.fetch(new Request(`${BASE}/write/v1/Composition`, { method: 'HEAD' }))
    expect(head.status).toBe(405)
  })
})

describe('a compressed body is refused with the reason', () => {
  /** Every route that reads a body: the others have nothing to say of it. */
  const bodied = harmless
    .filter(({ method }) => method === 'POST' || method === 'PUT')
    .filter(({ path }) => !/fork$|snapshots|\$journaling-acknowledged|connect\/(?!token)/.test(path))
  const FORM = 'application/x-www-form-urlencoded'
  const typeOf = ({ path }: Door) => (/_search$|connect\/token/.test(path) ? FORM : 'application/json')

  test.each(['gzip', 'GZIP', 'br', 'deflate', 'gzip, identity'])('%s', async (coding) => {
    const refused = []
    for (const door of bodied) {
      const headers = { 'content-encoding': coding, 'content-type': typeOf(door), servicecodes: 'ta' }
      const answer = await knock(relaxed, door, headers, '{}')
      const text = await answer.text()
      if (answer.status !== 415) expect([door.path, answer.status]).toEqual([door.path, 404])
      else refused.push([text.includes(coding) || text === '', answer.headers.get('accept-encoding')])
    }
    expect(refused.length).toBeGreaterThan(15)
    expect(refused.every(([said, accept]) => said && accept === 'identity')).toBe(true)
  })

  test.each(['identity', ' Identity ', ''])('%o is none', async (coding) => {
    const check = { surface: 'control', method: 'POST', path: '/_sim/check' } as const
    const answer = await knock(relaxed, check, { 'content-encoding': coding }, '{"resourceType":"Patient"}')
    expect(answer.status).toBe(200)
  })
})
