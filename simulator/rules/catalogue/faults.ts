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
    title: 'Bad request (simulated failure)',
    type: 'invalid',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.1 (400 Bad Request)', reasoning: REASONING }),
    fix: 'Do not repeat the request as it is: keep it, and tell the people who can put it right.',
  },
  'injected-401': {
    severity: 'error',
    title: 'Expired access token (simulated failure)',
    type: 'expired',
    sources: injected({ document: 'rfc-9449', section: 'section 7.1', reasoning: REASONING }),
    fix: 'Get a new token and send the request once more, with a new proof; after a second 401, stop and tell.',
  },
  'injected-403': {
    severity: 'error',
    title: 'No access (simulated failure)',
    type: 'forbidden',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.4 (403 Forbidden)', reasoning: REASONING }),
    fix: 'Do not repeat the request: tell the people who administer the access.',
  },
  'injected-404': {
    severity: 'error',
    title: 'Not found (simulated failure)',
    type: 'not-found',
    sources: injected({ document: 'rfc-9110', section: 'section 15.5.5 (404 Not Found)', reasoning: REASONING }),
    fix: 'Of an event that was just accepted, ask again later; otherwise tell.',
  },
  'injected-413': {
    severity: 'error',
    title: 'Body too large (simulated failure)',
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
    title: 'Too many requests (simulated failure)',
    type: 'throttled',
    sources: injected({ document: 'rfc-6585', section: 'section 4 (429 Too Many Requests)', reasoning: REASONING }),
    fix: 'Wait for as long as Retry-After says, then send the request again.',
  },
  'injected-500': {
    severity: 'error',
    title: 'Error inside the service (simulated failure)',
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
    title: 'Service out of the gateway’s reach (simulated failure)',
    type: 'exception',
    sources: injected({ document: 'rfc-9110', section: 'section 15.6.3 (502 Bad Gateway)', reasoning: REASONING }),
    fix: 'Keep what was to be sent, and repeat it a few times with growing pauses; it may have been stored.',
  },
  'injected-503': {
    severity: 'error',
    title: 'Service unavailable (simulated failure)',
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
    title: 'Out of storage (simulated failure)',
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
    title: 'Simulated failure of one of the simulator’s own calls',
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
    title: 'DPoP proof without a nonce of the API (simulated failure)',
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
