import type { Rule } from './rule.ts'

const HTTP = { page: 'RFC 9110, HTTP Semantics', date: '2022-06-01' } as const

/** What HTTP itself asks of a request, and how the simulator is reached. */
export const HTTP_RULES = {
  'http-host': {
    title: 'The Host header names a host that this simulator plays',
    type: 'not-found',
    severity: 'error',
    certainty: 'documented',
    source: { ...HTTP, page: 'RFC 9110, section 7.4 (rejecting misdirected requests)' },
    fix: 'Call localhost with the simulator’s port, or one of the real host names; or set publicUrl to the name that you use.',
  },
  'http-path': {
    title: 'The path exists on this surface',
    type: 'not-found',
    severity: 'error',
    certainty: 'documented',
    source: { ...HTTP, page: 'RFC 9110, section 15.5.5 (404 Not Found)' },
    fix: 'Use one of the paths that the message lists.',
  },
  'http-method': {
    title: 'The method is one that the path has',
    type: 'not-supported',
    severity: 'error',
    certainty: 'documented',
    source: { ...HTTP, page: 'RFC 9110, section 15.5.6 (405 Method Not Allowed)' },
    fix: 'Use a method from the Allow header.',
  },
  'http-size': {
    title: 'The body is not larger than the limit',
    type: 'too-long',
    severity: 'error',
    certainty: 'documented',
    source: {
      page: 'JFT WriteAPI overview, "Submitting events"',
      date: '2026-06-02',
      sentence: 'There is a request size limit of approximately 1 MB for WriteAPI endpoints.',
      reasoning: 'The exact number of bytes and the status 413 are assumed.',
    },
    fix: 'Send less: leave out attachments, or split the event.',
  },
  'http-content-type': {
    title: 'The Content-Type is one that the endpoint takes',
    type: 'not-supported',
    severity: 'error',
    certainty: 'assumed',
    source: {
      page: 'RFC 9110, section 15.5.16 (415 Unsupported Media Type)',
      reasoning: "NHN's examples send application/json; what other types give is not documented.",
    },
    fix: 'Send Content-Type: application/json.',
  },
  'http-body': {
    title: 'The body is what the endpoint takes',
    type: 'invalid',
    severity: 'error',
    certainty: 'assumed',
    source: { page: 'README, "Sandboxes, clock and journal"', reasoning: 'The simulator’s own API.' },
    fix: 'Send what the message names.',
  },
  'http-encoding': {
    title: 'A body of JSON is encoded in UTF-8',
    type: 'invalid',
    severity: 'fatal',
    certainty: 'documented',
    source: {
      page: 'RFC 8259, section 8.1',
      date: '2017-12',
      sentence:
        'JSON text exchanged between systems that are not part of a closed ecosystem MUST be encoded using UTF-8.',
      reasoning: 'That a byte order mark is accepted is what .NET does with streams.',
    },
    fix: 'Write and send the text as UTF-8.',
  },
  'http-parameter': {
    title: 'A query parameter is one that the endpoint has, with a value that it takes',
    type: 'invalid',
    severity: 'error',
    certainty: 'assumed',
    source: { page: 'README, "Sandboxes, clock and journal"', reasoning: 'The simulator’s own API.' },
    fix: 'Use the parameters that the message names.',
  },
  'http-origin': {
    title: 'A web page of another origin cannot drive the simulator',
    type: 'forbidden',
    severity: 'error',
    certainty: 'assumed',
    source: {
      page: 'RFC 6454, section 7 (Origin)',
      reasoning: 'Protects the developer’s machine, the real services have no such API.',
    },
    fix: 'Call the control API from the dashboard or from a program, not from another web page.',
  },
  'sim-sandbox': {
    title: 'The sandbox exists',
    type: 'not-found',
    severity: 'error',
    certainty: 'assumed',
    source: { page: 'README, "Sandboxes"', reasoning: 'A part of the simulator; idle sandboxes expire.' },
    fix: 'Make the sandbox before the first request to it.',
  },
  'sim-event-memory': {
    title: 'There is memory for the event',
    type: 'no-store',
    severity: 'error',
    certainty: 'assumed',
    source: {
      page: 'RFC 4918, section 11.5 (507 Insufficient Storage)',
      reasoning: 'A limit of the simulator, not of JFT. Events that got a 202 are never dropped.',
    },
    fix: 'Reset the simulator, or raise limits.eventBytes.',
  },
  'sim-fault': {
    title: 'The simulator itself failed',
    type: 'exception',
    severity: 'fatal',
    certainty: 'assumed',
    source: { page: 'The simulator', reasoning: 'A bug of the simulator, never an answer of the real service.' },
    fix: 'Please report it with the exchange from the journal.',
  },
} as const satisfies Record<string, Rule>
