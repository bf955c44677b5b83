import { get } from 'node:http'
import type { Target } from './kept-calls.ts'

/** A reader of the stream, as a browser is: it comes back with the last id that it has seen. */
export interface Follower {
  /** Ids of the events that it was told of, by the event or by the request that submitted it. */
  readonly seen: ReadonlySet<string>
  /** How often it came back, and how many exchanges it was told to have missed. */
  counts(): { readonly connections: number; readonly missed: number }
  stop(): void
}

/** Milliseconds after which a browser comes back: the stream says so. */
const RETRY = 1_000

/** Follows the stream of the default sandbox until it is stopped. */
export function follow({ port, publicPort }: Target): Follower {
  const seen = new Set<string>()
  let connections = 0
  let missed = 0
  let last: string | undefined
  let going = true
  let leave = () => {}
  const read = (block: string) => {
    const lines = block.split('\n')
    const fields = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
    last = fields.get('id') ?? last
    const data = fields.get('data')
    if (data === undefined) return
    const told = JSON.parse(data) as Told
    const kind = fields.get('event')
    if (kind === 'missed') missed += told.missed ?? 0
    if (kind === 'event' && told.id !== undefined) seen.add(told.id)
    if (kind === 'exchange' && told.event) seen.add(told.event.split('/').at(-1) ?? '')
  }
  const connect = () => {
    if (!going) return
    connections += 1
    let text = ''
    let ended = false
    const again = () => {
      if (!ended) setTimeout(connect, RETRY)
      ended = true
    }
    const headers = { host: `localhost:${publicPort}`, ...(last === undefined ? {} : { 'last-event-id': last }) }
    const sent = get({ host: '127.0.0.1', port, path: '/_sim/stream', headers, agent: false }, (answer) => {
      answer.setEncoding('utf8')
      answer.on('data', (part: string) => {
        const blocks = (text + part).split('\n\n')
        text = blocks.pop() ?? ''
        blocks.forEach(read)
      })
      answer.on('close', again)
      answer.on('error', again)
    })
    sent.on('error', again)
    leave = () => sent.destroy()
  }
  connect()
  return {
    seen,
    counts: () => ({ connections, missed }),
    stop() {
      going = false
      leave()
    },
  }
}

interface Told {
  readonly id?: string
  readonly missed?: number
  /** As `Type/id`. */
  readonly event?: string | null
}
