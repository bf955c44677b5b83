import { expect, test } from 'vitest'
import { targetWith } from './calibrate.fixture.ts'
import { note, post } from './events.ts'
import { createSession } from './session.ts'

test.each([
  ['a request a second', 1_000, 700, 5],
  ['a request a minute', 60_000, 12, 5],
])('%s: tokens are renewed in time, and no proof is too old when it is sent', async (_, gap, requests, tokens) => {
  let time = Date.parse('2026-01-01T12:00:00Z')
  const sent: string[] = []
  const target = await targetWith({ accessTokenLifetimeSeconds: 300 }, {}, { wall: () => time })
  const send = (request: Request) => {
    sent.push(`${new URL(request.url).pathname} ${time}`)
    return target.send(request)
  }
  const sleep = async (milliseconds: number) => {
    time += milliseconds
  }
  const session = createSession({ ...target, send }, { gap, sleep, now: () => time })
  const statuses = new Set<number>()
  for (let count = 0; count < requests; count += 1) statuses.add((await post(session, note())).status)
  expect([...statuses]).toEqual([202])
  const times = sent.filter((line) => line.includes('/write/')).map((line) => Number(line.split(' ')[1]))
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
  expect(gaps.every((one) => one >= gap)).toBe(true)
  // Each takes two requests, the first of which asks for a nonce. Half of 300 s is what a token is used for.
  expect(sent.filter((line) => line.startsWith('/helseid/connect/token'))).toHaveLength(2 * tokens)
})
