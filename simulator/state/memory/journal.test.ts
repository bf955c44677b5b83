import { expect, test } from 'vitest'
import type { Exchange } from '../exchange.ts'
import { createJournal } from './journal.ts'

const SEARCH: Omit<Exchange, 'sequence'> = {
  id: 'x1',
  surface: 'jft-read',
  time: '2030-01-01T12:00:00.000Z',
  milliseconds: 1,
  request: { method: 'GET', url: 'http://localhost:7357/read/v1/Composition', headers: [] },
  response: { status: 200, headers: [] },
  steps: [],
  issues: [],
  warnings: [],
  caller: {},
}

async function bytesOf(exchange: Omit<Exchange, 'sequence'>): Promise<number> {
  const journal = createJournal(1_000_000)
  await journal.record(exchange)
  return (await journal.usage()).bytes
}

test('the events that a search handed out count towards the memory of the journal', async () => {
  const events = Array.from({ length: 50 }, (_, n) => `Composition/0d426c95-68dc-4b3a-acd9-8b214cdc76${n + 10}`)
  const characters = events.join('').length
  expect((await bytesOf({ ...SEARCH, events })) - (await bytesOf(SEARCH))).toBeGreaterThan(characters)
})

test('a journal that is full drops the oldest, and counts them', async () => {
  const events = Array.from({ length: 1_000 }, () => 'Composition/0d426c95-68dc-4b3a-acd9-8b214cdc7609')
  const journal = createJournal(200_000)
  for (let n = 1; n <= 10; n += 1) await journal.record({ ...SEARCH, id: `x${n}`, events })
  const { exchanges, dropped } = await journal.usage()
  expect([exchanges, dropped]).toEqual([2, 8])
  expect(await journal.find('x1')).toBeUndefined()
})

test('the texts of an exchange are made when somebody reads them, and their size is taken as it was said', async () => {
  let made = 0
  const request = {
    ...SEARCH.request,
    body: {
      get text() {
        made += 1
        return 'a body'
      },
      capturedBytes: 6,
      totalBytes: 6,
    },
  }
  const journal = createJournal(1_000_000)
  await journal.record({ ...SEARCH, request }, 5_000)
  const { bytes } = await journal.usage()
  expect([made, bytes - (await bytesOf(SEARCH))]).toEqual([0, 5_000 - SEARCH.request.url.length])
  expect((await journal.find('x1'))?.request.body?.text).toBe('a body')
  expect(made).toBe(1)
})
