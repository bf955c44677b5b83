import { queryOptions } from '@tanstack/react-query'
import { api, isRefused } from './api.ts'

/** The keys of the caches that the stream keeps up to date. */
export const keys = {
  events: ['events'],
  refused: ['refused'],
  event: (type: string, id: string) => ['event', type, id],
  exchangesOf: (reference: string) => ['exchanges-of', reference],
} as const

/** What views can ask for. */
export const queries = {
  info: queryOptions({ queryKey: ['info'], queryFn: api.info }),
  events: queryOptions({ queryKey: keys.events, queryFn: api.events }),
  refused: queryOptions({
    queryKey: keys.refused,
    queryFn: async () => (await api.exchanges({ refused: 'true' })).filter(isRefused),
  }),
  event: (type: string, id: string) =>
    queryOptions({ queryKey: keys.event(type, id), queryFn: () => api.event(type, id) }),
  exchange: (id: string) => queryOptions({ queryKey: ['exchange', id], queryFn: () => api.exchange(id) }),
  /** The exchanges that made or touched an event, given as `Type/id`. */
  exchangesOf: (reference: string) =>
    queryOptions({
      queryKey: keys.exchangesOf(reference),
      queryFn: () => api.exchanges({ event: reference }),
    }),
}
