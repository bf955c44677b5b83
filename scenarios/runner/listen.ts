import { isEventStream } from '../../simulator/ground/text/event-stream.ts'

/** Milliseconds for which a stream is listened to that has no end of its own. */
const LISTENED = 100

/** The body of an answer as text; of server-sent events, which do not end, what comes at first. */
export async function textOf(answer: Response): Promise<string> {
  const { body } = answer
  if (body === null || !isEventStream(answer)) return answer.text()
  const reader = body.getReader()
  const decoder = new TextDecoder()
  const over = new Promise<undefined>((resolve) => setTimeout(() => resolve(undefined), LISTENED))
  let text = ''
  for (;;) {
    const part = await Promise.race([reader.read(), over])
    if (part === undefined || part.done) break
    text += decoder.decode(part.value, { stream: true })
  }
  await reader.cancel()
  return text
}
