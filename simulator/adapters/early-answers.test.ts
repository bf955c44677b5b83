import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect } from '../ground/collect.ts'
import { realIdentityNumber } from '../rules/identifiers.fixture.ts'
import { isWhole } from '../sample.fixture.ts'
import { type RunningSimulator, startServer } from './node.ts'

let running: RunningSimulator
let port: number

beforeAll(async () => {
  running = await startServer({ port: 0 })
  port = running.simulator.options.port
})

afterAll(() => running.close())

const MEGABYTE = 1024 * 1024

/** Where a large body is answered before its end, and with what: too large, no token, no such path or method. */
const EARLY: readonly (readonly [string, string, number])[] = [
  ['POST', '/ttt/v2/create-test-token-with-key', 413],
  ['POST', '/helseid/connect/token', 400],
  ['POST', '/write/v1/Composition', 401],
  ['POST', '/write/v1/Composition/x/$journaling-acknowledged', 401],
  ['POST', '/read/v1/Composition/_search', 401],
  ['POST', '/pit/v1/Patient', 401],
  ['POST', '/vkp/epj/r4/313231593/bundle', 401],
  ['POST', '/ehr/journal/313231593/Composition', 413],
  ['POST', '/_sim/clients', 413],
  ['PUT', '/_sim/routes', 413],
  ['POST', '/write/v1/Nothing', 404],
  ['PUT', '/write/v1/Composition', 405],
  ['POST', '/nowhere', 404],
]

/** Writes the whole body at once, as axios does, and gives the status, or the code of the error. */
function viaNode(method: string, path: string, body: Buffer, headers = {}): Promise<number | string> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, method, path, agent: false, headers: { ...TYPE, ...headers } }
    const sent = request(options, (answer) => answer.resume().on('end', () => resolve(answer.statusCode ?? 0)))
    sent.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message))
    sent.end(body)
  })
}

const TYPE = { 'content-type': 'application/json' }

describe('an answer to a body that is not read arrives', () => {
  test.each([
    [6, 3, EARLY],
    [30, 2, EARLY.slice(0, 3)],
  ])('with node:http, %i MB, %i times at each kind of refusal', async (size, times, doors) => {
    const body = Buffer.alloc(size * MEGABYTE, 'x')
    const tries = doors.flatMap((door) => Array<(typeof EARLY)[number]>(times).fill(door))
    const found = await Promise.all(tries.map(async ([method, path]) => [path, await viaNode(method, path, body)]))
    expect(found).toEqual(tries.map(([, path, status]) => [path, status]))
  })

  test('with fetch, sized and chunked', async () => {
    const body = new Uint8Array(6 * MEGABYTE).fill(120)
    const found = EARLY.map(async ([method, path]) => {
      const sized = await fetch(`${running.url}${path}`, { method, body, headers: TYPE })
      const chunked = { method, body: new Blob([body]).stream(), headers: TYPE, duplex: 'half' } as const
      return [path, sized.status, (await fetch(`${running.url}${path}`, chunked)).status]
    })
    expect(await Promise.all(found)).toEqual(EARLY.map(([, path, status]) => [path, status, status]))
  })

  test('twenty at once', async () => {
    const body = Buffer.alloc(8 * MEGABYTE, 'x')
    const all = Array.from({ length: 20 }, () => viaNode('POST', '/write/v1/Composition', body))
    expect(new Set(await Promise.all(all))).toEqual(new Set([401]))
  })

  test('and the connection continues where the client keeps it', async () => {
    const big = `POST /write/v1/Composition HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 3000000\r\n\r\n`
    const next = `GET /_sim/health HTTP/1.1\r\nHost: localhost:${port}\r\nConnection: close\r\n\r\n`
    const answers = await wire([big, 'x'.repeat(3_000_000), next])
    expect(answers.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 401', 'HTTP/1.1 200'])
  })
})

/** Sends texts one after the other, and gives what comes back before the connection ends. */
function wire(texts: readonly string[], end = false): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => {
      for (const text of texts) socket.write(text)
      if (end) socket.end()
    })
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('end', () => socket.end())
    socket.on('close', () => resolve(answer))
    socket.on('error', () => resolve(answer))
  })
}

describe('Expect: 100-continue', () => {
  const head = (method: string, path: string, length: number, more = '') =>
    `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nExpect: 100-continue\r\nContent-Length: ${length}\r\n${more}\r\n`

  test('the final status comes instead of 100 where the body is not read', async () => {
    const found = EARLY.map(async ([method, path]) => {
      const answer = await wire([head(method, path, 300 * MEGABYTE, 'Content-Type: application/json\r\n')])
      expect(answer.toLowerCase()).toContain('connection: close')
      return [path, answer.match(/HTTP\/1\.1 \d+/g)]
    })
    expect(await Promise.all(found)).toEqual(EARLY.map(([, path, status]) => [path, [`HTTP/1.1 ${status}`]]))
  })

  test('a client that does not wait sees it as well', async () => {
    const body = Buffer.alloc(6 * MEGABYTE, 'x')
    const sent = EARLY.map(([method, path]) => viaNode(method, path, body, { expect: '100-continue' }))
    expect(await Promise.all(sent)).toEqual(EARLY.map(([, , status]) => status))
  })

  test('a body that is wanted is asked for, and read', async () => {
    const body = '{"resourceType":"Patient"}'
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(port, '127.0.0.1', () =>
        socket.write(head('POST', '/_sim/check', body.length, 'Connection: close\r\n')),
      )
      let text = ''
      socket.on('data', (chunk) => {
        text += chunk
        if (text === 'HTTP/1.1 100 Continue\r\n\r\n') socket.write(body)
      })
      socket.on('close', () => resolve(text))
    })
    expect(answer.match(/^HTTP\/1\.1 \d+/gm)).toEqual(['HTTP/1.1 100', 'HTTP/1.1 200'])
  })

  test('an expectation that nobody knows is 417', async () => {
    const answer = await wire([
      `GET /_sim/health HTTP/1.1\r\nHost: localhost:${port}\r\nExpect: magic\r\nConnection: close\r\n\r\n`,
    ])
    expect(answer).toMatch(/^HTTP\/1\.1 417 /)
  })
})

describe('a client that says that it has written all, and waits', () => {
  test.each([
    ['POST', '/_sim/check', '{"resourceType":"Patient"}', 200],
    ['POST', '/write/v1/Composition', '{}', 401],
    ['GET', '/_sim/health', '', 200],
    ['GET', '/helseid/.well-known/openid-configuration', '', 200],
  ])('%s %s gets its answer', async (method, path, body, status) => {
    const text = `${method} ${path} HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: ${body.length}\r\n\r\n${body}`
    expect(await wire([text], true)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  })

  test('a body that ends too early is not taken for a whole one', async () => {
    const text = `POST /_sim/clients HTTP/1.1\r\nHost: localhost:${port}\r\nContent-Length: 100\r\n\r\n{`
    expect(await wire([text], true)).not.toMatch(/^HTTP\/1\.1 2/)
  })

  test('the end of a reader ends its stream', async () => {
    const { journal } = running.simulator.world.state
    const text = `GET /_sim/stream HTTP/1.1\r\nHost: localhost:${port}\r\n\r\n`
    expect(await wire([text], true)).not.toContain('HTTP/1.1 5')
    expect((await journal.usage()).maxBytes).toBeGreaterThan(0)
  })
})

describe('what no request can be made of', () => {
  test.each([
    ['two Host headers', `Host: localhost:${'PORT'}\r\nHost: localhost:${'PORT'}\r\n`, '400', '2 Host headers'],
    ['headers of 20 kB', `Host: localhost:PORT\r\nX: ${'y'.repeat(20_000)}\r\n`, '431', 'larger than 16 KiB'],
    ['no Host', '', '400', 'no Host header'],
    ['an absurd Host', 'Host: a b\r\n', '400', 'no usable Host header or target'],
    ['no header', 'nonsense\r\n', '400', 'not a request of HTTP/1.1'],
  ])('%s is told why, and the journal has it', async (_what, headers, status, why) => {
    const { journal } = running.simulator.world.state
    const last = (await collect(journal.since(0))).at(-1)?.sequence ?? 0
    const text = `GET /_sim/health HTTP/1.1\r\n${headers.replaceAll('PORT', String(port))}Connection: close\r\n\r\n`
    const answer = await wire([text])
    expect(answer).toMatch(new RegExp(`^HTTP/1\\.1 ${status}`))
    expect(answer).toContain(why)
    const [noted, ...rest] = await collect(journal.since(last))
    expect(rest).toEqual([])
    expect(noted).toMatchObject({
      response: { status: Number(status) },
      issues: [{ rule: 'http-request', message: expect.stringContaining(why) }],
    })
    expect(answer).toContain(`#/exchanges/${noted?.id}`)
  })

  test('an identity number in the target is masked', async () => {
    const number = realIdentityNumber()
    const answer = await wire([`GET /_sim/events?q=${number} HTTP/1.1\r\nHost: localhost\r\nHost: localhost\r\n\r\n`])
    expect(answer).toMatch(/^HTTP\/1\.1 400/)
    const noted = (await collect(running.simulator.world.state.journal.since(0))).at(-1)
    expect(noted?.request).toEqual({
      method: 'GET',
      url: `http://localhost:${port}/_sim/events?q=***********`,
      headers: [],
    })
  })
})

const run = promisify(execFile)
const hasJava = await run('java', ['-version']).then(
  () => true,
  () => false,
)

/**
 * The JDK's HttpClient: it writes on while an answer comes. Without `expectContinue`: that of JDK 17 waits for ever where a
 * final status comes instead of 100, whoever the server is (JDK-8286171).
 */
const JAVA = `
import java.net.URI;
import java.net.http.*;
import java.time.Duration;
public class Early {
  public static void main(String[] args) throws Exception {
    for (int i = 1; i < args.length; i += 2) {
      for (int n = 0; n < 2; n++) {
        HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0] + args[i + 1]))
          .header("content-type", "application/json").timeout(Duration.ofSeconds(60))
          .method(args[i], HttpRequest.BodyPublishers.ofByteArray(new byte[6 * 1024 * 1024])).build();
        String found;
        try { found = String.valueOf(client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode()); }
        catch (Exception error) { found = error.toString(); }
        System.out.println(args[i + 1] + " " + found);
      }
    }
  }
}
`

test.skipIf(!hasJava || !isWhole)('the JDK’s HttpClient gets each answer (skipped without a JDK)', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'early-'))
  await writeFile(join(folder, 'Early.java'), JAVA)
  const args = EARLY.flatMap((door) => door.slice(0, 2).map(String))
  const { stdout } = await run('java', [join(folder, 'Early.java'), `http://127.0.0.1:${port}`, ...args])
  await rm(folder, { recursive: true })
  const expected = EARLY.flatMap(([, path, status]) => Array.from({ length: 2 }, () => `${path} ${status}`))
  expect(stdout.trim().split('\n')).toEqual(expected)
})
