import { readFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { median } from './median.ts'

/** One request as it is sent. */
export interface Sent {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a server did under a load. */
export interface Measured {
  readonly perSecond: number
  readonly p50: number
  readonly p99: number
  /** Milliseconds of the server's own processor time for each request; NaN where the system does not tell it. */
  readonly cpu: number
  /** Resident megabytes after the load. */
  readonly rss: number
}

/** Connections that are busy all the time. */
const CONNECTIONS = 50

/**
 * Loads a server with `count` requests over 50 connections. Rejects when an answer has another status than `status`, or a body
 * that is not as `right` wants it.
 */
export async function load(pid: number, count: number, make: () => Promise<Sent>, status: number): Promise<Measured> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS })
  const times: number[] = []
  let next = 0
  const worker = async () => {
    while (next < count) {
      next += 1
      const sent = await make()
      const started = performance.now()
      await send(agent, sent, status)
      times.push(performance.now() - started)
    }
  }
  const before = processorTime(pid)
  const started = performance.now()
  await Promise.all(Array.from({ length: CONNECTIONS }, worker))
  const seconds = (performance.now() - started) / 1000
  const cpu = (processorTime(pid) - before) / count
  agent.destroy()
  const p99 = times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN
  return { perSecond: count / seconds, p50: median(times), p99, cpu, rss: residentMegabytes(pid) }
}

function send(agent: Agent, { method, url, headers, body = '' }: Sent, status: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { agent, method, headers: { ...headers, ...lengthOf(body) } }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.once('error', reject).once('end', () => {
        if (answer.statusCode === status) resolve()
        else reject(new Error(`${method} ${url} was answered ${answer.statusCode}: ${text.slice(0, 500)}`))
      })
    })
    sent.once('error', reject).end(body)
  })
}

function lengthOf(body: string): Record<string, number> {
  return body === '' ? {} : { 'content-length': Buffer.byteLength(body) }
}

/** Milliseconds in a tick of Linux' process times. */
const TICK = 10

/** Milliseconds of processor time that a process and its threads have used (Linux, proc(5)). */
function processorTime(pid: number): number {
  const fields = proc(pid, 'stat')
    ?.replace(/^.*\) /s, '')
    .split(' ')
  return fields === undefined ? Number.NaN : (Number(fields[11]) + Number(fields[12])) * TICK
}

/** Megabytes that a process has resident (Linux, proc(5)). */
export function residentMegabytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(proc(pid, 'status') ?? '')?.[1] ?? Number.NaN) / 1000
}

function proc(pid: number, file: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
