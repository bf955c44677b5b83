import { Agent, request } from 'node:http'
import { composition } from './payloads.ts'

const MUNICIPALITY = '313231593'
const BODY = JSON.stringify(composition())
const AGENT = new Agent({ keepAlive: true, maxSockets: 200 })

interface Answer {
  readonly status: number
  readonly location: string
  readonly text: string
}

/** One request to a simulator; `publicPort` is the port of the URL that it is called by. Rejects where it breaks off. */
export function call({ port, publicPort }: Target, method: string, path: string, body = ''): Promise<Answer> {
  const headers = {
    host: `localhost:${publicPort}`,
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'jftsim-municipality': MUNICIPALITY,
  }
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, method, path, headers, agent: AGENT, timeout: 30_000 },
      (answer) => {
        let text = ''
        answer.setEncoding('utf8')
        answer.on('data', (part: string) => {
          text += part
        })
        answer.on('end', () =>
          resolve({ status: answer.statusCode ?? 0, location: answer.headers.location ?? '', text }),
        )
        answer.on('error', reject)
        answer.on('aborted', () => reject(new Error('aborted')))
      },
    )
    sent.on('error', reject)
    sent.on('timeout', () => sent.destroy(new Error('timeout')))
    sent.end(body)
  })
}

/** How a simulator is called. */
export interface Target {
  readonly port: number
  readonly publicPort: number
}

/** Submits an event; `sandbox`: its path, such as `/s/one`. Gives its id where it was accepted; rejects where there was no answer. */
export async function submit(target: Target, sandbox = ''): Promise<string | undefined> {
  const { status, location } = await call(target, 'POST', `${sandbox}/write/v1/Composition`, BODY)
  return status === 202 ? (/Composition\/([^/]+)/.exec(location)?.[1] ?? '') : undefined
}

/** Reads a page; gives the ids, when the last was updated, and the path of the next. */
export async function readPage(target: Target, path = FIRST_PAGE) {
  const { status, text } = await call(target, 'GET', path)
  if (status !== 200) throw new Error(`a page was answered with ${status}`)
  const { entry = [], link = [] } = JSON.parse(text) as Bundle
  const next = link.find(({ relation }) => relation === 'next')?.url
  const { pathname = '', search = '' } = next === undefined ? {} : new URL(next)
  return {
    ids: entry.map(({ resource }) => resource.id),
    last: entry.at(-1)?.resource.meta.lastUpdated,
    next: next === undefined ? undefined : pathname + search,
  }
}

const FIRST_PAGE = '/read/v1/Composition?_sort=_lastUpdated&_count=50'

interface Bundle {
  readonly entry?: readonly { readonly resource: Resource }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

interface Resource {
  readonly id: string
  readonly meta: { readonly lastUpdated: string }
}

/** The ids on all pages; what breaks off is tried again. */
export async function readAll(target: Target): Promise<string[]> {
  const ids: string[] = []
  for (let path: string | undefined = FIRST_PAGE; path !== undefined; ) {
    const asked: string = path
    const page = await persistent(() => readPage(target, asked))
    ids.push(...page.ids)
    path = page.next
  }
  return ids
}

/** Milliseconds until what broke off is tried again. */
const AGAIN = 50
const TRIES = 400

/** Tries what breaks off again, as a client does; rejects with why it broke off at last. */
export async function persistent<T>(work: () => Promise<T>, tries = TRIES): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (tries === 1) throw error
    await new Promise((resolve) => setTimeout(resolve, AGAIN))
    return persistent(work, tries - 1)
  }
}
