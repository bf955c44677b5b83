import { Alert } from '@digdir/designsystemet-react'
import { text } from '../text/text.ts'
import type { SearchState } from './found.ts'
import { Empty, Loading, reasonOf } from './parts.tsx'

/** What stands where a list would, while nothing is found or because nothing is. `count`: rows of the list. */
export function NotFound({ found, count }: { readonly found: SearchState<unknown>; readonly count: number }) {
  if (found.state === 'reading') return <Loading />
  if (found.state === 'failed') return <Alert data-color="danger">{reasonOf(found.error)}</Alert>
  if (found.state === 'wrong') return <p className="quiet">{text.search.hint}</p>
  return count === 0 ? <Empty title={text.search.nothing}>{text.search.hint}</Empty> : null
}
