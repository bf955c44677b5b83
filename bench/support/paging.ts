import { call, persistent, readPage, submit, type Target } from './kept-calls.ts'

/** What a run has found. */
export interface PagingRun {
  readonly accepted: number
  /** Accepted and not on any page. */
  readonly lost: number
  /** On more than one page. */
  readonly twice: number
}

/** Events of a run at the most, and clients that submit them. */
const EVENTS = 60
const CLIENTS = 4

/**
 * Pages through a sandbox of its own while clients submit to it: by `next` to the end, and then behind the last event, with
 * another size of page each time. Whatever breaks off is tried again, as a client does.
 */
export async function pagingRun(target: Target, name: string): Promise<PagingRun> {
  const sandbox = `/s/${name}`
  await persistent(() => call(target, 'POST', '/_sim/sandboxes', JSON.stringify({ name })))
  const accepted: string[] = []
  let left = 1 + Math.floor(Math.random() * EVENTS)
  const client = async () => {
    while (left > 0) {
      left -= 1
      const id = await submit(target, sandbox).catch(() => undefined)
      if (id !== undefined) accepted.push(id)
    }
  }
  let writing = true
  const written = Promise.all(Array.from({ length: CLIENTS }, client)).then(() => {
    writing = false
  })
  const found = await readBehind(target, sandbox, () => writing)
  await written
  await persistent(() => call(target, 'DELETE', `/_sim/sandboxes/${name}`))
  const known = new Set(found)
  const lost = accepted.filter((id) => !known.has(id)).length
  return { accepted: accepted.length, lost, twice: found.length - known.size }
}

async function readBehind(target: Target, sandbox: string, more: () => boolean): Promise<string[]> {
  const found: string[] = []
  let behind = ''
  for (;;) {
    const goesOn = more()
    const before = found.length
    const count = 1 + Math.floor(Math.random() * 20)
    let path: string | undefined = `${sandbox}/read/v1/Composition?_sort=_lastUpdated&_count=${count}${behind}`
    while (path !== undefined) {
      const asked: string = path
      const page = await persistent(() => readPage(target, asked))
      found.push(...page.ids)
      if (page.last !== undefined) behind = `&_lastUpdated=gt${encodeURIComponent(page.last)}`
      path = page.next
    }
    if (!goesOn && found.length === before) return found
  }
}
