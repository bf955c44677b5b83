import { execFile, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer, type Server } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { ExchangeList } from '../surfaces/control/types.ts'
import { type RunningSimulator, startServer } from './node.ts'

const withoutOpenssl = spawnSync('openssl', ['version']).status !== 0

let folder: string
let terminator: Server
let running: RunningSimulator
let url: string

/** A proxy with a certificate of its own, which hands on by http what clients send by https. */
beforeAll(async () => {
  if (withoutOpenssl) return
  folder = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')]
  const name = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost']
  spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...name, ...files])
  const [key, cert] = ['key.pem', 'cert.pem'].map((file) => readFileSync(join(folder, file)))
  terminator = createServer({ key, cert }, (incoming, outgoing) => {
    const { method, headers, url: path } = incoming
    const { port } = running.simulator.options
    const onward = request({ host: '127.0.0.1', port, method, path, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
      answer.pipe(outgoing)
    })
    incoming.pipe(onward)
  })
  await new Promise<void>((resolve) => terminator.listen(0, 'localhost', resolve))
  url = `https://localhost:${(terminator.address() as AddressInfo).port}`
  running = await startServer({ port: 0, publicUrl: url })
})

afterAll(async () => {
  if (withoutOpenssl) return
  await running.close()
  terminator.closeAllConnections()
  terminator.close()
  rmSync(folder, { recursive: true })
})

/** Asks the simulator as the proxy does. */
async function proxied(path: string, init?: RequestInit): Promise<Response> {
  return running.simulator.fetch(new Request(url.replace('https:', 'http:') + path, init))
}

describe.skipIf(withoutOpenssl)(`behind a proxy that ends TLS${withoutOpenssl ? ' (skipped: no openssl)' : ''}`, () => {
  test.each([
    '/helseid/.well-known/openid-configuration',
    '/_sim/info',
    '/_sim/clients/acdc0123-acdc-0123-4567-000000000001',
    '/write/swagger/v1/swagger.json',
    '/read/openapi-3.0.json',
    '/_sim/curl?method=POST&path=/write/v1/Composition',
  ])('%s speaks of https alone', async (path) => {
    const text = await (await proxied(path)).text()
    expect(text.match(/http:\/\/localhost[^"' ]*/g)).toBeNull()
  })

  test('the loopback names of the port where it listens still answer: a health check asks there', async () => {
    const { port } = running.simulator.options
    expect((await fetch(`http://127.0.0.1:${port}/_sim/health`)).status).toBe(200)
  })

  test('a record system with openid-client gets its token and its pages by https', async () => {
    const clients = (await (await proxied('/_sim/clients')).json()) as {
      clients: readonly { name: string; clientId: string }[]
    }
    const { clientId = '' } = clients.clients.find(({ name }) => name === 'EHR-Local') ?? {}
    const file = join(folder, 'client.json')
    writeFileSync(file, await (await proxied(`/_sim/clients/${clientId}`)).text())
    const env = {
      ...process.env,
      NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem'),
      HELSEID_AUTHORITY: `${url}/helseid`,
      JFT_READ_URL: `${url}/read`,
      JFT_WRITE_URL: `${url}/write`,
      JFT_CLIENT_FILE: file,
      JFT_CLIENT_ID: clientId,
      JFT_MUNICIPALITY: '313231593',
      JFT_SCOPE: 'nhn:jft/api',
      JFT_POLL_SECONDS: '1',
      JFT_ACKNOWLEDGED_TAG: 'https://fhir.jft.nhn.no/journaling-acknowledged|true',
    }
    await promisify(execFile)(process.execPath, ['examples/ehr/ehr.js', '--until-empty'], { env, timeout: 60_000 })
    const { exchanges } = (await (await proxied('/_sim/exchanges')).json()) as ExchangeList
    const reads = exchanges.filter(({ surface }) => surface === 'jft-read')
    expect(reads.length).toBeGreaterThan(0)
    expect(reads.filter(({ status }) => status !== 200)).toEqual([])
    expect(exchanges.some(({ url: called, status }) => called.includes('/connect/token') && status === 200)).toBe(true)
  })
})
