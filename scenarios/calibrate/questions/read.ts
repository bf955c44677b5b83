import { acknowledge, bundle, note, statusOf, submitted } from '../events.ts'
import { Inconclusive, type Questions, twice, Unplayed } from '../question.ts'
import {
  type By,
  fill,
  find,
  isAnswered,
  pageOf,
  type QueryPairs,
  search,
  searchReply,
  seen,
  since,
} from '../search.ts'
import type { CallOptions, Session } from '../session.ts'

/** Events that there have to be, so that a default page is full. */
const ENOUGH = 60
/** More of them, where a page took all. */
const MORE = 120

/** Makes an event to submit. */
type Make = () => Record<string, unknown>

const GET: By = { method: 'GET' }
const POST: By = { method: 'POST' }

async function countDefault(session: Session, by: By) {
  await fill(session, ENOUGH)
  const { entries, next } = await search(session, [], by)
  if (next === undefined)
    throw new Inconclusive(`The page had all ${entries.length} events: the default is as many or more.`)
  return entries.length
}

/** Largest page that is asked for. */
const HUGE = 1_000_000

async function outOfRange(session: Session, count: number) {
  return (await isAnswered(session, [['_count', String(count)]])) ? 'clamp' : 'reject'
}

async function countMax(session: Session, by: By) {
  if (await isAnswered(session, [['_count', String(HUGE)]], by)) return fullPage(session, by)
  let [low, high] = [1, HUGE]
  for (const guess of [50, 51, 100, 101, 1_000]) {
    if (guess <= low || guess >= high) continue
    if (await isAnswered(session, [['_count', String(guess)]], by)) low = guess
    else high = guess
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await isAnswered(session, [['_count', String(middle)]], by)) low = middle
    else high = middle
  }
  if (low === 1 && !(await isAnswered(session, [['_count', '1']], by)))
    throw new Inconclusive('A _count of 1 was refused.')
  return low
}

/** Of a service that makes too large a number smaller: the page that it gives. */
async function fullPage(session: Session, by: By) {
  await fill(session, ENOUGH)
  let { entries, next } = await search(session, [['_count', String(HUGE)]], by)
  if (next === undefined) {
    await fill(session, MORE)
    ;({ entries, next } = await search(session, [['_count', String(HUGE)]], by))
  }
  if (next === undefined)
    throw new Inconclusive(`A page took all ${entries.length} events: the limit is as many or more.`)
  return entries.length
}

/** A value of one word when a search is answered, of another when it is refused. */
const when = (query: QueryPairs, answered: string, refused: string) => async (session: Session) =>
  (await isAnswered(session, query)) ? answered : refused

/** A stamp that has a fraction, its time to the second, and to the minute. */
async function stamped(session: Session) {
  const event = await submitted(session)
  const { meta } = await seen(session, event)
  return { event, minute: `${meta.lastUpdated.slice(0, 16)}Z`, at: new Date(meta.lastUpdated) }
}

/** Under a range, what is later than a minute is later than all of it. */
async function meaning(session: Session, prefix: 'gt' | 'le') {
  const { event, minute, at } = await stamped(session)
  if (at.getUTCSeconds() === 0 && at.getUTCMilliseconds() === 0)
    throw new Inconclusive('The stamp was on a whole minute.')
  const query: QueryPairs = [
    ['_sort', '-_lastUpdated'],
    ['_lastUpdated', `${prefix}${minute}`],
  ]
  const found = (await find(session, event, query)) !== undefined
  return found === (prefix === 'gt') ? 'instant' : 'range'
}

async function withCursor(session: Session, by: By) {
  await fill(session, 6)
  const first = await search(session, [['_count', '3']])
  const cursor = first.next && new URL(first.next).searchParams.get('cursor')
  if (!cursor) throw new Inconclusive('There was no second page.')
  const reply = await searchReply(
    session,
    [
      ['cursor', cursor],
      ['_count', '1'],
    ],
    by,
  )
  if (reply.status === 400) return 'reject'
  const { length } = pageOf(reply).entries
  if (length === 1) return 'apply'
  if (length === 3) return 'ignore'
  throw new Unplayed(`The page had ${length} events, neither 1 nor 3.`)
}

async function badCursor(session: Session, cursor: string) {
  const { status } = await searchReply(session, [['cursor', cursor]])
  if (status === 200) throw new Unplayed('A made-up cursor was answered with a page.')
  return status
}

async function total(session: Session, by: By) {
  await since(session)
  return 'total' in (await search(session, [], by))
}

async function ownId(session: Session, make: typeof note) {
  const own = crypto.randomUUID()
  const event = await submitted(session, make({ id: own }))
  if (event.id === own || (await seen(session, event)).id === own) throw new Unplayed('The submitter’s id was kept.')
  return 'assigned'
}

async function ownTags(session: Session, code: string) {
  const tag = { system: 'https://example.org/calibration', code }
  const { meta } = await seen(session, await submitted(session, note({ meta: { tag: [tag] } })))
  return meta.tag?.some(({ system }) => system === tag.system) ? 'keep' : 'replace'
}

/** Another municipality that NHN's documents name for Test. */
function elsewhere({ target }: Session): string {
  return target.municipality === '312229544' ? '313231593' : '312229544'
}

async function foreign(session: Session, ask: (path: string) => Pick<CallOptions, 'surface' | 'method' | 'path'>) {
  const { type, id } = await submitted(session)
  const { status } = await session.call({ ...ask(`/v1/${type}/${id}`), party: 'ehr', orgnr: elsewhere(session) })
  if (status < 400) throw new Unplayed(`Another municipality’s event was answered ${status}.`)
  return status
}

async function isolated(session: Session, by: By) {
  const event = await submitted(session)
  const found = await find(session, event, [['_lastUpdated', await since(session)]], {
    ...by,
    orgnr: elsewhere(session),
  })
  if (found) throw new Unplayed('Another municipality’s token finds the event.')
  return 'municipality'
}

/** An event that the record system has read, acknowledged by a party. */
async function acknowledged(session: Session, make: Make = note, party = 'ehr') {
  const event = await submitted(session, make())
  await seen(session, event)
  const { status } = await acknowledge(session, event, party)
  return { event, status }
}

/** Requires that both parties are clients of their own. */
function twoClients({ target: { clients } }: Session): void {
  if (clients.ehr?.clientId === clients['response-centre']?.clientId) {
    throw new Inconclusive('The target has the same client for the submitter and for the record system.')
  }
}

async function ackBy(session: Session, make: Make) {
  twoClients(session)
  const { status } = await acknowledged(session, make, 'response-centre')
  const control = await acknowledged(session, make)
  if (control.status !== 202)
    throw new Inconclusive(`The record system’s acknowledgement was answered ${control.status}.`)
  if (status === 202) return 'anyone'
  if (status === 403) return 'other-than-submitter'
  throw new Inconclusive(`The submitter’s acknowledgement was answered ${status}.`)
}

async function markedBy(session: Session, method: By['method'] & string) {
  twoClients(session)
  const event = await submitted(session)
  await seen(session, event, { party: 'response-centre', method: method as 'GET' | 'POST' })
  if ((await statusOf(session, event)).read !== null) return 'anyone'
  await seen(session, event)
  if ((await statusOf(session, event)).read === null)
    throw new Unplayed('No search marked the event as read.', 'read-status-read')
  return 'other-than-submitter'
}

/** Milliseconds after which a stamp in whole seconds is another one; and after which it is so for certain. */
const SECOND = 1_100
const TWO_SECONDS = 2_200

/** Whether the stamp is as late as the reading, which waits so long that it cannot be mistaken for the registration. */
async function readUpdates(session: Session, make: Make) {
  const event = await submitted(session, make())
  const { registered: at } = await statusOf(session, event)
  await session.sleep(TWO_SECONDS)
  await seen(session, event)
  const { read } = await statusOf(session, event)
  if (read === null) throw new Unplayed('The search did not mark the event as read.', 'read-status-read')
  const { meta } = await seen(session, event)
  const [late, early] = [Date.parse(read), Date.parse(at ?? '')]
  if (late - early < SECOND) throw new Inconclusive('Somebody else has read the event.')
  return Date.parse(meta.lastUpdated) - early > SECOND
}

async function ackUpdates(session: Session, make: Make) {
  const event = await submitted(session, make())
  await seen(session, event)
  const before = (await seen(session, event)).meta.lastUpdated
  await session.sleep(PAUSE)
  await mustAcknowledge(session, event)
  return (await seen(session, event)).meta.lastUpdated !== before
}

async function mustAcknowledge(session: Session, event: { type: string; id: string }) {
  const { status } = await acknowledge(session, event, 'ehr')
  if (status !== 202) throw new Inconclusive(`The acknowledgement was answered ${status}.`)
  if ((await statusOf(session, event)).journalingAcknowledged === null)
    throw new Unplayed('An acknowledgement has no time in $status.', 'read-status-acknowledged')
}

/** Milliseconds that tell two stamps apart. */
const PAUSE = 30

async function again(session: Session, make: Make) {
  const { event, status } = await acknowledged(session, make)
  if (status !== 202) throw new Inconclusive(`The acknowledgement was answered ${status}.`)
  const first = (await statusOf(session, event)).journalingAcknowledged
  await session.sleep(SECOND)
  await mustAcknowledge(session, event)
  return (await statusOf(session, event)).journalingAcknowledged === first ? 'keep-first' : 'update'
}

async function unread(session: Session, make: Make) {
  const event = await submitted(session, make())
  if ((await statusOf(session, event)).read !== null) throw new Inconclusive('Somebody else has read the event.')
  const { status } = await acknowledge(session, event, 'ehr')
  if (status === 202) return 'allow'
  await seen(session, event)
  await mustAcknowledge(session, event)
  return 'reject'
}

/** The acknowledgement as it stands among the tags, by what came with it. */
async function newTags(session: Session, make: Make) {
  const event = await submitted(session, make())
  const key = ({ system = '', code = '' }) => `${system}|${code}`
  const before = ((await seen(session, event)).meta.tag ?? []).map(key)
  await mustAcknowledge(session, event)
  return ((await seen(session, event)).meta.tag ?? []).map(key).filter((one) => !before.includes(one))
}

/** What the simulator assumes, and what its neighbours would be. */
const CANDIDATES = [
  'https://fhir.jft.nhn.no/journaling-acknowledged|true',
  'https://fhir.jft.nhn.no/journaling-acknowledged|acknowledged',
  'https://fhir.jft.nhn.no/acknowledged|true',
]

function tagOf(session: Session): Promise<string> {
  return session.once('tag', async () => {
    const [returned, ...more] = await newTags(session, note)
    if (returned !== undefined && more.length === 0) return returned
    for (const tag of CANDIDATES) if (await isAnswered(session, [['_tag', tag]])) return tag
    throw new Inconclusive('An acknowledged event has no new tag, and none of the tags that were tried is known.')
  })
}

/** The tag must find what was acknowledged, and not what was not. */
async function tagFinds(session: Session, parameter: '_tag' | '_tag:not') {
  const tag = await tagOf(session)
  const { event, status } = await acknowledged(session)
  if (status !== 202) throw new Inconclusive(`The acknowledgement was answered ${status}.`)
  const other = await submitted(session)
  const query: QueryPairs = [
    ['_sort', '-_lastUpdated'],
    ['_lastUpdated', await since(session)],
    [parameter, tag],
  ]
  const [has, hasOther] = [await find(session, event, query), await find(session, other, query)]
  const [wanted, unwanted] = parameter === '_tag' ? [has, hasOther] : [hasOther, has]
  if (wanted && !unwanted) return tag
  throw new Inconclusive(`${parameter}=${tag} does not tell the acknowledged event from the other.`)
}

/** What searches and acknowledgements tell. */
export const READ_QUESTIONS: Questions = {
  acknowledgedTag: {
    sends: '3 events, acknowledged, and searched by tag',
    probes: twice('_tag', '_tag:not', tagFinds),
  },
  acknowledgedTagReturned: {
    sends: '2 acknowledged events, searched before and after',
    probes: twice<Make>(note, bundle, async (s, make) => (await newTags(s, make)).length > 0),
  },
  countDefault: {
    sends: `${ENOUGH} events, 2 searches without _count`,
    confidence: 'medium',
    probes: twice(GET, POST, countDefault),
  },
  countMax: { sends: 'up to 50 searches with a _count', confidence: 'medium', probes: twice(GET, POST, countMax) },
  countOutOfRange: { sends: 'searches with a _count of 0 and of 1,000,000', probes: twice(0, HUGE, outOfRange) },
  lastUpdatedPrefix: {
    sends: '2 searches by a time without prefix',
    probes: [
      when([['_lastUpdated', '2026-01-01T12:00Z']], 'optional', 'required'),
      when([['_lastUpdated', '2026-02-03T10:11:12Z']], 'optional', 'required'),
    ],
  },
  lastUpdatedPrecision: {
    sends: '2 searches by a day',
    probes: [
      when([['_lastUpdated', 'ge2026-01-01']], 'any', 'minute'),
      when([['_lastUpdated', 'lt2026-02-03']], 'any', 'minute'),
    ],
  },
  lastUpdatedMeaning: { sends: '2 events, and searches by the minute of each', probes: twice('gt', 'le', meaning) },
  unknownParameter: {
    sends: '2 searches with a parameter that nobody has',
    probes: [when([['no-such-parameter', '1']], 'ignore', 'reject'), when([['_noSuch', 'x']], 'ignore', 'reject')],
  },
  countWithCursor: {
    sends: '2 second pages with a _count',
    probes: [(s) => withCursor(s, GET), (s) => withCursor(s, POST)],
  },
  invalidCursorStatus: { sends: '2 made-up cursors', probes: twice('no-cursor', 'AAAAAAAAAAAAAAAA', badCursor) },
  cursorLifetimeSeconds: { impossible: 'That a cursor lives for ever cannot be waited for.' },
  searchTotal: { sends: '2 searches', probes: twice(GET, POST, total) },
  resourceId: { sends: '2 events with an id', probes: twice(note, bundle, ownId) },
  clientTags: { sends: '2 events with a tag', probes: twice('one', 'other', ownTags) },
  foreignEventStatus: {
    sends: '2 events, asked for with a token of another municipality',
    probes: twice(
      (path: string) => ({ surface: 'jft-read', method: 'GET', path: `${path}/$status` }) as const,
      (path: string) => ({ surface: 'jft-write', method: 'POST', path: `${path}/$journaling-acknowledged` }) as const,
      foreign,
    ),
  },
  isolation: { sends: '2 searches with a token of another municipality', probes: twice(GET, POST, isolated) },
  acknowledgeBy: {
    sends: '4 events, acknowledged by the submitter and by the record system',
    probes: twice<Make>(note, bundle, ackBy),
  },
  readMarkedBy: { sends: '2 events, searched by the submitter', probes: twice('GET', 'POST', markedBy) },
  readUpdatesLastUpdated: { sends: '2 events, searched twice', probes: twice<Make>(note, bundle, readUpdates) },
  acknowledgeUpdatesLastUpdated: {
    sends: '2 events, searched and acknowledged',
    probes: twice<Make>(note, bundle, ackUpdates),
  },
  failed: { impossible: 'What makes an event fail is "to be defined"; it cannot be provoked.' },
  repeatedAcknowledgement: { sends: '2 events, acknowledged twice', probes: twice<Make>(note, bundle, again) },
  acknowledgeBeforeRead: { sends: '2 events, acknowledged unread', probes: twice<Make>(note, bundle, unread) },
}
