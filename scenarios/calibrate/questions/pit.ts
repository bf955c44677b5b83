import type { Reply } from '../../runner/http.ts'
import { acceptedType, IDENTITY_SYSTEM } from '../events.ts'
import { atOnce, Inconclusive, type Questions, twice, Unplayed } from '../question.ts'
import { pageOf } from '../search.ts'
import type { CallOptions, Session } from '../session.ts'
import { fits, largest } from '../size.ts'

const PIT = ['pit']

/** A patient without a national identity number, like no other. */
function patient(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const identifier = [{ system: 'https://example.org/calibration', value: crypto.randomUUID() }]
  return { resourceType: 'Patient', identifier, name: [{ family: 'Calibration' }], gender: 'female', ...change }
}

async function hand(session: Session, body: Record<string, unknown> | string): Promise<Reply> {
  const headers = { 'content-type': await acceptedType(session) }
  const text = typeof body === 'string' ? body : JSON.stringify(body)
  return session.call({ surface: 'pit', method: 'POST', path: '/v1/Patient', party: 'pit-ehr', headers, body: text })
}

function read(session: Session, ask: Partial<CallOptions> = {}): Promise<Reply> {
  return session.call({ surface: 'pit', method: 'GET', path: '/v1/Patient', party: 'pit-vendor', ...ask })
}

async function location(session: Session, body: Record<string, unknown>) {
  const { status, headers } = await hand(session, body)
  if (status !== 202) throw new Inconclusive(`A valid patient was answered ${status}.`)
  if (headers.has('location')) throw new Unplayed('The 202 has a Location, which no value of the setting stands for.')
  return 'none'
}

async function searchByPost(session: Session, body: string) {
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const { status } = await read(session, { method: 'POST', path: '/v1/Patient/_search', headers, body })
  if (status === 200) return 'as-jft'
  if (status === 404) return 'not-found'
  throw new Unplayed(`It was answered ${status}.`)
}

async function outOfRange(session: Session, count: number) {
  const { status } = await read(session, { path: `/v1/Patient?_count=${count}` })
  if (status === 200) return 'clamp'
  if (status === 400) return 'reject'
  throw new Unplayed(`A _count of ${count} was answered ${status}.`)
}

async function identityNumbers(session: Session, value: string) {
  const { status } = await hand(session, patient({ identifier: [{ system: IDENTITY_SYSTEM, value }] }))
  if (status === 202) return 'not-checked'
  if (status === 400 || status === 403) return 'as-jft'
  throw new Unplayed(`A wrong identity number was answered ${status}.`)
}

/** The patients with that identifier, however many pages there are. */
async function patientsWith(session: Session, value: string): Promise<number> {
  let [found, path]: [number, string | undefined] = [0, `/v1/Patient?_count=50&_sort=-_lastUpdated`]
  for (let page = 0; path !== undefined && page < 20; page += 1) {
    const { entries, next } = pageOf(await read(session, { path }))
    found += entries.filter(({ resource }) => JSON.stringify(resource).includes(value)).length
    path = next
  }
  return found
}

async function samePerson(session: Session, change: Record<string, unknown>) {
  const value = crypto.randomUUID()
  const identifier = [{ system: 'https://example.org/calibration', value }]
  for (const one of [patient({ identifier }), patient({ identifier, ...change })]) await hand(session, one)
  for (let look = 0; look < 40; look += 1) {
    const found = await patientsWith(session, value)
    if (found === 2) return 'new-entry'
    if (found === 1 && look > 5) return 'replace'
    await session.sleep(50)
  }
  throw new Inconclusive('The patient was not there to read while it was waited for.')
}

async function processing(session: Session, body: Record<string, unknown>) {
  const identifier = body.identifier as readonly { readonly value: string }[]
  await Promise.all([session.token('pit-ehr', session.target.municipality), acceptedType(session)])
  const began = performance.now()
  const { status } = await hand(session, body)
  if (status !== 202) throw new Inconclusive(`A valid patient was answered ${status}.`)
  if ((await patientsWith(session, identifier[0]?.value ?? '')) > 0) return atOnce(began)
  throw new Inconclusive('The patient was not there at once; two probes cannot agree on how long it takes.')
}

async function unchecked(session: Session, body: Record<string, unknown>) {
  const { status } = await hand(session, body)
  if (status === 202) return 'base-r4'
  throw new Unplayed(`A patient of base R4 was answered ${status}, which no value of the setting stands for.`)
}

async function errors(session: Session, body: Record<string, unknown>) {
  const { status, headers } = await hand(session, body)
  if (status !== 400) throw new Unplayed(`A wrong body was answered ${status}, not 400.`)
  return headers.get('content-type')?.split(';')[0]
}

async function size(session: Session, change: Record<string, unknown>) {
  const text = JSON.stringify(patient(change))
  return largest(async (bytes) => fits((await hand(session, text.padEnd(bytes))).status, bytes), 4_096)
}

/** As JFT: when both give their refusals the same form. */
async function asJft(session: Session, body: Record<string, unknown>) {
  const own = await errors(session, body)
  const wrong = { resourceType: 'Composition', status: 'bogus' }
  const headers = { 'content-type': await acceptedType(session) }
  const ask = { surface: 'jft-write', method: 'POST', path: '/v1/Composition', headers } as const
  const jft = await session.call({ ...ask, body: JSON.stringify(wrong) })
  if (jft.headers.get('content-type')?.split(';')[0] === own) return 'as-jft'
  throw new Unplayed('PIT gives its refusals another form than JFT, which no value of the setting stands for.')
}

/** What the patient information service tells. */
const QUESTIONS: Questions = {
  pitProcessingDelayMs: {
    sends: '2 patients, searched at once',
    probes: [(s) => processing(s, patient()), (s) => processing(s, patient({ active: true }))],
  },
  pitLocation: {
    sends: '2 patients',
    probes: [(s) => location(s, patient()), (s) => location(s, patient({ active: true }))],
  },
  pitSearchByPost: { sends: '2 searches by POST', probes: twice('_count=1', '_sort=_lastUpdated', searchByPost) },
  pitOtherInteractions: {
    impossible: 'A 404 is given for an unknown patient, too: it does not say whether there is such an endpoint.',
  },
  pitCountOutOfRange: {
    sends: 'searches with a _count of 0 and of 1,000,000',
    probes: twice(0, 1_000_000, outOfRange),
  },
  pitSizeLimitBytes: {
    sends: 'up to 30 patients of 0.5 to 2 MB, which reach the limit from both sides',
    confidence: 'medium',
    probes: twice({}, { active: true }, size),
  },
  pitIsolation: { impossible: 'That nobody else sees the patients could only be seen by all others.' },
  pitSamePerson: {
    sends: '2 pairs of the same patient',
    probes: twice({ gender: 'male' }, { name: [{ family: 'Kalibrering' }] }, samePerson),
  },
  pitProfile: {
    sends: '2 patients with little in them',
    probes: [
      (s) => unchecked(s, { resourceType: 'Patient', active: true }),
      (s) => unchecked(s, patient({ gender: 'unknown', name: [{ text: 'x' }] })),
    ],
  },
  pitIdentityNumbers: {
    sends: '2 patients whose identity number has wrong control digits',
    probes: twice('02850097210', '02850097218', identityNumbers),
  },
  pitOrganizationNumbers: {
    impossible:
      'The numbers are claims that HelseID signs; a client of a real organisation would have to be registered.',
  },
  pitTags: { impossible: 'A tag may be added in a case that no probe meets; none was documented.' },
  pitErrors: {
    sends: '2 patients that are not FHIR, and a Composition that is not',
    probes: [(s) => asJft(s, patient({ gender: 'bogus' })), (s) => asJft(s, patient({ name: [] }))],
  },
}

export const PIT_QUESTIONS: Questions = Object.fromEntries(
  Object.entries(QUESTIONS).map(([name, question]) => [
    name,
    'impossible' in question ? question : { ...question, needs: PIT },
  ]),
)
