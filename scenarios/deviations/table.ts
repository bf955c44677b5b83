import { EVENT_TYPES } from '../../simulator/ground/event-types.ts'
import {
  at,
  entriesChanged,
  headerDropped,
  jsonChanged,
  linksChanged,
  memberDropped,
  parameterIgnored,
  requestHeaderIgnored,
  statusSwapped,
  unchecked,
} from './changes.ts'
import type { DeviantReply, Deviation, Endpoint } from './deviation.ts'

const VKP_SEARCHES = ['patient', 'condition', 'careplan', 'composition'] as const

const submission = (type: string): Endpoint => ({
  name: `submit ${type}`,
  surface: 'jft-write',
  method: 'POST',
  path: `/v1/${type}`,
})
const acknowledgement = (type: string): Endpoint => ({
  name: `acknowledge ${type}`,
  surface: 'jft-write',
  method: 'POST',
  path: `/v1/${type}/:id/$journaling-acknowledged`,
})
const search = (type: string): Endpoint => ({
  name: `search ${type}`,
  surface: 'jft-read',
  method: 'GET',
  path: `/v1/${type}`,
})
const postSearch = (type: string): Endpoint => ({
  name: `search ${type} by POST`,
  surface: 'jft-read',
  method: 'POST',
  path: `/v1/${type}/_search`,
})
const status = (type: string): Endpoint => ({
  name: `status of ${type}`,
  surface: 'jft-read',
  method: 'GET',
  path: `/v1/${type}/:id/$status`,
})
const TOKEN: Endpoint = { name: 'token', surface: 'helseid', method: 'POST', path: '/connect/token' }
const DISCOVERY: Endpoint = {
  name: 'discovery',
  surface: 'helseid',
  method: 'GET',
  path: '/.well-known/openid-configuration',
}
const PIT_READ: Endpoint = { name: 'read patients', surface: 'pit', method: 'GET', path: '/v1/Patient' }
const PIT_WRITE: Endpoint = { name: 'submit a patient', surface: 'pit', method: 'POST', path: '/v1/Patient' }
const vkpSearch = (type: string): Endpoint => ({
  name: `VKP’s search for ${type}`,
  surface: 'vkp',
  method: 'POST',
  path: `/epj/r4/:orgnr/${type}/_search`,
})
const vkpSubmission = (type: string): Endpoint => ({
  name: `VKP’s ${type}`,
  surface: 'vkp',
  method: 'POST',
  path: `/epj/r4/:orgnr/${type}`,
})

/** What every API of NHN's asks of its caller; each is looked at for itself. */
const CALLER_RULES = [
  'token-expired',
  'token-signature',
  'token-audience',
  'token-scope',
  'dpop-htm',
  'dpop-htu',
  'dpop-ath',
  'dpop-signature',
  'dpop-replay',
  'dpop-iat',
] as const

const withBody = (status: number, body: string, headers: Readonly<Record<string, string>> = {}) => {
  return (reply: DeviantReply): DeviantReply => {
    for (const name of reply.headers.keys()) if (name === 'www-authenticate') reply.headers.delete(name)
    for (const [name, value] of Object.entries(headers)) reply.headers.set(name, value)
    return { ...reply, status, body }
  }
}
const accepted = withBody(202, '', { location: 'http://localhost/read/v1/Composition/none/$status' })
const emptyPage = withBody(200, '{"resourceType":"Bundle","type":"searchset","link":[]}')
const emptyStatus = withBody(200, '{"registered":"2026-01-01T00:00:00+00:00"}')

const uncheckedCaller = (endpoint: Endpoint, success: (reply: DeviantReply) => DeviantReply) =>
  CALLER_RULES.map((rule) => unchecked(endpoint, rule, success))

/** A page that is wrong in a way that a reader loses or doubles something by, or is led astray. */
const wrongPages = (endpoint: Endpoint): Deviation[] => [
  entriesChanged(endpoint, 'the last entry of a page is lost', (entries) => entries.slice(0, -1)),
  entriesChanged(endpoint, 'the first entry stands twice', (entries) =>
    entries.flatMap((one, n) => (n ? one : [one, one])),
  ),
  entriesChanged(endpoint, 'a page is in the other order', (entries) =>
    entries.length > 1 ? entries.toReversed() : undefined,
  ),
  entriesChanged(endpoint, 'resources without an id', (entries) =>
    entries.map(({ resource: { id: _id, ...resource }, ...entry }) => ({ ...entry, resource })),
  ),
  entriesChanged(endpoint, 'resources without lastUpdated', (entries) =>
    entries.map((entry) => {
      const { lastUpdated: _lastUpdated, ...meta } = entry.resource.meta ?? {}
      return { ...entry, resource: { ...entry.resource, meta } }
    }),
  ),
  linksChanged(endpoint, 'no next', (links) =>
    links.some(({ relation }) => relation === 'next') ? links.filter(({ relation }) => relation !== 'next') : undefined,
  ),
  linksChanged(endpoint, 'no self', (links) => links.filter(({ relation }) => relation !== 'self')),
  linksChanged(endpoint, 'next on the last page too', (links) => {
    const [self] = links
    return self && links.every(({ relation }) => relation !== 'next')
      ? [...links, { ...self, relation: 'next' }]
      : undefined
  }),
  jsonChanged(endpoint, 'a Bundle that is no searchset', (json) => ({ ...json, type: 'collection' })),
]

const REFUSALS = { 401: 403, 403: 401, 400: 422 } as const

const ofSubmissions = EVENT_TYPES.map(submission).flatMap((endpoint) => [
  ...statusSwapped(endpoint, { 202: 201, ...REFUSALS }),
  headerDropped(endpoint, 202, 'location'),
  headerDropped(endpoint, 401, 'www-authenticate'),
  requestHeaderIgnored(endpoint, 'nhn-source-system'),
  at(endpoint, 'a Location of another event', {
    reply: (reply) => (reply.status === 202 ? accepted(reply) : undefined),
  }),
  unchecked(endpoint, 'r4-array-expected', accepted),
  unchecked(endpoint, 'r4-unknown-element', accepted),
  unchecked(endpoint, 'json-syntax', accepted),
  unchecked(endpoint, 'http-size', accepted),
  ...uncheckedCaller(endpoint, accepted),
])

const ofAcknowledgements = EVENT_TYPES.map(acknowledgement).flatMap((endpoint) => [
  ...statusSwapped(endpoint, { 202: 204, 404: 202, 401: 403, 403: 401 }),
  headerDropped(endpoint, 401, 'www-authenticate'),
  ...uncheckedCaller(endpoint, withBody(202, '')),
])

const ofSearches = EVENT_TYPES.map(search).flatMap((endpoint) => [
  ...statusSwapped(endpoint, { 200: 206, ...REFUSALS }),
  ...wrongPages(endpoint),
  ...['_count', '_sort', '_lastUpdated', '_tag', '_tag:not'].map((name) => parameterIgnored(endpoint, name)),
  ...['search-parameter', 'search-cursor', 'search-cursor-filter', 'search-count'].map((rule) =>
    unchecked(endpoint, rule, emptyPage),
  ),
  ...uncheckedCaller(endpoint, emptyPage),
])

const ofPostSearches = EVENT_TYPES.map(postSearch).flatMap((endpoint) => [
  ...statusSwapped(endpoint, { 200: 206, ...REFUSALS }),
  ...wrongPages(endpoint),
  ...uncheckedCaller(endpoint, emptyPage),
])

const ofStatus = EVENT_TYPES.map(status).flatMap((endpoint) => [
  ...statusSwapped(endpoint, { 200: 202, 404: 200, 401: 403, 403: 401 }),
  ...['registered', 'read', 'journalingAcknowledged'].map((member) => memberDropped(endpoint, member)),
  jsonChanged(endpoint, 'everything is acknowledged', (json) =>
    json.registered == null ? undefined : { ...json, journalingAcknowledged: json.registered },
  ),
  ...uncheckedCaller(endpoint, emptyStatus),
])

const TOKEN_RULES = ['assertion-expired', 'assertion-signature', 'assertion-audience'] as const
const token = withBody(200, '{"access_token":"x.y.z","token_type":"DPoP","expires_in":600}')

const ofHelseId: Deviation[] = [
  ...statusSwapped(TOKEN, { 200: 201, 400: 401 }),
  headerDropped(TOKEN, 200, 'cache-control'),
  headerDropped(TOKEN, 400, 'dpop-nonce'),
  ...['access_token', 'token_type', 'expires_in'].map((member) => memberDropped(TOKEN, member)),
  jsonChanged(TOKEN, 'a bearer token', (json) => ({ ...json, token_type: 'Bearer' })),
  ...TOKEN_RULES.map((rule) => unchecked(TOKEN, rule, token)),
  ...['issuer', 'token_endpoint', 'jwks_uri'].map((member) => memberDropped(DISCOVERY, member)),
]

const ofPit: Deviation[] = [
  ...statusSwapped(PIT_WRITE, { 202: 201, ...REFUSALS }),
  unchecked(PIT_WRITE, 'r4-array-expected', withBody(202, '')),
  ...uncheckedCaller(PIT_WRITE, withBody(202, '')),
  ...statusSwapped(PIT_READ, { 200: 206, ...REFUSALS }),
  ...wrongPages(PIT_READ),
  ...['_count', '_sort', '_lastUpdated'].map((name) => parameterIgnored(PIT_READ, name)),
  ...uncheckedCaller(PIT_READ, emptyPage),
]

const ofVkp: Deviation[] = [
  ...VKP_SEARCHES.map(vkpSearch).flatMap((endpoint) => [
    ...statusSwapped(endpoint, { 200: 202, 400: 200, 401: 403 }),
    requestHeaderIgnored(endpoint, 'servicecodes'),
    memberDropped(endpoint, 'entry'),
  ]),
  ...EVENT_TYPES.map((type) => vkpSubmission(type.toLowerCase())).flatMap((endpoint) =>
    statusSwapped(endpoint, { 200: 204, 400: 200, 401: 403 }),
  ),
]

/** Implementations that are wrong in one way each, over all surfaces. */
export const DEVIATIONS: readonly Deviation[] = [
  ...ofSubmissions,
  ...ofAcknowledgements,
  ...ofSearches,
  ...ofPostSearches,
  ...ofStatus,
  ...ofHelseId,
  ...ofPit,
  ...ofVkp,
]

/** Deviations that no scenario may hold against an implementation, and why. */
export const TOLERATED: Readonly<Record<string, string>> = {}
