import { expect, test } from 'vitest'
import { messagesOf } from './event-source.ts'

function streamOf(...parts: string[]): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream({
    start(controller) {
      for (const part of parts) controller.enqueue(new TextEncoder().encode(part))
      controller.close()
    },
  })
}

async function read(stream: ReturnType<typeof streamOf>) {
  const messages = []
  for await (const message of messagesOf(stream, new AbortController().signal)) messages.push(message)
  return messages
}

test('messages are read whole, however the stream is cut', async () => {
  const text = 'retry: 1000\n\nid: 7\nevent: exchange\ndata: {"url":"a: b"}\n\nevent: event\ndata: 1\n\n'
  const messages = [
    { retry: '1000' },
    { id: '7', event: 'exchange', data: '{"url":"a: b"}' },
    { event: 'event', data: '1' },
  ]
  expect(await read(streamOf(text))).toEqual(messages)
  expect(await read(streamOf(...text))).toEqual(messages)
})

test('a message that is cut off is none', async () => {
  expect(await read(streamOf('event: a\ndata: 1\n\nevent: b\nda'))).toEqual([{ event: 'a', data: '1' }])
})
