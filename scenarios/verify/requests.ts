import { isSearch as isSearchAt, isSubmission } from '../../simulator/ground/surfaces.ts'
import { type Call, type Evidence, isAcknowledgement } from './evidence.ts'

/** Submissions: of events to JFT, of patients to PIT. */
export function submissions({ calls }: Evidence): Call[] {
  return calls.filter(
    ({ surface, method, url: { pathname } }) => isSubmission(surface, method, pathname) && /\/v1\/\w+$/.test(pathname),
  )
}

/** Acknowledgements of journaling. */
export function acknowledgements({ calls }: Evidence): Call[] {
  return calls.filter(({ surface, url }) => surface === 'jft-write' && isAcknowledgement(url.pathname))
}

/** `Type/id` in the path of an acknowledgement. */
export function eventOf({ url }: Call): string {
  return url.pathname.split('/').slice(-3, -1).join('/')
}

/** Searches and pages on both roads, refused ones too. */
export function searches({ calls }: Pick<Evidence, 'calls'>): Call[] {
  return calls.filter(isSearch)
}

export function isSearch({ surface, method, url }: Call): boolean {
  return isSearchAt(surface, method, url.pathname)
}

/** Requests for a token. */
export function tokenRequests({ calls }: Evidence): Call[] {
  return calls.filter(isTokenRequest)
}

export function isTokenRequest({ surface, url }: Call): boolean {
  return surface === 'helseid' && /\/connect\/token$/.test(url.pathname)
}

/** What a search asks for: the query, and the form of a POST. */
export function parametersOf({ url, method, requestBody }: Call): URLSearchParams {
  return method === 'POST'
    ? new URLSearchParams([...url.searchParams, ...new URLSearchParams(requestBody)])
    : url.searchParams
}

/** The resource type that a search is for. */
export function typeOf({ url }: Call): string {
  const path = url.pathname.replace(/\/_search$/, '')
  return path.split('/').at(-1) ?? ''
}

/** Calls that are the same to the letter, their proofs included, oldest first; by what they have in common. */
const copies = new WeakMap<Evidence, ReadonlyMap<string, readonly Call[]>>()

function copiesIn(evidence: Evidence): ReadonlyMap<string, readonly Call[]> {
  const known = copies.get(evidence)
  if (known) return known
  const made = new Map<string, Call[]>()
  for (const call of evidence.calls) {
    const same = made.get(copyKey(call))
    if (same) same.push(call)
    else made.set(copyKey(call), [call])
  }
  copies.set(evidence, made)
  return made
}

/** A body is not looked at: of what is refused for its proof it may not all be there. */
const copyKey = ({ method, url, requestHeaders }: Call) =>
  [method, url.href, requestHeaders.get('authorization'), requestHeaders.get('dpop')].join(' ')

/** The first call that was the same to the letter, its proof included; absent where there is no proof, or it is the first. */
export function copied(evidence: Evidence, call: Call): Call | undefined {
  if (!call.requestHeaders.has('dpop')) return undefined
  const first = copiesIn(evidence).get(copyKey(call))?.[0]
  return first === call ? undefined : first
}

/** Milliseconds in which an HTTP library sends again on its own. */
const AT_ONCE = 1_000

/**
 * Whether an HTTP library has sent it again on its own, which the program neither asked for nor sees: the first copy of a GET
 * that got no byte of an answer, at once (RFC 9112, section 9.3.1: a client may do so with an idempotent method).
 */
export function isResentByLibrary(evidence: Evidence, call: Call): boolean {
  const before = copied(evidence, call)
  if (before === undefined || call.method !== 'GET' || before.status !== 0) return false
  const isFirstCopy = copiesIn(evidence).get(copyKey(call))?.[1] === call
  return isFirstCopy && call.began - before.ended < AT_ONCE
}

/** Calls that came after it, oldest first. */
export function laterOf({ calls }: Evidence, call: Call): Call[] {
  return calls.slice(calls.indexOf(call) + 1)
}

/**
 * Whether two calls ask for the same thing. A search is told by its type and cursor on either road: what else stands in its
 * query may be the time. A token is told by who asks. Anything else is told by what it says: the same bytes, or the same
 * event.
 */
export function sameRequest(one: Call, other: Call): boolean {
  if (one.surface !== other.surface) return false
  if (isSearch(one) || isSearch(other)) {
    return isSearch(one) && isSearch(other) && typeOf(one) === typeOf(other) && cursorOf(one) === cursorOf(other)
  }
  if (one.method !== other.method || one.url.pathname !== other.url.pathname) return false
  if (isTokenRequest(one)) return true
  return one.url.search === other.url.search && (sameContent(one, other) || mayBeSame(one, other))
}

/** Of a body that was refused before it was read nobody knows more than its length. */
function mayBeSame(one: Call, other: Call): boolean {
  if (one.requestBody !== '' && other.requestBody !== '') return false
  const [first, second] = [one, other].map(({ requestHeaders }) => requestHeaders.get('content-length'))
  return first === undefined || second === undefined || first === second
}

const cursorOf = (call: Call) => parametersOf(call).get('cursor')

/** Whether two calls send the same: byte for byte, or the same event, made into text again. */
export function sameContent(one: Call, other: Call): boolean {
  if (one.requestBody === other.requestBody) return true
  const [first, second] = [objectIn(one.requestBody), objectIn(other.requestBody)]
  if (first === undefined || second === undefined) return false
  const identity = identityOf(first)
  return (identity !== undefined && identity === identityOf(second)) || canonical(first) === canonical(second)
}

/** The JSON object that a body is. */
function objectIn(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(body)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

/** The same text for the same members, in whatever order they stand. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    typeof member === 'object' && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).sort(([one], [other]) => (one < other ? -1 : 1)))
      : member,
  )
}

/** The business identifiers of a resource, by which its sender knows it again. */
function identityOf({ resourceType, identifier }: Readonly<Record<string, unknown>>): string | undefined {
  const values = [identifier].flat().flatMap((one) => {
    const { system = '', value } = (one ?? {}) as { system?: unknown; value?: unknown }
    return typeof value === 'string' && value !== '' ? [`${String(system)}|${value}`] : []
  })
  return values.length === 0 ? undefined : [String(resourceType), ...values].join(' ')
}
