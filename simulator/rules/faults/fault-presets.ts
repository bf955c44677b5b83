import type { FaultOrder } from './faults.ts'

/** A fault with a name. */
export interface FaultPreset {
  /** What goes wrong, and what a good client does then. */
  readonly sentence: string
  readonly order: Pick<FaultOrder, 'effect'> & Partial<FaultOrder>
}

const BUSY = { kind: 'status', status: 503, retryAfter: 'minute' } as const

/** Faults by name. */
export const FAULT_PRESETS = {
  'expired-token': {
    sentence:
      'A submission gets 401 as for an expired token; a good client gets a new token and sends the request once more.',
    order: { surface: 'jft-write', step: 'token', effect: { kind: 'status', status: 401 } },
  },
  'no-access': {
    sentence: 'A submission gets 403; a good client does not repeat it, and tells somebody.',
    order: { surface: 'jft-write', step: 'scope', effect: { kind: 'status', status: 403 } },
  },
  'status-not-found': {
    sentence: 'The status of an event is not found at first; a good client asks again later.',
    order: {
      surface: 'jft-read',
      step: 'event',
      match: { path: '*/$status' },
      effect: { kind: 'status', status: 404 },
    },
  },
  'too-many-requests': {
    sentence: 'Three submissions get 429; a good client waits for as long as Retry-After says.',
    order: { surface: 'jft-write', step: 'rate', effect: { kind: 'status', status: 429 }, times: 3 },
  },
  'server-error': {
    sentence: 'A submission gets 500, and nothing was stored; a good client keeps the event and repeats it.',
    order: { surface: 'jft-write', step: 'store', effect: { kind: 'status', status: 500 } },
  },
  'bad-gateway': {
    sentence: 'A submission gets 502 although it was stored; a good client expects its retry to make a second event.',
    order: { surface: 'jft-write', step: 'answer', effect: { kind: 'status', status: 502 } },
  },
  outage: {
    sentence:
      'Every submission gets 503 until the fault expires; a good client keeps its events and sends them afterwards.',
    order: { surface: 'jft-write', effect: BUSY, times: null },
  },
  'flaky-search': {
    sentence: 'One search in five gets 503, always the same ones for the same seed; a good client repeats it.',
    order: { surface: 'jft-read', effect: BUSY, times: null, probability: 0.2, seed: 'flaky' },
  },
  'helseid-down': {
    sentence: 'HelseID gives no token for three requests; a good client waits, and does not hammer it.',
    order: { surface: 'helseid', match: { path: '/connect/token' }, effect: BUSY, times: 3 },
  },
  'ehr-down': {
    sentence: 'The EHR does not answer VKP; a vendor of VKP gets a time-out with a code of its own.',
    order: { surface: 'ehr', effect: BUSY, times: 3 },
  },
  slow: {
    sentence: 'A submission takes three seconds longer; a good client has a time-out that is longer than that.',
    order: { surface: 'jft-write', step: 'store', effect: { kind: 'latency', delay: 3_000 } },
  },
  unsteady: {
    sentence: 'Every request takes about 300 ms more, some much more; a good client does not mind.',
    order: {
      effect: { kind: 'latency', delay: { distribution: 'exponential', mean: 300 } },
      times: null,
      seed: 'unsteady',
    },
  },
  'lost-request': {
    sentence: 'The connection breaks before a submission is stored; a good client sends it again.',
    order: { surface: 'jft-write', step: 'store', effect: { kind: 'reset', when: 'before' } },
  },
  'retry-trap': {
    sentence:
      'The connection breaks after a submission was stored: the retry makes a second event; a good client looks for the first.',
    order: { surface: 'jft-write', match: { method: 'POST' }, effect: { kind: 'reset', when: 'after' } },
  },
  'cut-off': {
    sentence: 'A page of a search ends in the middle; a good client reads the page again, and loses no event.',
    order: { surface: 'jft-read', effect: { kind: 'truncate', bytes: 200 } },
  },
  trickle: {
    sentence: 'A page of a search comes at 500 bytes per second; a good client waits, or gives up in good order.',
    order: { surface: 'jft-read', effect: { kind: 'slow-body', bytesPerSecond: 500 } },
  },
  'html-answer': {
    sentence: 'A page of a search says that it is HTML, as from a proxy; a good client does not trust it.',
    order: { surface: 'jft-read', effect: { kind: 'content-type', contentType: 'text/html; charset=utf-8' } },
  },
  'delivered-twice': {
    sentence: 'An event stands twice on a page of a search; a good client journals it once.',
    order: { surface: 'jft-read', effect: { kind: 'duplicate' } },
  },
  'stored-twice': {
    sentence: 'A submission is stored twice under two ids; a good reader sees that they say the same.',
    order: { surface: 'jft-write', effect: { kind: 'duplicate' } },
  },
  'stuck-registration': {
    sentence: 'An event is accepted and never registered; a good client asks for the status, and tells after a while.',
    order: { effect: { kind: 'stuck-registration' } },
  },
  'failed-event': {
    sentence: 'An event is accepted, and its status then says failed; a good client looks, and tells.',
    order: { effect: { kind: 'failed' } },
  },
  'nonce-demand': {
    sentence: 'JFT demands a DPoP nonce of its own; a good client repeats the request with the nonce in a new proof.',
    order: { effect: { kind: 'dpop-nonce' }, times: null },
  },
  'new-key': {
    sentence: 'HelseID signs with a new key, and tokens of the old one still pass; a good API reads the JWKS again.',
    order: { effect: { kind: 'rotate-keys', oldKey: 'kept' } },
  },
  'withdrawn-key': {
    sentence: 'HelseID signs with a new key, and every older token gets 401; a good client gets a new token.',
    order: { effect: { kind: 'rotate-keys', oldKey: 'withdrawn' } },
  },
} as const satisfies Record<string, FaultPreset>

export type FaultPresetName = keyof typeof FAULT_PRESETS

/** The names of all presets. */
export const FAULT_PRESET_NAMES = Object.keys(FAULT_PRESETS) as [FaultPresetName, ...FaultPresetName[]]

/** A preset, under the one type that all share. */
export function presetOf(name: FaultPresetName): FaultPreset {
  return FAULT_PRESETS[name]
}
