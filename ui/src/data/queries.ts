import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { inPageLanguage } from '../text/text.ts'
import { api, CURRENT_SANDBOX, isRefused } from './api.ts'

/** The keys of the caches that the stream keeps up to date. */
export const keys = {
  events: ['events'],
  refused: ['refused'],
  exchanges: ['exchanges'],
  faults: ['faults'],
  /** What the server counts and finds: asked for again after what happened. */
  found: ['found'],
  event: (type: string, id: string) => ['event', type, id],
  patients: ['patients'],
} as const

/** What the server finds. What was found last is shown until the next is there. */
function found<T>(kind: string, q: string, find: (q: string) => Promise<T>) {
  return queryOptions({
    queryKey: [...keys.found, kind, q],
    queryFn: () => find(q),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  })
}

/** What views can ask for. */
export const queries = {
  info: queryOptions({ queryKey: ['info'], queryFn: api.info }),
  rules: queryOptions({ queryKey: ['rules'], queryFn: api.rules, select: inPageLanguage }),
  clients: queryOptions({ queryKey: ['clients'], queryFn: api.clients }),
  /** The stream does not tell of these three: they are polled, at these intervals in milliseconds. */
  clock: queryOptions({ queryKey: ['clock'], queryFn: api.clock, refetchInterval: 1_000 }),
  robots: queryOptions({ queryKey: ['robots'], queryFn: api.robots, refetchInterval: 2_000 }),
  sandboxes: queryOptions({ queryKey: ['sandboxes'], queryFn: api.sandboxes, refetchInterval: 5_000 }),
  searches: queryOptions({ queryKey: ['searches'], queryFn: api.searches }),
  snapshots: queryOptions({ queryKey: ['snapshots'], queryFn: () => api.snapshots(CURRENT_SANDBOX) }),
  faultEffects: queryOptions({ queryKey: ['fault-effects'], queryFn: api.faultEffects }),
  faults: queryOptions({ queryKey: keys.faults, queryFn: api.faults }),
  faultPresets: queryOptions({ queryKey: ['fault-presets'], queryFn: api.faultPresets }),
  routes: queryOptions({ queryKey: ['routes'], queryFn: api.routes }),
  register: queryOptions({ queryKey: ['register'], queryFn: api.register }),
  events: queryOptions({ queryKey: keys.events, queryFn: () => api.events() }),
  journal: queryOptions({ queryKey: [...keys.found, 'journal'], queryFn: api.journal }),
  figures: queryOptions({ queryKey: [...keys.found, 'figures'], queryFn: api.figures }),
  causes: (q: string) => found('causes', q, api.causes),
  trace: (of: string) => queryOptions({ queryKey: [...keys.found, 'trace', of], queryFn: () => api.trace(of) }),
  foundEvents: (q: string) => found('events', q, api.findEvents),
  foundExchanges: (q: string) => found('exchanges', q, api.findExchanges),
  /** Every exchange, newest first. */
  exchanges: queryOptions({ queryKey: keys.exchanges, queryFn: () => api.exchanges() }),
  refused: queryOptions({
    queryKey: keys.refused,
    queryFn: async () => (await api.exchanges({ refused: 'true' })).filter(isRefused),
  }),
  event: (type: string, id: string) =>
    queryOptions({ queryKey: keys.event(type, id), queryFn: () => api.event(type, id) }),
  /** PIT's patients of a municipality; of all where none is named. */
  patients: (municipality: string) =>
    queryOptions({ queryKey: [...keys.patients, 'of', municipality], queryFn: () => api.patients(municipality) }),
  patient: (id: string) => queryOptions({ queryKey: [...keys.patients, id], queryFn: () => api.patient(id) }),
  exchange: (id: string) => queryOptions({ queryKey: ['exchange', id], queryFn: () => api.exchange(id) }),
  /** The verdicts on a payload. `endpoint`: the resource type in the path, where it is not the payload's own. */
  check: (payload: string, endpoint?: string) =>
    queryOptions({
      queryKey: ['check', payload, endpoint],
      queryFn: ({ signal }) => api.check(payload, endpoint, signal),
      gcTime: 60_000,
    }),
}
