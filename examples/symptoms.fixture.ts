import { expect } from 'vitest'
import { notes, type Run, type Situation } from './run-program.fixture.ts'
import {
  acknowledgements,
  CURSOR,
  callsOf,
  count,
  proofsOf,
  SEARCH,
  STATUS,
  SUBMISSION,
  select,
  TOKEN,
} from './what-it-did.fixture.ts'

/** A wait that would never end within a test: who finishes has not waited. */
const AN_HOUR = 3600

/** What shows a bug: what the program meets, how it ends, and what is in the journal then. */
export interface Symptom {
  readonly situation?: Situation
  readonly code: number
  readonly shows: (run: Run) => void | Promise<void>
}

const refusedBy = (rule: string) => (run: Run) => expect(count(run, { rule })).toBeGreaterThan(0)

const ANY = expect.anything()

export const EHR_BUGS: Readonly<Record<string, Symptom>> = {
  'skip-last-page': {
    situation: { events: notes(3), page: 2 },
    code: 0,
    shows: (run) => expect(acknowledgements(run).toSorted()).toEqual([0, 1, 1]),
  },
  refetch: {
    situation: { events: notes(1) },
    code: 0,
    shows: (run) => expect(count(run, { url: /\/read\/v1\/Composition$/, status: 200 })).toBe(3),
  },
  offset: {
    situation: { events: notes(3), page: 2 },
    code: 0,
    shows: (run) => expect(count(run, { url: /_count=50/, status: 200 })).toBe(1),
  },
  'cursor-decoded': { situation: { events: notes(3), page: 2 }, code: 1, shows: refusedBy('search-cursor') },
  'cursor-with-filter': { situation: { events: notes(3), page: 2 }, code: 1, shows: refusedBy('search-cursor-filter') },
  'acknowledge-twice': {
    situation: { events: notes(2) },
    code: 0,
    shows: (run) => expect(acknowledgements(run)).toEqual([2, 2]),
  },
  'acknowledge-unread': {
    situation: { events: notes(1) },
    code: 0,
    shows: ({ events }) =>
      expect(events).toMatchObject([
        { read: null, acknowledged: ANY },
        { read: ANY, acknowledged: ANY },
      ]),
  },
  'never-acknowledge': {
    situation: { events: notes(2) },
    code: 0,
    shows: ({ events }) => expect(events).toMatchObject(Array(2).fill({ read: ANY, acknowledged: null })),
  },
  'no-token-refresh': {
    situation: { faults: [{ surface: 'jft-read', effect: { kind: 'status', status: 401 } }] },
    code: 1,
    shows: ({ exchanges }) => expect(exchanges.at(-1)?.status).toBe(401),
  },
  'ignore-retry-after': {
    situation: {
      faults: [{ surface: 'jft-read', times: 3, effect: { kind: 'status', status: 429, retryAfter: AN_HOUR } }],
    },
    code: 0,
    shows: (run) => expect(count(run, { status: 429 })).toBe(3),
  },
  'give-up-on-503': {
    situation: { faults: [{ surface: 'jft-read', effect: { kind: 'status', status: 503, retryAfter: 0 } }] },
    code: 1,
    shows: ({ exchanges }) => expect(exchanges.at(-1)?.status).toBe(503),
  },
  'give-up-on-reset': {
    situation: { faults: [{ surface: 'jft-read', effect: { kind: 'reset', when: 'before' } }] },
    code: 1,
    shows: ({ exchanges }) => expect(exchanges.at(-1)?.status).toBe(0),
  },
  'drop-cut-page': {
    situation: {
      events: notes(3),
      page: 2,
      faults: [{ preset: 'cut-off', match: { path: '/v1/Composition', nth: 2 } }],
    },
    code: 0,
    shows: (run) => expect(count(run, { url: CURSOR })).toBe(1),
  },
  'poll-too-fast': {
    situation: { pollSeconds: AN_HOUR },
    code: 0,
    shows: (run) => expect(count(run, { url: /\/v1\/Bundle/, status: 200 })).toBe(2),
  },
}

export const CENTRE_BUGS: Readonly<Record<string, Symptom>> = {
  'lenient-payload': {
    code: 1,
    shows: (run) => {
      expect(select(run, { url: SUBMISSION }).map(({ status }) => status)).toEqual([400, 400, 400, 400])
      expect(count(run, { rule: 'r4-array-expected' })).toBe(4)
    },
  },
  'no-source-system': {
    code: 0,
    shows: ({ events }) => expect(events).toMatchObject(Array(4).fill({ sourceSystem: null })),
  },
  'retry-202': { code: 0, shows: ({ events }) => expect(events).toHaveLength(8) },
  'retry-400': { code: 1, shows: (run) => expect(count(run, { url: SUBMISSION, status: 400 })).toBe(12) },
  'no-backoff': {
    situation: {
      faults: [{ surface: 'jft-write', times: 3, effect: { kind: 'status', status: 503, retryAfter: AN_HOUR } }],
    },
    code: 0,
    shows: (run) =>
      expect(select(run, { url: SUBMISSION }).map(({ status }) => status)).toEqual([503, 503, 503, 202, 202, 202, 202]),
  },
  'give-up-on-503': {
    situation: { faults: [{ surface: 'jft-write', effect: { kind: 'status', status: 503, retryAfter: 0 } }] },
    code: 1,
    shows: (run) => expect(select(run, { url: SUBMISSION }).map(({ status }) => status)).toEqual([503, 202, 202, 202]),
  },
  'blind-retry': {
    situation: { faults: [{ preset: 'retry-trap' }] },
    code: 0,
    shows: (run) => {
      expect(run.events).toHaveLength(5)
      expect(count(run, { url: SEARCH })).toBe(0)
    },
  },
  'no-status': { code: 0, shows: (run) => expect(count(run, { url: STATUS })).toBe(0) },
  'real-number': { code: 1, shows: refusedBy('identity-number-invalid') },
}

export const SHARED_BUGS: Readonly<Record<string, Symptom>> = {
  'reuse-proof': {
    code: 1,
    shows: async (run) => {
      const proofs = await proofsOf(run)
      expect(new Set(proofs).size).toBeLessThan(proofs.length)
    },
  },
  'wrong-htu': { code: 1, shows: refusedBy('dpop-htu') },
  'no-ath': { code: 1, shows: refusedBy('dpop-ath') },
  'token-per-request': {
    code: 0,
    shows: (run) => expect(count(run, { url: TOKEN, status: 200 })).toBe(callsOf(run).length),
  },
  'ignore-nonce': {
    situation: { faults: [{ preset: 'nonce-demand' }] },
    code: 1,
    shows: (run) => {
      expect(count(run, { rule: 'injected-nonce' })).toBeGreaterThan(1)
      expect(callsOf(run).filter(({ status }) => status < 400)).toEqual([])
    },
  },
}
