import { Alert } from '@digdir/designsystemet-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { reasonOf } from './parts.tsx'

/**
 * A change of the simulator; all that the page has read is read again after it. `data`: what it answered. `refusal`: why it
 * was not made.
 */
export function useChange<T = void, R = unknown>(change: (value: T) => Promise<R>) {
  const client = useQueryClient()
  const { mutate, isPending, error, isSuccess, data } = useMutation({
    mutationFn: change,
    onSuccess: () => client.invalidateQueries(),
  })
  const refusal = error && <Alert data-color="danger">{reasonOf(error)}</Alert>
  return { make: mutate, pending: isPending, done: isSuccess, data, refusal }
}
