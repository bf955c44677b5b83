import type { Rule, Source } from './rule.ts'
import { assumed, documented, forServices, quoted } from './source.ts'

const OWN_API = 'The simulator’s own API.'
const OWN_LIMIT = assumed({ reasoning: 'A limit of its own; nobody documents one.' })
const CONTENT_TYPE = assumed({
  document: 'rfc-9110',
  section: 'section 15.5.16 (415 Unsupported Media Type)',
  reasoning: "NHN's examples send application/json; what other types give is not documented.",
})
const UNREADABLE = assumed({
  document: 'rfc-9110',
  section: 'section 15.5.1 (400 Bad Request)',
  reasoning: 'What the services answer to a body that breaks off, or is not UTF-8, is not documented.',
})
const INVALID_FORMAT = assumed({
  document: 'vkp-outcome-codes',
  reasoning: '2.4 InvalidFormat; when it is answered is not documented.',
})

const everywhere = (source: Source) => forServices(['jft', 'pit', 'vkp', 'helseid', 'ehr', 'simulator'], source)

/** What HTTP itself asks of a request, and how the simulator is reached. */
export const HTTP_RULES = {
  'http-host': {
    title: 'Host header with a name that this simulator does not play',
    type: 'not-found',
    severity: 'error',
    sources: {
      simulator: documented({ document: 'rfc-9110', section: 'section 7.4 (rejecting misdirected requests)' }),
    },
    fix: 'Call localhost with the simulator’s port, or one of the real host names; or set publicUrl to the name that you use.',
  },
  'http-request': {
    title: 'Broken or late HTTP/1.1 request',
    type: 'structure',
    severity: 'error',
    sources: {
      simulator: documented({ document: 'rfc-9112', section: 'section 2.2 (message parsing)' }),
    },
    fix: 'Let a library of HTTP write the request; keep the headers below 16 KiB together, and send the whole request at once.',
  },
  'http-path': {
    title: 'Unknown path',
    type: 'not-found',
    severity: 'error',
    sources: everywhere(documented({ document: 'rfc-9110', section: 'section 15.5.5 (404 Not Found)' })),
    fix: 'Use one of the paths that the message lists.',
  },
  'http-path-form': {
    title: 'Path in another form than the documents give it',
    type: 'informational',
    severity: 'warning',
    sources: forServices(
      ['jft', 'pit', 'vkp'],
      assumed({
        setting: 'pathForms',
        reasoning: 'ASP.NET, which the services appear to be, takes any letter case and a slash at the end.',
      }),
    ),
    fix: 'Call the path that the message names.',
  },
  'http-header-without-effect': {
    title: 'Header without effect on this API',
    type: 'informational',
    severity: 'warning',
    sources: forServices(
      ['jft', 'pit'],
      assumed({
        document: 'fhir-r4',
        section: 'http.html (conditional create, update with If-Match, asynchronous requests)',
        reasoning: 'JFT and PIT document none of them, so the request is taken as if the header were not there.',
      }),
    ),
    fix: 'Do not rely on the header: keep what was sent, and look before sending it again.',
  },
  'http-method': {
    title: 'Method not allowed on this path',
    type: 'not-supported',
    severity: 'error',
    sources: everywhere(documented({ document: 'rfc-9110', section: 'section 15.5.6 (405 Method Not Allowed)' })),
    fix: 'Use a method from the Allow header.',
  },
  'http-size': {
    title: 'Body too large',
    type: 'too-long',
    severity: 'error',
    sources: {
      jft: quoted('write-size-limit', 'The exact number of bytes and the status 413 are assumed.'),
      pit: quoted('pit-size', 'The exact number of bytes and the status 413 are assumed.'),
      ...forServices(['vkp', 'helseid', 'ehr', 'simulator'], OWN_LIMIT),
    },
    fix: 'Send less: leave out attachments, or split the event.',
  },
  'http-content-type': {
    title: 'Content-Type not accepted by the endpoint',
    type: 'not-supported',
    severity: 'error',
    sources: forServices(['jft', 'pit'], CONTENT_TYPE),
    fix: 'Send Content-Type: application/json.',
  },
  'http-content-coding': {
    title: 'Compressed body, where only an uncompressed one is read',
    type: 'not-supported',
    severity: 'error',
    sources: everywhere(
      assumed({
        document: 'rfc-9110',
        section: 'section 15.5.16 (415 Unsupported Media Type)',
        reasoning:
          'Nobody says that a compressed body is taken, and ASP.NET Core takes none unless its request decompression is added.',
      }),
    ),
    fix: 'Send the body as it is, without Content-Encoding: switch the compression of requests off in the HTTP client.',
  },
  'http-body': {
    title: 'Body not as the endpoint needs it',
    type: 'invalid',
    severity: 'error',
    sources: {
      simulator: assumed({ document: 'documentation', section: 'Sandboxes, clock and journal', reasoning: OWN_API }),
      ...forServices(['jft', 'pit', 'helseid'], UNREADABLE),
      ...forServices(['vkp', 'ehr'], INVALID_FORMAT),
    },
    fix: 'Send what the message names.',
  },
  'http-encoding': {
    title: 'JSON body in another encoding than UTF-8',
    type: 'invalid',
    severity: 'fatal',
    sources: everywhere(
      documented({
        document: 'rfc-8259',
        section: 'section 8.1 (character encoding)',
        reasoning: 'That a byte order mark is accepted is what .NET does with streams; the status is assumed.',
      }),
    ),
    fix: 'Write and send the text as UTF-8.',
  },
  'http-parameter': {
    title: 'Query parameter unknown, or with a value that is not accepted',
    type: 'invalid',
    severity: 'error',
    sources: {
      simulator: assumed({
        document: 'documentation',
        section: 'Sandboxes, clock and journal',
        reasoning: 'The simulator’s own API.',
      }),
    },
    fix: 'Use the parameters that the message names.',
  },
  'http-origin': {
    title: 'Write from a web page of another origin',
    type: 'forbidden',
    severity: 'error',
    sources: {
      simulator: assumed({
        document: 'rfc-6454',
        section: 'section 7 (Origin)',
        reasoning: 'Protects the developer’s machine, the real services have no such API.',
      }),
    },
    fix: 'Call the simulator from the dashboard or from a program, not from another web page.',
  },
  'sim-sandbox': {
    title: 'Unknown sandbox',
    type: 'not-found',
    severity: 'error',
    sources: {
      simulator: assumed({
        document: 'documentation',
        section: 'Sandboxes, clock and journal',
        reasoning: 'A part of the simulator; idle sandboxes expire.',
      }),
    },
    fix: 'Make the sandbox before the first request to it.',
  },
  'sim-event-memory': {
    title: 'Out of event memory',
    type: 'no-store',
    severity: 'error',
    sources: everywhere(
      assumed({
        document: 'rfc-4918',
        section: 'section 11.5 (507 Insufficient Storage)',
        reasoning: 'A limit of the simulator, not of JFT. Events that got a 202 are never dropped.',
      }),
    ),
    fix: 'Reset the simulator, or raise limits.eventBytes.',
  },
  'sim-store': {
    title: 'Database out of reach',
    type: 'exception',
    severity: 'fatal',
    sources: everywhere(
      assumed({
        document: 'rfc-9110',
        section: 'section 15.6.4 (503 Service Unavailable)',
        reasoning:
          'A simulator that keeps its state in a database cannot answer without it, whatever the real service does.',
      }),
    ),
    fix: 'Send the request again after Retry-After; see that the database runs and can be reached.',
  },
  'sim-fault': {
    title: 'Error in the simulator itself',
    type: 'exception',
    severity: 'fatal',
    sources: everywhere(assumed({ reasoning: 'A bug of the simulator, never an answer of the real service.' })),
    fix: 'Please report it with the exchange from the journal.',
  },
} as const satisfies Record<string, Rule>
