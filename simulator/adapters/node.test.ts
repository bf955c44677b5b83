import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { OptionsError } from '../index.ts'
import { type RunningSimulator, startServer } from './node.ts'

let running: RunningSimulator
let port: number

beforeAll(async () => {
  running = await startServer({ port: 0 })
  port = running.simulator.options.port
})

afterAll(() => running.close())

/** A request with headers that fetch would not let through. */
function raw(path: string, headers: Record<string, string>, method = 'GET'): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (answer) => {
      let body = ''
      answer.on('data', (chunk) => {
        body += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** Sends text as it is, and gives what comes back before the connection ends. */
function wire(text: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
  })
}

describe('listening', () => {
  test('on both loopback addresses, under the port that was free', async () => {
    expect(running.url).toBe(`http://localhost:${port}`)
    const answer = await fetch(`http://127.0.0.1:${port}/_sim/health`)
    expect(answer.status).toBe(200)
  })

  test('an idle connection stays open for as long as a client is told', async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/_sim/health`)
    expect(answer.headers.get('keep-alive')).toBe('timeout=65')
  })

  test('a taken port is an error, not another port', async () => {
    await expect(startServer({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' })
  })

  test('wrong options are all named, and nothing listens', async () => {
    await expect(startServer({ port: 0, auth: 'none' as never })).rejects.toThrow(OptionsError)
  })
})

describe('the Host header', () => {
  test('a real host name leads to its surface', async () => {
    const answer = await raw('/.well-known/openid-configuration', { host: 'helseid-sts.test.nhn.no' })
    expect(JSON.parse(answer.body)).toMatchObject({ issuer: 'https://helseid-sts.test.nhn.no' })
  })

  test('any other name is refused', async () => {
    const answer = await raw('/_sim/clients', { host: 'evil.example' })
    expect(answer.status).toBe(421)
    expect(answer.body).toContain('http-host')
  })

  test('an absurd one is a 400', async () => {
    expect((await raw('/_sim/health', { host: 'a b' })).status).toBe(400)
  })
})

describe('what no client should send', () => {
  test('10 MB to a 1 MB endpoint: an answer at once, the rest is not read', async () => {
    const head =
      'POST /ttt/v2/create-test-token-with-key HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 10000000\r\n\r\n{'
    const answer = await wire(head.replace('PORT', String(port)))
    expect(answer).toMatch(/^HTTP\/1\.1 413 /)
    expect(answer.toLowerCase()).toContain('connection: close')
  })

  test('a chunked body without an end is cut off at the limit', async () => {
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const head = `POST /ttt/v2/create-test-token-with-key HTTP/1.1\r\nHost: localhost:${port}\r\nTransfer-Encoding: chunked\r\n\r\n`
    expect(await wire(head + chunk.repeat(40))).toMatch(/^HTTP\/1\.1 413 /)
  })

  test('no HTTP at all', async () => {
    expect(await wire('nonsense\r\n\r\n')).toMatch(/^HTTP\/1\.1 400 /)
  })

  test('an unknown method', async () => {
    expect((await raw('/write/v1/Bundle', {}, 'PATCH')).status).toBe(405)
  })
})

test('robots run by themselves once they are switched on', async () => {
  const body = JSON.stringify({ on: true, eventsPerMinute: 600 })
  await fetch(`${running.url}/_sim/robots/response-centre`, { method: 'PUT', body })
  await vi.waitUntil(async () => (await running.simulator.world.state.events.usage()).records > 0, { timeout: 600_000 })
  await fetch(`${running.url}/_sim/robots/response-centre`, { method: 'PUT', body: '{}' })
})

test('files outside the dashboard are not served', async () => {
  for (const path of [
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/package.json',
    '/docs/../package.json',
    '/docs/..%2f..%2fpackage.json',
    '/docs/nope',
  ]) {
    expect((await raw(path, {})).status).toBe(404)
  }
})

describe('injected faults reach the wire', () => {
  const order = (fault: unknown) => fetch(`${running.url}/_sim/faults`, { method: 'POST', body: JSON.stringify(fault) })
  const discovery = '/helseid/.well-known/openid-configuration'

  test('a reset: the socket ends without a byte', async () => {
    await order({ surface: 'helseid', effect: { kind: 'reset', when: 'after' } })
    await expect(raw(discovery, {})).rejects.toMatchObject({ code: 'ECONNRESET' })
    expect((await raw(discovery, {})).status).toBe(200)
  })

  test('a cut body: the bytes before the cut, the full Content-Length, and the end of the connection', async () => {
    await order({ surface: 'helseid', effect: { kind: 'truncate', bytes: 20 } })
    const answer = await wire(`GET ${discovery} HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`)
    const [head = '', body = ''] = answer.split('\r\n\r\n')
    expect(body).toHaveLength(20)
    expect(Number(/content-length: (\d+)/i.exec(head)?.[1])).toBeGreaterThan(1_000)
    expect(head).toContain('jftsim-fault: ')
  })

  test('a slow body arrives whole', async () => {
    await order({ surface: 'helseid', effect: { kind: 'slow-body', bytesPerSecond: 20_000 } })
    const { status, body } = await raw(discovery, {})
    expect([status, JSON.parse(body)]).toMatchObject([200, { issuer: `http://127.0.0.1:${port}/helseid` }])
  })

  test('an injected status is an ordinary answer', async () => {
    await order({ surface: 'helseid', effect: { kind: 'status', status: 503 } })
    expect(await raw(discovery, {})).toMatchObject({ status: 503, body: expect.stringContaining('temporarily') })
  })
})
