import type { Reply } from '../../runner/http.ts'
import {
  acceptedType,
  bundle,
  CONTENT_TYPES,
  dispensing,
  IDENTITY_SYSTEM,
  isTaken,
  note,
  post,
  registered,
  requireTaken,
  statusReply,
  submit,
} from '../events.ts'
import { atOnce, Inconclusive, type Questions, twice, Unplayed } from '../question.ts'
import type { Session } from '../session.ts'
import { sizeLimit } from '../size.ts'

/** Status of a refusal, which must be one. */
async function refusal(
  session: Session,
  resource: Record<string, unknown> | string,
  type?: string,
  takes?: readonly number[],
) {
  const how = { ...(type === undefined ? {} : { type }), ...(takes === undefined ? {} : { takes }) }
  const { status } = await post(session, resource, how)
  if (status === 202) throw new Unplayed('What was sent to be refused was accepted.')
  return status
}

/** What a body that is wrong is answered with. */
async function errorBody(session: Session, resource: Record<string, unknown>) {
  const { status, headers, json } = await post(session, resource)
  if (status !== 400) throw new Unplayed(`A wrong body was answered ${status}, not 400.`)
  if (/problem\+json/.test(headers.get('content-type') ?? '')) return 'problem-json'
  if ((json as { resourceType?: string } | undefined)?.resourceType === 'OperationOutcome') return 'operation-outcome'
  throw new Unplayed('The 400 has neither an OperationOutcome nor problem+json.')
}

const identified = (value: string) => note({ subject: { identifier: { system: IDENTITY_SYSTEM, value } } })

async function location(session: Session, resource: Record<string, unknown>) {
  const reply = await post(session, resource)
  requireTaken(reply)
  const url = reply.headers.get('location') ?? ''
  const { 'jft-read': read = '', 'jft-write': write = '' } = session.target.urls
  if (read === write) throw new Inconclusive('The target has one URL for both APIs.')
  if (url.startsWith(`${read}/`)) return 'read'
  if (url.startsWith(`${write}/`)) return 'write'
  throw new Unplayed('The Location is of neither host.')
}

async function acceptedBody(session: Session, resource: Record<string, unknown>) {
  const reply = await post(session, resource)
  requireTaken(reply)
  const { text, json } = reply
  if (text === '') return 'empty'
  if ((json as { resourceType?: string } | undefined)?.resourceType === 'OperationOutcome') return 'operation-outcome'
  throw new Unplayed('The 202 has a body that is not an OperationOutcome.')
}

async function contentTypes(session: Session, resource: () => Record<string, unknown>) {
  const taken: string[] = []
  for (const contentType of CONTENT_TYPES) {
    const { status } = await post(session, resource(), { contentType })
    if (status === 202) taken.push(contentType)
    else if (status !== 415) throw new Unplayed(`${contentType} was answered ${status}, neither 202 nor 415.`)
  }
  return taken
}

async function duplicate(session: Session, resource: Record<string, unknown>) {
  await submit(session, resource)
  const { status } = await post(session, resource)
  if (status === 202) return 'new-event'
  if (status === 409) return 'conflict'
  throw new Unplayed(`The second submission was answered ${status}.`)
}

async function eventId(session: Session, resource: Record<string, unknown>) {
  return (await post(session, resource)).headers.has('nhn-event-id')
}

/** Whether it is registered at once: two probes cannot agree on how long it takes. */
async function delay(session: Session, resource: Record<string, unknown>) {
  const began = performance.now()
  const event = await submit(session, resource)
  const first = await statusReply(session, event)
  if (first.status === 200 && (first.json as { registered?: unknown }).registered) return atOnce(began)
  await registered(session, event)
  const took = Math.round(performance.now() - began)
  throw new Inconclusive(
    `An event was registered within ${took} ms after it was sent, and not at once; each takes its own time.`,
  )
}

async function before(session: Session, resource: Record<string, unknown>) {
  const { status, json } = await statusReply(session, await submit(session, resource))
  if (status === 404) return 'not-found'
  if (status === 200 && (json as { registered?: unknown }).registered === null) return 'null'
  throw new Inconclusive('The event was registered before its $status could be asked for.')
}

/** Refused with less than the setting's reach would be a refusal of something else: the harmless one is the control. */
async function flagged(
  session: Session,
  probe: Record<string, unknown>,
  [yes, no]: readonly [string, string],
  how = {},
) {
  return (await isTaken(session, probe, how)) ? yes : no
}

async function withoutToken(session: Session, headers: Readonly<Record<string, string>>) {
  const ask = { surface: 'jft-write', method: 'POST', path: '/v1/Composition', party: null } as const
  const contentType = await acceptedType(session)
  const reply = await session.call({
    ...ask,
    headers: { 'content-type': contentType, ...headers },
    body: JSON.stringify(note()),
  })
  const { status, text } = reply
  if (status !== 401 && status !== 403) throw new Unplayed(`A call without a token was answered ${status}.`)
  if (challengeOf(reply) === 'nhn-samples')
    throw new Inconclusive('It answers as the samples of NHN do, which have no body.')
  return text === '' ? 'empty' : 'operation-outcome'
}

/** The scheme that a refused DPoP token is challenged with: an API of NHN's samples names Bearer. */
function challengeOf({ headers }: Reply): string | undefined {
  const scheme = /^(DPoP|Bearer)\b/i.exec(headers.get('www-authenticate') ?? '')?.[1]?.toLowerCase()
  return scheme && { dpop: 'rfc-9449', bearer: 'nhn-samples' }[scheme]
}

async function challenged(session: Session, surface: 'jft-write' | 'jft-read') {
  const method = surface === 'jft-read' ? 'GET' : 'POST'
  const headers = { authorization: 'DPoP none', dpop: 'none', 'content-type': 'application/fhir+json' }
  const body = method === 'GET' ? {} : { body: '{}' }
  const reply = await session.call({ surface, method, path: '/v1/Composition', party: null, headers, ...body })
  const challenge = reply.status === 401 ? challengeOf(reply) : undefined
  if (challenge !== undefined) return challenge
  throw new Unplayed(`A call with a wrong token was answered ${reply.status}, without a challenge that is known.`)
}

async function otherForm(session: Session, path: string) {
  const { status } = await session.call({ surface: 'jft-read', method: 'GET', path })
  if (status === 200) return 'any'
  if (status === 404) return 'exact'
  throw new Unplayed(`${path} was answered ${status}.`)
}

async function withoutMunicipality(session: Session, surface: 'jft-write' | 'jft-read') {
  const { status } =
    surface === 'jft-write'
      ? await post(session, note(), { orgnr: null })
      : await session.call({ surface, method: 'GET', path: '/v1/Composition', orgnr: null })
  if (status === 202 || status === 200) {
    throw new Inconclusive('The call was accepted: HelseID gave the token a municipality of its own.')
  }
  return status
}

async function metadata(session: Session, surface: string) {
  const { status } = await session.call({ surface, method: 'GET', path: '/metadata' })
  if (status === 404) return 'not-found'
  throw new Unplayed(`/metadata answered ${status}, which no value of the setting stands for.`)
}

const SHORT = { 'nhn-source-system': 'ab' }
const LONG = { 'nhn-source-system': 'a'.repeat(513) }

/** What submissions tell. */
export const WRITE_QUESTIONS: Questions = {
  errorBody: {
    sends: '2 Compositions with a wrong member',
    probes: twice(note({ status: 'bogus' }), note({ category: [] }), errorBody),
  },
  acceptedBody: { sends: '2 valid events', probes: [(s) => acceptedBody(s, note()), (s) => acceptedBody(s, bundle())] },
  locationHost: { sends: '2 valid events', probes: [(s) => location(s, note()), (s) => location(s, dispensing())] },
  unauthorizedBody: {
    sends: '2 submissions without a valid token',
    probes: twice({}, { authorization: 'DPoP none', dpop: 'none' }, withoutToken),
  },
  apiChallenge: {
    sends: 'a submission and a search with a wrong token',
    probes: twice('jft-write', 'jft-read', challenged),
  },
  pathForms: {
    sends: '2 searches whose path has another form',
    probes: twice('/v1/composition', '/v1/Composition/', otherForm),
  },
  missingScopeStatus: {
    impossible: 'HelseID gives a token for JFT along with the one scope that JFT has; there is none without it.',
  },
  missingMunicipalityStatus: {
    sends: 'a submission and a search with a token without orgnr_parent',
    probes: twice('jft-write', 'jft-read', withoutMunicipality),
  },
  identityNumberStatus: {
    sends: '2 Compositions with an identity number whose control digits are wrong',
    probes: [(s) => refusal(s, identified('02850097210')), (s) => refusal(s, identified('02850097218'))],
  },
  organizationNumberStatus: {
    impossible:
      'The numbers are claims that HelseID signs; a client of a real organisation would have to be registered.',
  },
  identityNumberScope: {
    impossible: 'A refused number in a text would have to be a real person’s; none is sent.',
  },
  otherSyntheticSeries: {
    sends: '2 Compositions with +40 numbers',
    probes: [
      (s) => flagged(s, identified('01410010085'), ['accept', 'reject']),
      (s) => flagged(s, identified('02410010014'), ['accept', 'reject']),
    ],
  },
  duplicateSubmission: {
    sends: '2 pairs of the same event',
    probes: [(s) => duplicate(s, note()), (s) => duplicate(s, bundle())],
  },
  sizeLimitBytes: {
    sends: 'up to 30 events of 0.5 to 2 MB, which reach the limit from both sides',
    confidence: 'medium',
    probes: [(s) => sizeLimit(s, (size) => sized(note(), size)), (s) => sizeLimit(s, (size) => sized(bundle(), size))],
  },
  contentTypes: {
    sends: `a Composition and a Bundle with each of ${CONTENT_TYPES.join(', ')}`,
    confidence: 'medium',
    probes: twice(note, bundle, contentTypes),
  },
  wrongResourceTypeStatus: {
    sends: 'a Composition to the endpoint of Bundles, and a MedicationDispense to that of Compositions',
    probes: [(s) => refusal(s, note(), 'Bundle'), (s) => refusal(s, dispensing(), 'Composition')],
  },
  bundleType: {
    sends: 'Bundles of the types transaction and collection',
    probes: [
      (s) => flagged(s, bundle({ type: 'collection' }), ['any', 'document']),
      (s) => flagged(s, bundle({ type: 'message' }), ['any', 'document']),
    ],
  },
  profileValidation: {
    sends: '2 events that no profile of VKP would take',
    probes: [
      (s) => unchecked(s, note({ type: { coding: [{ system: 'http://loinc.org', code: 'no-such-code' }] } })),
      (s) => unchecked(s, bundle({ total: 3 })),
    ],
  },
  whitespaceOnlyStrings: {
    sends: '2 events with a string of spaces',
    probes: [
      (s) => flagged(s, note({ title: '  ' }), ['accepted', 'rejected']),
      (s) => flagged(s, dispensing({ medicationCodeableConcept: { text: ' ' } }), ['accepted', 'rejected']),
    ],
  },
  eventIdGenerated: {
    sends: '2 valid events without nhn-event-id',
    probes: [(s) => eventId(s, note()), (s) => eventId(s, bundle())],
  },
  sourceSystemLength: {
    sends: '2 valid events with an nhn-source-system of 2 and of 513 characters',
    probes: [
      (s) => flagged(s, note(), ['warn', 'reject'], { headers: SHORT }),
      (s) => flagged(s, note(), ['warn', 'reject'], { headers: LONG }),
    ],
  },
  registrationDelayMs: {
    sends: '2 valid events, each with its $status at once',
    probes: [(s) => delay(s, note()), (s) => delay(s, bundle())],
  },
  statusBeforeRegistered: {
    sends: '2 valid events, each with its $status at once',
    probes: [(s) => before(s, note()), (s) => before(s, bundle())],
  },
  metadata: { sends: 'GET /metadata of both APIs', probes: twice('jft-write', 'jft-read', metadata) },
  unprocessableStatus: { impossible: 'That a status is never used cannot be seen from some answers.' },
  retention: { impossible: 'How long events stay shows only after as long.' },
  requestsPerMinute: {
    sends: 'searches until a 429, 2,000 at most, twice',
    only: 'rates',
    confidence: 'medium',
    probes: twice('response-centre', 'ehr', rate),
  },
}

async function unchecked(session: Session, resource: Record<string, unknown>) {
  if (await isTaken(session, resource)) return 'none'
  throw new Unplayed('What only a profile forbids was refused, which no value of the setting stands for.')
}

/** Its text, with spaces behind it up to a size in bytes. */
function sized(resource: Record<string, unknown>, bytes: number): string {
  const text = JSON.stringify(resource)
  return text.padEnd(bytes)
}

/** Requests that look for a limit. */
const MOST = 2_000
const MINUTE = 60_000

/** How many requests the first minute that is whole lets through. */
async function rate(session: Session, party: string): Promise<number> {
  await session.sleep(MINUTE - (Date.now() % MINUTE))
  const ask = { surface: 'jft-read', method: 'GET', path: '/v1/Composition?_count=1', party, takes: [429] } as const
  const until = Date.now() + MINUTE
  for (let number = 0; number < MOST; number += 1) {
    if ((await session.call(ask)).status === 429) return number
    if (Date.now() >= until) throw new Inconclusive(`A minute passed after ${number + 1} requests, without a limit.`)
  }
  return 0
}
