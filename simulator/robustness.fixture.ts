import fc from 'fast-check'

/** What a fuzzer sends: requests that are nearly right, and requests that are nothing. */

const SURFACES = ['/helseid', '/ttt', '/write', '/read', '/pit', '/vkp', '/ehr', '/_sim', '/s/nowhere']
export const TARGETS = [
  ['GET', '/helseid/.well-known/openid-configuration'],
  ['POST', '/helseid/connect/token'],
  ['POST', '/ttt/v2/create-test-token-with-key'],
  ['POST', '/write/v1/Bundle'],
  ['POST', '/write/v1/Composition'],
  ['POST', '/write/v1/MedicationDispense/x/$journaling-acknowledged'],
  ['GET', '/write/swagger'],
  ['GET', '/read/v1/Composition'],
  ['POST', '/read/v1/Composition/_search'],
  ['GET', '/read/v1/Composition/x/$status'],
  ['POST', '/pit/v1/Patient'],
  ['GET', '/pit/v1/Patient'],
  ['POST', '/pit/v1/Patient/_search'],
  ['POST', '/vkp/epj/r4/312229544/bundle'],
  ['POST', '/vkp/epj/r4/313231593/patient/_search'],
  ['GET', '/ehr/journal/313231593'],
  ['POST', '/ehr/journal/313231593/Composition'],
  ['POST', '/ehr/epj/r4/313231593/careplan/_search'],
  ['POST', '/_sim/clients'],
  ['GET', '/_sim/events'],
  ['GET', '/_sim/exchanges'],
  ['GET', '/_sim/curl'],
  ['POST', '/_sim/check'],
  ['POST', '/_sim/verify'],
  ['POST', '/_sim/explain'],
  ['PUT', '/_sim/routes'],
  ['PUT', '/_sim/robots/ehr'],
  ['POST', '/_sim/faults'],
] as const

const method = fc.constantFrom('GET', 'POST', 'PUT', 'DELETE', 'PATCH')
export const text = fc.oneof(fc.string({ maxLength: 300 }), fc.string({ unit: 'binary', maxLength: 100 }), fc.json())
const path = fc.oneof(
  fc.constantFrom(...TARGETS.map(([, one]) => one)),
  fc.tuple(fc.constantFrom(...SURFACES), fc.webPath()).map((parts) => parts.join('')),
  fc.webPath(),
)
const target = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(...TARGETS) },
  { weight: 1, arbitrary: fc.tuple(method, path) },
)
export const query = fc.oneof(
  fc.constant(''),
  fc.webQueryParameters().map((parameters) => `?${parameters}`),
  fc
    .tuple(fc.constantFrom('_count', '_sort', '_lastUpdated', '_tag', '_tag:not', 'cursor', 'limit', 'path'), text)
    .map(([name, value]) => `?${new URLSearchParams({ [name]: value })}`),
)
const headerValue = text.map((value) => value.replace(/[^\x21-\x7e ]/g, '').trim())
const headers = fc.record(
  {
    authorization: fc.oneof(
      headerValue,
      headerValue.map((value) => `DPoP ${value}`),
      headerValue.map((value) => `Bearer ${value}`),
    ),
    dpop: headerValue,
    'content-type': fc.oneof(
      fc.constantFrom('application/json', 'application/fhir+json', 'application/x-www-form-urlencoded', 'text/plain'),
      headerValue,
    ),
    'nhn-source-system': headerValue,
    'nhn-event-id': headerValue,
    'last-event-id': headerValue,
    servicecodes: headerValue,
    origin: headerValue,
  },
  { requiredKeys: [] },
)

/** A whole request to a simulator at that base URL. */
export const request = (base: string) =>
  fc
    .record({ target, query, headers, body: text })
    .map(({ target: [verb, where], query: what, headers: sent, body }) => ({
      url: `${base}${where}${what}`,
      init: { method: verb, headers: sent, ...(verb === 'GET' ? {} : { body }) },
    }))
