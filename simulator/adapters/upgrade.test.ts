import { connect } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type RunningSimulator, startServer } from './node.ts'

let running: RunningSimulator

beforeAll(async () => {
  running = await startServer({ port: 0 })
})

afterAll(() => running.close())

/** Headers that offer HTTP/2 without TLS, as the JDK's HttpClient sends them. */
const OFFER = 'Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABk\r\n'

/** Posts over one kept connection, the body in a write of its own; how many of `count` were answered 401. */
async function answered(count: number, bytes: number, offer: string): Promise<number> {
  const { port, host } = new URL(running.url)
  const socket = connect(Number(port), '127.0.0.1')
  let text = ''
  let isOver = false
  socket.on('data', (part) => {
    text += part.toString('latin1')
  })
  socket.on('close', () => {
    isOver = true
  })
  const answers = () => text.split('HTTP/1.1 401 ').length - 1
  for (let sent = 1; sent <= count && !isOver; sent += 1) {
    const head = `POST /write/v1/Composition HTTP/1.1\r\nHost: ${host}\r\n${offer}Authorization: DPoP x\r\n`
    socket.write(`${head}Content-Length: ${bytes}\r\n\r\n`)
    await new Promise((resolve) => setTimeout(resolve, 5))
    socket.write('x'.repeat(bytes))
    while (answers() < sent && !isOver) await new Promise((resolve) => setTimeout(resolve, 1))
  }
  socket.destroy()
  return answers()
}

test.each([500, 20_000, 200_000])(
  'an offer to upgrade loses no answer: 12 refused posts of %i bytes',
  async (bytes) => {
    expect(await answered(12, bytes, OFFER)).toBe(12)
    expect(await answered(12, bytes, '')).toBe(12)
  },
)
