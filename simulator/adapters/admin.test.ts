import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from './node.ts'

const TOKEN = 'only-for-us'

let running: RunningSimulator

beforeAll(async () => {
  running = await startServer({ port: 0 }, {}, { adminToken: TOKEN, metrics: true })
})

afterAll(() => running.close())

const call = (path: string, authorization?: string, method = 'GET') =>
  fetch(running.url + path, { method, ...(authorization === undefined ? {} : { headers: { authorization } }) })

const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`

const GUARDED = [
  '/_sim/info',
  '/_sim/',
  '/_sim',
  '/_sim/clients',
  '/_sim/healthy',
  '/_sim/health/more',
  '/s/default/_sim/info',
  '/s/nobody/_sim/events',
  '/./_sim/info',
  '/metrics',
  '/',
  '/assets/anything.js',
]

const OPEN = [
  ['/_sim/health', 200],
  ['/_sim/ready', 200],
  ['/s/default/_sim/health', 200],
  ['/helseid/.well-known/openid-configuration', 200],
  ['/write/v1/Composition', 405],
  ['/read/v1/Composition', 401],
  ['/vkp/epj/r4/x/Composition', 405],
] as const

describe('with an admin token', () => {
  test.each(GUARDED)('%s is refused without it, and with a wrong one', async (path) => {
    for (const wrong of [
      undefined,
      'Bearer only-for-u',
      `Bearer ${TOKEN}x`,
      `Token ${TOKEN}`,
      TOKEN,
      basic('wrong'),
      basic(''),
    ]) {
      const answer = await call(path, wrong)
      expect([wrong, answer.status]).toEqual([wrong, 401])
      expect(answer.headers.get('www-authenticate')).toContain('Bearer realm="jftsim"')
      expect(await answer.text()).toContain('--admin-token')
    }
  })

  test.each(GUARDED)('%s is as ever with it', async (path) => {
    for (const right of [`Bearer ${TOKEN}`, `bearer ${TOKEN}`, basic(TOKEN)])
      expect((await call(path, right)).status).not.toBe(401)
  })

  test('a browser that goes to the page is asked for a password, and for nothing that it does not know', async () => {
    const { status, headers } = await fetch(running.url, { headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="jftsim", charset="UTF-8"'])
  })

  test.each(OPEN)('%s stays open', async (path, status) => {
    expect((await call(path)).status).toBe(status)
  })

  test.each(['POST', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused as well', async (method) => {
    expect((await call('/_sim/reset', undefined, method)).status).toBe(401)
  })

  test('metrics count requests by surface, method and status', async () => {
    await call('/read/v1/Composition')
    const text = await (await call('/metrics', `Bearer ${TOKEN}`)).text()
    expect(text).toMatch(/jftsim_requests_total\{surface="jft-read",method="GET",status="401"\} \d+/)
    expect(text).toContain('jftsim_request_duration_seconds_bucket{le="0.005",surface="jft-read"}')
    expect(text).toContain('process_cpu_seconds_total')
    expect(text).not.toContain(TOKEN)
  })
})

test('without an admin token nothing asks for one', async () => {
  const open = await startServer({ port: 0 })
  expect((await fetch(`${open.url}/_sim/info`)).status).toBe(200)
  await open.close()
})
