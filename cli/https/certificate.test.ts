import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { type Agent, request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import { type Certificate, certificateFor } from './certificate.ts'
import { LOCAL_NAMES, REAL_HOSTS, REAL_TEST_HOSTS } from './names.ts'

let folder: string
let certificate: Certificate
let running: RunningSimulator

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
  certificate = await certificateFor([...LOCAL_NAMES, ...REAL_HOSTS], folder)
  running = await startServer({ port: 0 }, {}, { tls: certificate })
})

afterAll(async () => {
  await running.close()
  rmSync(folder, { recursive: true })
})

/** Asks the simulator under a name, as a client that trusts `ca` and finds the name at this machine. */
function ask(name: string, path: string, ca: string | undefined = read(certificate.caFile)) {
  const { port } = running.simulator.options
  const address = name === '::1' ? '::1' : '127.0.0.1'
  const real = REAL_HOSTS.includes(name)
  const host = name === '::1' ? '[::1]' : name
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    const asked = request(
      {
        ca,
        port,
        path,
        host: address,
        ...(/^[\d:.]+$/.test(name) ? {} : { servername: name }),
        headers: { host: real ? name : `${host}:${port}` },
        agent: false as unknown as Agent,
      },
      (answer) => {
        void textOf(answer).then((text) => resolve({ status: answer.statusCode ?? 0, text }))
      },
    )
    asked.once('error', reject).end()
  })
}

async function textOf(answer: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of answer.setEncoding('utf8')) text += part
  return text
}

const read = (file: string) => readFileSync(file, 'utf8')

describe('a simulator that is called by https', () => {
  test.each(['localhost', '127.0.0.1', '::1'])('answers at %s, with https in its links', async (name) => {
    const { status, text } = await ask(name, '/helseid/.well-known/openid-configuration')
    expect(status).toBe(200)
    expect(JSON.parse(text).issuer).toMatch(/^https:\/\//)
    expect(text).not.toContain('http://')
  })

  test.each(REAL_TEST_HOSTS)('is %s for a client that finds this name here', async (name) => {
    const { text } = await ask(name, name.includes('helseid-sts') ? '/.well-known/openid-configuration' : '/')
    if (name.includes('helseid-sts')) expect(JSON.parse(text).issuer).toBe(`https://${name}`)
    expect(text).not.toContain('421')
  })

  test('says the URL that it is called by', () => {
    expect(running.url).toBe(`https://localhost:${running.simulator.options.port}`)
  })

  test('is not trusted by who does not trust its authority', async () => {
    const other = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
    const { caFile } = await certificateFor(['localhost'], other)
    await expect(ask('localhost', '/_sim/health', read(caFile))).rejects.toThrow(/certificate/)
    await expect(ask('localhost', '/_sim/health', '')).rejects.toThrow(/certificate/)
    rmSync(other, { recursive: true })
  })

  test('has no certificate for a name that is nobody of ours', async () => {
    await expect(ask('example.org', '/_sim/health')).rejects.toThrow(/altnames/)
  })
})

describe('the authority', () => {
  test('is kept: a second certificate is signed by the same one, and the key is for its owner alone', async () => {
    const before = read(certificate.caFile)
    const { caFile, cert } = await certificateFor(['localhost'], folder)
    expect(read(caFile)).toBe(before)
    expect(cert).not.toBe(certificate.cert)
    expect(statSync(join(folder, 'ca-key.pem')).mode & 0o777).toBe(0o600)
  })

  test.each(['ca.pem', 'ca-key.pem'])('is made again where %s is broken', async (file) => {
    const other = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
    const { caFile } = await certificateFor(['localhost'], other)
    const before = read(caFile)
    writeFileSync(join(other, file), 'broken')
    await certificateFor(['localhost'], other)
    expect(read(caFile)).not.toBe(before)
    rmSync(other, { recursive: true })
  })

  test('that does not belong to its key is made again', async () => {
    const [one = '', two = ''] = await Promise.all(
      ['a', 'b'].map(async () => {
        const made = mkdtempSync(join(tmpdir(), 'jft-simulator-'))
        await certificateFor(['localhost'], made)
        return made
      }),
    )
    writeFileSync(join(one, 'ca-key.pem'), read(join(two, 'ca-key.pem')))
    const before = read(join(one, 'ca.pem'))
    await certificateFor(['localhost'], one)
    expect(read(join(one, 'ca.pem'))).not.toBe(before)
    for (const made of [one, two]) rmSync(made, { recursive: true })
  })
})
