import { Button } from '@digdir/designsystemet-react'
import { useMutation } from '@tanstack/react-query'
import { type ExchangeDetail, readNote } from '../data/api.ts'
import { useMask } from '../parts/reveal.ts'
import { text } from '../text/text.ts'

/** The note that an EHR made of an event on VKP's classic route. It is read when asked for: reading is a request, too. */
export function JournalNote({ exchange: { surface, response } }: { readonly exchange: ExchangeDetail }) {
  const mask = useMask()
  const { mutate, data, error } = useMutation({ mutationFn: readNote })
  const location = response.headers.find(([name]) => name.toLowerCase() === 'location')?.[1]
  if (surface !== 'ehr' || location === undefined) return null
  return (
    <section className="panel" aria-label={text.exchange.note}>
      <div className="actions">
        <Button data-size="sm" variant="secondary" onClick={() => mutate(new URL(location).pathname)}>
          {text.exchange.readNote}
        </Button>
      </div>
      {error && <p role="alert">{error.message}</p>}
      {data && (
        <>
          <h2>{data.title}</h2>
          <p className="note-text anywhere">{mask(data.text)}</p>
        </>
      )}
    </section>
  )
}
