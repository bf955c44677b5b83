import { anyEvent, type Event, type Kind, seedFixtures, spoil } from '../../../fixtures/index.ts'
import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import { type Call, GaveUp, type Got } from './client.fixture.ts'

/** How a response centre behaves; what is left out it does right. */
export interface CentreTraits {
  readonly count?: number
  readonly kinds?: readonly Kind[]
  readonly workers?: number
  /** Milliseconds before each submission. */
  readonly pause?: number
  /** Whether it looks for an event whose answer was lost. */
  readonly looks?: false
  readonly lookBy?: 'post'
  readonly body?: (event: Event) => string
  /** Makes the text again for each attempt. */
  readonly afresh?: true
  readonly repeatsAccepted?: true | 'later'
  readonly repeatsRefused?: number
  /** Mends what was refused, and sends it so. */
  readonly mends?: true
  readonly status?: 'never' | 'once' | 'not-of-the-first' | 'at-once'
  readonly wait?: number
  readonly sourceSystem?: null | string
}

const KINDS: readonly Kind[] = ['note', 'alarm', 'dispensing']

/** A response centre as a program: submits events, and follows the status of each until it is acknowledged. */
export async function runCentre(
  { urls, poll = 0.5 }: Surroundings,
  time: StageTime,
  call: Call,
  traits: CentreTraits,
): Promise<void> {
  const { count = 6, kinds = KINDS, workers = 1, wait = 4_000, sourceSystem = 'Response centre of a test 1.0' } = traits
  const events = eventsOf(kinds, count)
  const accepted: string[] = []
  const headers = sourceSystem === null ? undefined : { 'nhn-source-system': sourceSystem }

  const find = async (event: Event): Promise<Got | undefined> => {
    if (traits.looks === false) return undefined
    const base = `${urls['jft-read']}/v1/${event.resourceType}`
    const page =
      traits.lookBy === 'post'
        ? await call({
            method: 'POST',
            url: `${base}/_search`,
            body: '_count=50',
            type: 'application/x-www-form-urlencoded',
          })
        : await call({ method: 'GET', url: `${base}?_count=50` })
    const { entry = [] } = JSON.parse(page.text) as { entry?: { resource: { id: string; identifier?: unknown } }[] }
    const mine = JSON.stringify(event.identifier)
    const found = entry.find(({ resource }) => JSON.stringify(resource.identifier) === mine)
    if (!found) return undefined
    return { status: 202, headers: new Headers({ location: `${base}/${found.resource.id}/$status` }), text: '' }
  }
  const post = (event: Event) => {
    const url = `${urls['jft-write']}/v1/${event.resourceType}`
    const body = traits.body?.(event) ?? JSON.stringify(event)
    const sent = { method: 'POST', url, ...(headers ? { headers } : {}) }
    // A getter: the text is made at each attempt.
    const fresh = {
      ...sent,
      get body() {
        return `${body}${' '.repeat(Math.floor(time.now() / 7) % 50)}`
      },
    }
    return call(traits.afresh ? fresh : { ...sent, body }, () => find(event))
  }
  const submit = async (event: Event) => {
    if (traits.pause) await time.sleep(traits.pause)
    const got = await post(event)
    if (got.status === 202) {
      accepted.push(got.headers.get('location') ?? '')
      if (traits.repeatsAccepted === true) await post(event)
      return
    }
    for (let times = 0; times < (traits.repeatsRefused ?? 0); times += 1) {
      const { status, headers: answered } = await post(event)
      if (status === 202) accepted.push(answered.get('location') ?? '')
    }
    const mended = traits.mends ? await post({ ...event, language: 'nb' }) : got
    if (mended.status === 202) accepted.push(mended.headers.get('location') ?? '')
  }
  const queue = [...events]
  const work = async () => {
    for (let event = queue.shift(); event; event = queue.shift()) await submit(event)
  }
  await Promise.all(Array.from({ length: workers }, work))
  if (traits.repeatsAccepted === 'later' && events[0]) await post(events[0])
  await follow(accepted)

  async function follow(all: readonly string[]): Promise<void> {
    if (traits.status === 'never') return
    const open = new Set(traits.status === 'not-of-the-first' ? all.slice(1) : all)
    for (const until = time.now() + wait; open.size > 0 && time.now() < until; ) {
      for (const url of open) {
        const { text } = await call({ method: 'GET', url })
        if (/"journalingAcknowledged":"/.test(text)) open.delete(url)
      }
      if (traits.status === 'at-once' || traits.status === 'once') return
      await time.sleep(poll * 1_000)
    }
  }
}

function eventsOf(kinds: readonly Kind[], count: number): Event[] {
  seedFixtures(7)
  return Array.from({ length: count }, (_, at) => {
    const event = anyEvent(kinds[at % kinds.length] ?? 'note')
    const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${crypto.randomUUID()}` }
    return { ...event, identifier: event.resourceType === 'MedicationDispense' ? [identifier] : identifier } as Event
  })
}

/** One object where R4 has a list. */
export const lenient = (event: Event): string => spoil(event, 'single-object')

export { GaveUp }
