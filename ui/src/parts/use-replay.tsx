import { Alert, Link } from '@digdir/designsystemet-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { text } from '../text/text.ts'
import { reasonOf } from './parts.tsx'
import type { SentRequest } from './snippets.ts'

/** The base URL of the test token service. */
export function useTtt(): string {
  const info = useQuery(queries.info)
  return info.data?.origins.ttt ?? `${window.location.origin}/ttt`
}

/** The page does not begin with what is needed only once somebody sends: it comes after the first that can send is drawn. */
const sender = () => import('./replay.ts')

/** Sends a request again, and says what became of it. */
export function useReplay() {
  const ttt = useTtt()
  const { mutate, isPending, data, error } = useMutation({
    mutationFn: async (request: SentRequest) => (await sender()).replay(request, ttt),
  })
  useEffect(() => {
    // Whoever sends, or hears why it cannot be sent, does not wait for it. What fails here fails again then, and is said.
    sender().catch(() => undefined)
  }, [])
  const outcome = (
    <div role="status">
      {isPending && <p className="quiet">{text.again.sending}</p>}
      {error && <Alert data-color="danger">{reasonOf(error)}</Alert>}
      {data && (
        <Alert data-color={data.status < 400 ? 'success' : 'warning'}>
          {text.again.answered(data.status)}{' '}
          {data.exchange !== undefined && <Link href={links.exchange(data.exchange)}>{text.again.open}</Link>}
        </Alert>
      )}
    </div>
  )
  return { send: (request: SentRequest) => mutate(request), sending: isPending, outcome }
}
