import { isLoopback } from '../../ground/origins.ts'
import type { Issue } from '../../rules/issue.ts'

/** The control API refused; `message` has every reason. */
export class ControlRefused extends Error {
  readonly status: number

  constructor(request: string, status: number, reasons: string) {
    super(`${request} answered ${status}: ${reasons}`)
    this.name = 'ControlRefused'
    this.status = status
  }
}

/** Calls the control API of one sandbox: gives the JSON of the answer, and rejects with a `ControlRefused`. */
export type Control = <T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown) => Promise<T>

/** A client of the control API at `base`, a URL without a trailing slash: for whoever is in another process, or plays it. */
export function controlAt(send: (request: Request) => Promise<Response>, base: string): Control {
  return async <T>(method: string, path: string, body?: unknown) => {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) }
    const answer = await send(new Request(base + path, { method, ...sent }))
    const text = await answer.text()
    if (!answer.ok) throw new ControlRefused(`${method} ${base}${path}`, answer.status, reasonsIn(text))
    return (text === '' ? undefined : JSON.parse(text)) as T
  }
}

/**
 * URLs that a simulator gave of itself, under the name that it was called by. Its public URL may be for its clients alone, such
 * as the name of a container; this machine's own names reach it all the same. Other names stay as they are.
 */
export function asCalled(called: string, urls: Readonly<Record<string, string>>): Record<string, string> {
  const { origin, hostname } = new URL(called)
  if (!isLoopback(hostname)) return { ...urls }
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, origin + new URL(url).pathname]))
}

function reasonsIn(text: string): string {
  try {
    const { issues } = JSON.parse(text) as { issues: readonly Issue[] }
    return issues.map((issue) => issue.message).join(' ')
  } catch {
    return text.slice(0, 2_000)
  }
}
