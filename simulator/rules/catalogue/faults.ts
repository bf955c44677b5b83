import type { Rule, Source } from './rule.ts'
import { assumed, forServices } from './source.ts'

const REASONING =
  'Injected by a fault that was ordered; whether and when the real service answers so is not documented.'

/** Any surface can be told to answer so. */
const injected = (cited: Omit<Source, 'certainty'> & { readonly reasoning: string }) =>
  forServices(['jft', 'pit', 'vkp', 'helseid', 'ehr', 'simulator'], assumed(cited))

/** The answers that a fault injects. What a good client does about each is the reason to inject them. */
export const FAULT_RULES = {
  'injected-400': {
    severity: 'error',
    title: 'The request is as the service wants it (injected)',
    type: 'invalid',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.1 (400 Bad Request)', reasoning: REASONING }),
    fix: 'Do not repeat the request as it is: keep it, and tell whoever can put it right.',
  },
  'injected-401': {
    severity: 'error',
    title: 'The access token has not expired (injected)',
    type: 'expired',
    sources: injected({ document: 'rfc-9449', section: 'section 7.1', reasoning: REASONING }),
    fix: 'Get a new token and send the request once more, with a new proof; after a second 401, stop and tell.',
  },
  'injected-403': {
    severity: 'error',
    title: 'The caller has access (injected)',
    type: 'forbidden',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.4 (403 Forbidden)', reasoning: REASONING }),
    fix: 'Do not repeat the request: tell whoever administers the access.',
  },
  'injected-404': {
    severity: 'error',
    title: 'What the request names exists (injected)',
    type: 'not-found',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.5 (404 Not Found)', reasoning: REASONING }),
    fix: 'Of an event that was just accepted, ask again later; otherwise tell.',
  },
  'injected-413': {
    severity: 'error',
    title: 'The body is not too large (injected)',
    type: 'too-long',
    sources: injected({
      document: 'rfc-9110',
      section: 'section 15.5.14 (413 Content Too Large)',
      reasoning: REASONING,
    }),
    fix: 'Do not repeat the request as it is: set the event aside, and tell.',
  },
  'injected-429': {
    severity: 'error',
    title: 'The caller does not send too many requests (injected)',
    type: 'throttled',
    sources: injected({ document: 'rfc-6585', section: 'section 4 (429 Too Many Requests)', reasoning: REASONING }),
    fix: 'Wait for as long as Retry-After says, then send the request again.',
  },
  'injected-500': {
    severity: 'error',
    title: 'The service does not fail (injected)',
    type: 'exception',
    sources: injected({
      document: 'rfc-9110',
      section: 'section 15.6.1 (500 Internal Server Error)',
      reasoning: REASONING,
    }),
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses; it may have been stored.',
  },
  'injected-502': {
    severity: 'error',
    title: 'The gateway reaches the service (injected)',
    type: 'exception',
    sources: injected({ document: 'rfc-9110', section: 'section 15.6.3 (502 Bad Gateway)', reasoning: REASONING }),
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses; it may have been stored.',
  },
  'injected-503': {
    severity: 'error',
    title: 'The service is available (injected)',
    type: 'timeout',
    sources: injected({
      document: 'rfc-9110',
      section: 'section 15.6.4 (503 Service Unavailable)',
      reasoning: REASONING,
    }),
    fix: 'Wait for as long as Retry-After says, then send the request again.',
  },
  'injected-507': {
    severity: 'error',
    title: 'The service has room for more (injected)',
    type: 'exception',
    sources: injected({
      document: 'rfc-4918',
      section: 'section 11.5 (507 Insufficient Storage)',
      reasoning: REASONING,
    }),
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses.',
  },
  'injected-call': {
    severity: 'error',
    title: 'The simulator’s own calls are not hit by a fault (injected)',
    type: 'exception',
    sources: {
      simulator: assumed({
        document: 'documentation',
        section: 'Faults',
        reasoning: 'A fault for any surface also hits what the control API calls itself.',
      }),
    },
    fix: 'Take the fault away, or name a surface or a client in it.',
  },
  'injected-nonce': {
    severity: 'error',
    title: 'The proof has a nonce of the API (injected)',
    type: 'login',
    sources: forServices(
      ['jft', 'pit'],
      assumed({
        document: 'rfc-9449',
        section: 'section 9 (Resource Server-Provided Nonce)',
        reasoning: 'NHN does not document a nonce of its APIs; a client that follows the RFC can give one.',
      }),
    ),
    fix: 'Make a new proof with the nonce of the DPoP-Nonce header, and send the request once more.',
  },
} as const satisfies Record<string, Rule>
