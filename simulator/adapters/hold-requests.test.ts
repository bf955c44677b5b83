import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, test } from 'vitest'
import { createSimulator } from '../index.ts'
import { holdRequests } from './hold-requests.ts'
import { serve } from './serve.ts'

/** Asks, with a body for which a client waits to be asked, or with none. */
function ask(port: number, expects: boolean): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', ...(expects ? { expect: '100-continue' } : {}) }
    const sent = request({ host: '127.0.0.1', port, path: '/write/v1/Composition', method: 'POST', headers })
    sent.once('error', reject).once('response', (answer) => {
      answer.resume()
      resolve(answer.statusCode)
    })
    if (expects) sent.once('continue', () => sent.end('{}')).flushHeaders()
    else sent.end('{}')
  })
}

test('what comes while the simulator is being made is answered once it is, also by 100 Continue', async () => {
  const server = createServer({ requireHostHeader: false })
  const release = holdRequests(server)
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port))
  })
  let come = 0
  const allCame = new Promise<void>((resolve) => {
    const note = () => {
      come += 1
      if (come === 4) resolve()
    }
    server.on('request', note).on('checkContinue', note)
  })
  const asked = [false, true, false, true].map((expects) => ask(port, expects))
  await allCame
  serve(server, createSimulator({ port }))
  release()
  expect(await Promise.all(asked)).toEqual([401, 401, 401, 401])
  expect(await ask(port, false)).toBe(401)
  server.closeAllConnections()
  server.close()
})
