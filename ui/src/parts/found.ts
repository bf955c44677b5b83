import { type QueryKey, type UseQueryOptions, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { useDebounced } from '../data/debounce.ts'
import { queries } from '../data/queries.ts'
import { type Grammar, isSearch, mistakesIn } from './search.ts'
import { EXCHANGE_FIELDS } from './searchable.ts'

/** Milliseconds without a key after which the server is asked. */
const TYPING = 200

/**
 * What the server finds. `all`: nothing is looked for. `wrong`: the search was not understood. `data` is of the last search until
 * the next is there.
 */
export type SearchState<T> =
  | { readonly state: 'all' | 'wrong' | 'reading' }
  | { readonly state: 'failed'; readonly error: Error }
  | { readonly state: 'found'; readonly data: T }

/** Asks the server for a search as soon as one stops to write it. */
export function useFound<T, K extends QueryKey>(
  q: string,
  grammar: Grammar,
  ask: (q: string) => UseQueryOptions<T, Error, T, K>,
): SearchState<T> {
  const settled = useDebounced(q, TYPING)
  const { data, error } = useQuery({ ...ask(settled), enabled: isSearch(settled, grammar) })
  if (mistakesIn(q, grammar).length > 0) return { state: 'wrong' }
  if (!isSearch(q, grammar)) return { state: 'all' }
  if (error) return { state: 'failed', error }
  return data === undefined ? { state: 'reading' } : { state: 'found', data }
}

/** By what exchanges are found; as soon as a search names a rule, with the rules that there are. */
export function useExchangeFields(q: string): Grammar {
  const { data } = useQuery({ ...queries.rules, enabled: /rule:/i.test(q) })
  return useMemo(
    () => (data === undefined ? EXCHANGE_FIELDS : { ...EXCHANGE_FIELDS, rule: data.rules.map(({ id }) => id) }),
    [data],
  )
}
