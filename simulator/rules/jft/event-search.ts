import type { SearchEndpoint } from '../search/endpoint.ts'

/** The search for events (JFT ReadAPI overview, "Retrieving events"). */
export const EVENT_SEARCH = {
  service: 'JFT',
  parameters: {
    _count: { form: 'count', description: 'Page size', example: '10' },
    _sort: { form: 'sort', description: '_lastUpdated (default) or -_lastUpdated' },
    _lastUpdated: {
      form: 'last-updated',
      description: 'Prefix and time, repeatable',
      example: 'ge2026-01-01T12:00Z',
    },
    _tag: { form: 'tag', facet: 'acknowledged', description: 'Only acknowledged events' },
    '_tag:not': { form: 'tag:not', facet: 'acknowledged', description: 'Only events that are not acknowledged' },
    cursor: { form: 'cursor', description: 'From the next link of the page before; alone' },
  },
} as const satisfies SearchEndpoint
