import type { ExplainedIssue } from '../../index.ts'

/** The control API refused; `message` has every reason. */
export class ControlRefused extends Error {
  readonly status: number

  constructor(request: string, status: number, reasons: readonly string[]) {
    super(`${request} answered ${status}: ${reasons.join(' ')}`)
    this.name = 'ControlRefused'
    this.status = status
  }
}

/** Calls the control API of one sandbox. */
export interface ControlClient {
  /** The JSON of the answer. Rejects with a `ControlRefused`. */
  call<T>(method: 'GET' | 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>
}

/** A client of the control API at `base`, a URL without a trailing slash. */
export function createControlClient(fetch: (request: Request) => Promise<Response>, base: string): ControlClient {
  return {
    async call<T>(method: string, path: string, body?: unknown) {
      const sent = body === undefined ? {} : { body: JSON.stringify(body) }
      const answer = await fetch(new Request(base + path, { method, ...sent }))
      const text = await answer.text()
      if (!answer.ok) throw new ControlRefused(`${method} ${base}${path}`, answer.status, reasonsOf(text))
      return (text === '' ? undefined : JSON.parse(text)) as T
    },
  }
}

function reasonsOf(text: string): string[] {
  try {
    const { issues } = JSON.parse(text) as { issues: readonly ExplainedIssue[] }
    return issues.map((issue) => issue.message)
  } catch {
    return [text.slice(0, 500)]
  }
}
