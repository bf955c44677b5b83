import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import type { Call } from './client.fixture.ts'

/** How a record system behaves; what is left out it does right. */
export interface EhrTraits {
  readonly road?: 'post' | 'post-then-get'
  /** How it continues: rounds until two are empty, one, or rounds for ever. */
  readonly rounds?: 'once' | 'for-ever'
  /** Milliseconds from the beginning of a round to that of the next. */
  readonly period?: number
  /** Rounds at a fixed rate, whatever the last one took. */
  readonly fixedRate?: true
  readonly types?: readonly string[]
  readonly parallel?: true
  readonly ackWorkers?: number
  readonly ackDelay?: number
  readonly first?: (parameters: Record<string, string>, now: number) => Record<string, string>
  readonly next?: (url: string) => string
  /** Looks at a page, and says whether to continue to the next. */
  readonly goesOn?: (entries: number) => boolean
  readonly pages?: 'first-only' | 'without-last'
  readonly ack?: 'twice' | 'never' | 'before-reading' | 'not-the-first'
  readonly submits?: true
}

interface Page {
  readonly entry?: readonly { readonly resource: { readonly resourceType: string; readonly id: string } }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

const TYPES = ['Bundle', 'Composition', 'MedicationDispense']

/** A record system as a program: reads what is not acknowledged, page by page, and acknowledges each event once. */
export async function runEhr(
  { urls, guesses, poll = 1 }: Surroundings,
  time: StageTime,
  call: Call,
  traits: EhrTraits,
): Promise<void> {
  const journaled = new Set<string>()
  const { types = TYPES, period = poll * 1_000, ackWorkers = 1 } = traits

  const search = async (type: string): Promise<Page> => {
    const plain = { '_tag:not': String(guesses.acknowledgedTag) }
    const parameters = new URLSearchParams(traits.first?.(plain, time.now()) ?? plain)
    const base = `${urls['jft-read']}/v1/${type}`
    return pageOf(
      traits.road === undefined ? await get(`${base}?${parameters}`) : await post(`${base}/_search`, parameters),
    )
  }
  const get = (url: string) => call({ method: 'GET', url })
  const post = (url: string, parameters: URLSearchParams) =>
    call({ method: 'POST', url, body: String(parameters), type: 'application/x-www-form-urlencoded' })
  const follow = async (url: string): Promise<Page> => {
    const next = traits.next?.(url) ?? url
    if (traits.road !== 'post') return pageOf(await get(next))
    const { searchParams, origin, pathname } = new URL(next)
    return pageOf(await post(`${origin}${pathname}/_search`, searchParams))
  }

  const acknowledge = async (event: string) => {
    if (traits.ack === 'never') return
    if (traits.ackDelay) await time.sleep(traits.ackDelay)
    const url = `${urls['jft-write']}/v1/${event}/$journaling-acknowledged`
    await call({ method: 'POST', url })
    if (traits.ack === 'twice') await call({ method: 'POST', url })
  }
  const acknowledgeAll = async (events: readonly string[]) => {
    const queue = traits.ack === 'not-the-first' ? events.slice(1) : [...events]
    const work = async () => {
      for (let event = queue.shift(); event !== undefined; event = queue.shift()) await acknowledge(event)
    }
    await Promise.all(Array.from({ length: ackWorkers }, work))
  }

  /** Reads a type to its end; gives how many events were new. */
  const read = async (type: string): Promise<number> => {
    const found: string[] = []
    let page = await search(type)
    for (;;) {
      const next = page.link?.find(({ relation }) => relation === 'next')?.url
      const events = (page.entry ?? []).map(({ resource }) => `${resource.resourceType}/${resource.id}`)
      if (traits.pages !== 'without-last' || next !== undefined)
        found.push(...events.filter((one) => !journaled.has(one)))
      for (const event of events) journaled.add(event)
      if (next === undefined || traits.pages === 'first-only' || traits.goesOn?.(events.length) === false) break
      page = await follow(next)
    }
    await acknowledgeAll(found)
    return found.length
  }

  if (traits.ack === 'before-reading') await acknowledge(await submitted(urls, call))
  let due = time.now()
  for (let empty = 0; empty < 2; ) {
    const counts = traits.parallel ? await Promise.all(types.map(read)) : await inTurn(types, read)
    if (traits.rounds === 'once') return
    const isEmpty = counts.every((count) => count === 0)
    empty = isEmpty && traits.rounds !== 'for-ever' ? empty + 1 : 0
    due = traits.fixedRate ? due + period : time.now() + period
    await time.sleep(due - time.now())
  }
}

async function inTurn<T>(types: readonly T[], work: (type: T) => Promise<number>): Promise<number[]> {
  const counts: number[] = []
  for (const type of types) counts.push(await work(type))
  return counts
}

function pageOf({ text, status }: { readonly text: string; readonly status: number }): Page {
  return status === 200 ? (JSON.parse(text) as Page) : {}
}

/** An event of its own, which it has not read: `Type/id`. */
async function submitted(urls: Surroundings['urls'], call: Call): Promise<string> {
  const note = {
    resourceType: 'Composition',
    status: 'final',
    type: { text: 'Note' },
    date: '2026-03-02T12:00:00Z',
    author: [{ display: 'x' }],
    title: 'x',
  }
  const { headers } = await call({
    method: 'POST',
    url: `${urls['jft-write']}/v1/Composition`,
    body: JSON.stringify(note),
  })
  return (headers.get('location') ?? '').split('/').slice(-3, -1).join('/')
}
