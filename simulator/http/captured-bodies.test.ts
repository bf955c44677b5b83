import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from '../adapters/node.ts'
import type { ExchangeDetail } from '../surfaces/control/types.ts'

let running: RunningSimulator

beforeAll(async () => {
  running = await startServer({ port: 0 })
})

afterAll(() => running.close())

const JSON_TYPE = { 'content-type': 'application/json' }

async function recorded(path: string, init: RequestInit): Promise<{ status: number; body: string | undefined }> {
  const answer = await fetch(running.url + path, { method: 'POST', headers: JSON_TYPE, ...init })
  const id = answer.headers.get('jftsim-exchange')?.split('/').at(-1)
  const exchange = (await (await fetch(`${running.url}/_sim/exchanges/${id}`)).json()) as ExchangeDetail
  return { status: answer.status, body: exchange.request.body?.text }
}

describe('the journal has the body, whatever step refused', () => {
  test.each([
    ['no token', '/write/v1/Composition', {}, 401],
    ['no such path', '/write/v1/Nothing', {}, 404],
    ['a compressed body', '/ttt/v2/create-test-token-with-key', { ...JSON_TYPE, 'content-encoding': 'gzip' }, 415],
    ['no such method', '/read/v1/Composition', {}, 405],
  ])('%s', async (_, path, headers, status) => {
    const body = '{"resourceType":"Composition"}'
    expect(await recorded(path, { body, headers })).toEqual({ status, body })
  })

  test('bytes that are not UTF-8 as far as they can be read', async () => {
    const body = new Uint8Array([0x7b, 0x22, 0xe6, 0x22, 0x7d])
    expect(await recorded('/ttt/v2/create-test-token-with-key', { body })).toEqual({ status: 400, body: '{"\uFFFD"}' })
  })

  test('one that is too large, from its beginning', async () => {
    const { status, body } = await recorded('/ttt/v2/create-test-token-with-key', { body: 'x'.repeat(2 * 1024 * 1024) })
    expect([status, body]).toEqual([413, 'x'.repeat(1024 * 1024)])
  })
})
