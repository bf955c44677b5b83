import type { SearchEndpoint } from '../search/endpoint.ts'

/** The search for patients (PIT-API overview, "Retrieving patient resources"). */
export const PATIENT_SEARCH = {
  service: 'PIT',
  parameters: {
    _lastUpdated: {
      form: 'last-updated',
      description: 'Prefix and time, at least minutes; repeatable',
      example: 'ge2024-01-01T12:00Z',
    },
    _count: { form: 'count', description: 'Page size, 1 to 50; 20 by default', example: '20' },
    _sort: { form: 'sort', description: '_lastUpdated (default) or -_lastUpdated' },
    cursor: { form: 'cursor', description: 'From the next link of the page before; alone' },
  },
} as const satisfies SearchEndpoint
