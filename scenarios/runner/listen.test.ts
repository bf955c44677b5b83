import { expect, test } from 'vitest'
import { textOf } from './listen.ts'

const EVENTS = { headers: { 'content-type': 'text/event-stream; charset=utf-8' } }

/** A body of these parts, which ends or goes on without saying anything more. */
const body = (parts: readonly string[], ends: boolean) => {
  const state = { cancelled: false }
  const stream = new ReadableStream<Uint8Array>({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      if (ends) controller.close()
    },
    cancel() {
      state.cancelled = true
    },
  })
  return { state, stream }
}

test('of a stream that does not end what comes at first, and nobody listens any longer', async () => {
  const { state, stream } = body(['data: 1\n\n', 'data: 2\n\n'], false)
  expect(await textOf(new Response(stream, EVENTS))).toBe('data: 1\n\ndata: 2\n\n')
  expect(state.cancelled).toBe(true)
})

test('a stream that ends is read to its end, and so is anything else', async () => {
  expect(await textOf(new Response(body(['data: æ\n\n'], true).stream, EVENTS))).toBe('data: æ\n\n')
  expect(await textOf(new Response(body(['{"a"', ':1}'], true).stream))).toBe('{"a":1}')
  expect(await textOf(new Response(null, EVENTS))).toBe('')
})
