import type { Reply } from '../runner/http.ts'
import { Inconclusive, Unplayed } from './question.ts'
import type { Session } from './session.ts'

/** The person that NHN's own example has. */
const PERSON = '02850097219'
export const IDENTITY_SYSTEM = 'urn:oid:2.16.578.1.12.4.1.4.1'

/** A submitted event, as its 202 names it. */
export interface SubmittedEvent {
  readonly type: string
  readonly id: string
}

/** A valid note of a synthetic person, like no other; `change` replaces members. */
export function note(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    resourceType: 'Composition',
    status: 'final',
    type: { text: 'Note' },
    date: '2026-01-01T10:00:00Z',
    title: `Calibration ${crypto.randomUUID()}`,
    author: [{ display: 'Calibration' }],
    subject: { identifier: { system: IDENTITY_SYSTEM, value: PERSON } },
    ...change,
  }
}

/** A valid Bundle around a note. */
export function bundle(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  const identifier = { system: 'urn:ietf:rfc:3986', value: `urn:uuid:${crypto.randomUUID()}` }
  const entry = [{ fullUrl: `urn:uuid:${crypto.randomUUID()}`, resource: note() }]
  return { resourceType: 'Bundle', type: 'document', identifier, timestamp: '2026-01-01T10:00:00Z', entry, ...change }
}

/** A valid dispensing. */
export function dispensing(change: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    resourceType: 'MedicationDispense',
    status: 'completed',
    medicationCodeableConcept: { text: `Calibration ${crypto.randomUUID()}` },
    subject: { identifier: { system: IDENTITY_SYSTEM, value: PERSON } },
    ...change,
  }
}

/** What a submission may be told. */
export interface How {
  readonly party?: string | null
  readonly orgnr?: string | null
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly takes?: readonly number[]
  /** Of the path, when it is not that of the resource. */
  readonly type?: string
}

/** Posts a resource, or a text, to its type's endpoint. */
export async function post(
  session: Session,
  resource: Record<string, unknown> | string,
  how: How = {},
): Promise<Reply> {
  const { contentType = await acceptedType(session), headers, type, ...ask } = how
  const own = typeof resource === 'string' ? 'Composition' : String(resource.resourceType)
  return session.call({
    surface: 'jft-write',
    method: 'POST',
    path: `/v1/${type ?? own}`,
    headers: { 'content-type': contentType, ...headers },
    body: typeof resource === 'string' ? resource : JSON.stringify(resource),
    ...ask,
  })
}

/** The content types that are tried. */
export const CONTENT_TYPES = [
  'application/json',
  'application/fhir+json',
  'application/json+fhir',
  'text/json',
  'text/plain',
]

/** A content type that a valid event is taken with. */
export function acceptedType(session: Session): Promise<string> {
  return session.once('content type', async () => {
    for (const contentType of CONTENT_TYPES) {
      const reply = await post(session, note(), { contentType })
      if (reply.status === 415) continue
      requireTaken(reply)
      return contentType
    }
    throw new Inconclusive('A valid event was refused with every content type that was tried.')
  })
}

/** Whether a submission was taken (202). A status that is neither 202 nor 4xx decides nothing. */
export async function isTaken(
  session: Session,
  resource: Record<string, unknown> | string,
  how: How = {},
): Promise<boolean> {
  const { status } = await post(session, resource, how)
  if (status === 202) return true
  if ([400, 403, 409, 413, 415, 422].includes(status)) return false
  const what = `The submission was answered ${status}, which is neither a 202 nor a refusal of what was sent.`
  throw status < 300 ? new Unplayed(what, 'write-202') : new Inconclusive(what)
}

/** Submits what must be taken, and reads its id from the Location. */
export async function submit(session: Session, resource = note(), how: How = {}): Promise<SubmittedEvent> {
  const reply = await post(session, resource, how)
  requireTaken(reply)
  const place = /\/v1\/([A-Za-z]+)\/([\w-]+)\/\$status$/.exec(reply.headers.get('location') ?? '')
  if (!place)
    throw new Unplayed('The 202 has no Location of a $status, so the event cannot be found again.', 'write-location')
  return { type: place[1] ?? '', id: place[2] ?? '' }
}

/** Throws where a valid event was not taken. Another 2xx is no refusal: the service says yes in another way. */
export function requireTaken({ status }: Reply): void {
  if (status === 202) return
  const what = `A valid event was answered ${status}, so nothing can be compared with it.`
  throw status < 300 ? new Unplayed(what, 'write-202') : new Inconclusive(what)
}

/** `$status` as JFT documents it. */
export interface Status {
  readonly registered: string | null
  readonly read: string | null
  readonly journalingAcknowledged: string | null
}

/** The answer of `$status`. */
export function statusReply(
  session: Session,
  { type, id }: SubmittedEvent,
  how: Pick<How, 'party' | 'orgnr'> = {},
): Promise<Reply> {
  return session.call({ surface: 'jft-read', method: 'GET', path: `/v1/${type}/${id}/$status`, ...how })
}

/** The status of an event. */
export async function statusOf(session: Session, event: SubmittedEvent): Promise<Status> {
  const { status, json } = await statusReply(session, event)
  const members = (json ?? {}) as Readonly<Record<string, unknown>>
  const known = ['registered', 'read', 'journalingAcknowledged']
  if (status !== 200 || known.some((name) => members[name] === undefined)) {
    const what = `$status answered ${status}, and not what is documented.`
    throw status === 200 ? new Unplayed(what, 'read-status-members') : new Inconclusive(what)
  }
  return json as Status
}

/** Milliseconds between two looks, and how many looks. */
const LOOK = 50
const LOOKS = 400

/** Waits until an event is registered, and gives its status. */
export async function registered(session: Session, event: SubmittedEvent): Promise<Status> {
  for (let look = 0; look < LOOKS; look += 1) {
    const { status, json } = await statusReply(session, event)
    if (status === 200 && (json as Status | undefined)?.registered) return json as Status
    if (status !== 200 && status !== 404) throw new Inconclusive(`$status answered ${status}.`)
    await session.sleep(LOOK)
  }
  throw new Inconclusive('The event was not registered while it was waited for.')
}

/** A submitted event that is registered. */
export async function submitted(session: Session, resource = note(), how: How = {}): Promise<SubmittedEvent> {
  const event = await submit(session, resource, how)
  await registered(session, event)
  return event
}

/** Acknowledges an event. */
export function acknowledge(session: Session, { type, id }: SubmittedEvent, party: string): Promise<Reply> {
  const path = `/v1/${type}/${id}/$journaling-acknowledged`
  return session.call({ surface: 'jft-write', method: 'POST', path, party })
}
