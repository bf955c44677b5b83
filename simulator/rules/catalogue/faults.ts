import type { Rule } from './rule.ts'

const REASONING =
  'Injected by a fault that was ordered; whether and when the real service answers so is not documented.'

const injected = { severity: 'error', certainty: 'assumed' } as const

/** The answers that a fault injects. What a good client does about each is the reason to inject them. */
export const FAULT_RULES = {
  'injected-400': {
    ...injected,
    title: 'The request is as the service wants it (injected)',
    type: 'invalid',
    source: { page: 'RFC 9110, section 15.5.1 (400 Bad Request)', reasoning: REASONING },
    fix: 'Do not repeat the request as it is: keep it, and tell whoever can put it right.',
  },
  'injected-401': {
    ...injected,
    title: 'The access token has not expired (injected)',
    type: 'expired',
    source: { page: 'RFC 6750, section 3.1 (invalid_token); RFC 9449, section 7.1', reasoning: REASONING },
    fix: 'Get a new token and send the request once more, with a new proof; after a second 401, stop and tell.',
  },
  'injected-403': {
    ...injected,
    title: 'The caller has access (injected)',
    type: 'forbidden',
    source: { page: 'RFC 9110, section 15.5.4 (403 Forbidden)', reasoning: REASONING },
    fix: 'Do not repeat the request: tell whoever administers the access.',
  },
  'injected-404': {
    ...injected,
    title: 'What the request names exists (injected)',
    type: 'not-found',
    source: { page: 'RFC 9110, section 15.5.5 (404 Not Found)', reasoning: REASONING },
    fix: 'Of an event that was just accepted, ask again later; otherwise tell.',
  },
  'injected-429': {
    ...injected,
    title: 'The caller does not send too many requests (injected)',
    type: 'throttled',
    source: { page: 'RFC 6585, section 4 (429 Too Many Requests)', reasoning: REASONING },
    fix: 'Wait for as long as Retry-After says, then send the request again.',
  },
  'injected-500': {
    ...injected,
    title: 'The service does not fail (injected)',
    type: 'exception',
    source: { page: 'RFC 9110, section 15.6.1 (500 Internal Server Error)', reasoning: REASONING },
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses; it may have been stored.',
  },
  'injected-502': {
    ...injected,
    title: 'The gateway reaches the service (injected)',
    type: 'exception',
    source: { page: 'RFC 9110, section 15.6.3 (502 Bad Gateway)', reasoning: REASONING },
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses; it may have been stored.',
  },
  'injected-503': {
    ...injected,
    title: 'The service is available (injected)',
    type: 'timeout',
    source: { page: 'RFC 9110, section 15.6.4 (503 Service Unavailable)', reasoning: REASONING },
    fix: 'Wait for as long as Retry-After says, then send the request again.',
  },
  'injected-call': {
    ...injected,
    title: 'The simulator’s own calls are not hit by a fault (injected)',
    type: 'exception',
    source: {
      page: 'README, "Faults"',
      reasoning: 'A fault for any surface also hits what the control API calls itself.',
    },
    fix: 'Take the fault away, or name a surface or a client in it.',
  },
  'injected-nonce': {
    ...injected,
    title: 'The proof has a nonce of the API (injected)',
    type: 'login',
    source: {
      page: 'RFC 9449, section 9 (Resource Server-Provided Nonce)',
      reasoning: 'NHN does not document a nonce of JFT; a client that follows the RFC can give one.',
    },
    fix: 'Make a new proof with the nonce of the DPoP-Nonce header, and send the request once more.',
  },
} as const satisfies Record<string, Rule>
