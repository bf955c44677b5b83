import { Alert } from '@digdir/designsystemet-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { text } from '../text/text.ts'

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
  const refusal = error && (
    <Alert data-color="danger">
      {text.refused}: {error.message}
    </Alert>
  )
  return { make: mutate, pending: isPending, done: isSuccess, data, refusal }
}
