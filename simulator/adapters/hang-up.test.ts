import { connect } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { collect } from '../ground/collect.ts'
import { type RunningSimulator, startServer } from './node.ts'

let running: RunningSimulator

beforeAll(async () => {
  running = await startServer({ port: 0, auth: 'relaxed' })
})

afterAll(() => running.close())

const order = (effect: unknown) =>
  fetch(`${running.url}/_sim/faults`, {
    method: 'POST',
    body: JSON.stringify({ surface: 'jft-read', effect, times: 1 }),
  })

const port = () => running.simulator.options.port

const request = () =>
  ['GET /read/v1/Composition HTTP/1.1', `Host: localhost:${port()}`, 'jftsim-municipality: 313231593', '', ''].join(
    '\r\n',
  )

/** Sends a search, and does something with the connection as soon as it is sent; gives what came back. */
function search(then: 'wait' | 'end' | 'destroy'): Promise<string> {
  return new Promise((resolve) => {
    let text = ''
    const socket = connect(port(), '127.0.0.1', () => {
      socket.write(request(), () => {
        if (then === 'end') socket.end()
        if (then === 'destroy') socket.destroy()
      })
    })
    socket.on('data', (data) => {
      text += data.toString()
      if (then === 'wait' && text.includes('\r\n\r\n')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(text))
  })
}

/** The newest exchange of a search, once it is there. */
async function newest(after: number) {
  for (;;) {
    const all = await collect(running.simulator.world.state.journal.since(after))
    const found = all.find(({ surface }) => surface === 'jft-read')
    if (found) return found
    await wait(5)
  }
}

const sequence = async () => (await collect(running.simulator.world.state.journal.since(0))).at(-1)?.sequence ?? 0

test('an answer to who is gone is noted, and one that was read is not', async () => {
  const begun = await sequence()
  expect(await search('wait')).toContain('HTTP/1.1 200')
  await order({ kind: 'latency', delay: 200 })
  await search('destroy')
  await expect.poll(async () => (await newest((await newest(begun)).sequence)).response.unheard).toBe(true)
  expect((await newest(begun)).response.unheard).toBeUndefined()
})

test('who has ended its side gets its answer, which may not have been read', async () => {
  const begun = await sequence()
  await order({ kind: 'latency', delay: 50 })
  expect(await search('end')).toContain('HTTP/1.1 200')
  await expect.poll(async () => (await newest(begun)).response.unheard).toBe(true)
})

test('an answer that a fault cuts was not left by its client', async () => {
  const begun = await sequence()
  await order({ kind: 'truncate', bytes: 20 })
  expect(await search('wait')).toContain('content-length')
  expect((await newest(begun)).response.unheard).toBeUndefined()
  expect((await newest(begun)).injected).toHaveLength(1)
})

test('who closes with an answer unread is told by the reset that follows', async () => {
  const begun = await sequence()
  const socket = connect(port(), '127.0.0.1')
  socket.pause()
  socket.write(request())
  await newest(begun)
  // The answer lies in the buffer of the system, where nobody has read it.
  await wait(50)
  socket.resetAndDestroy()
  await expect.poll(async () => (await newest(begun)).response.unheard).toBe(true)
})
