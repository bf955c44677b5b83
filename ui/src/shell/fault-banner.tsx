import { Alert, Button, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { activeFaults, faultName } from '../data/active-faults.ts'
import { api } from '../data/api.ts'
import { links } from '../data/links.ts'
import { queries } from '../data/queries.ts'
import { useChange } from '../parts/change.tsx'
import { momentOf } from '../parts/parts.tsx'
import { text } from '../text/text.ts'

/** Says on every view that a service misbehaves on purpose, for as long as one does. */
export function FaultBanner() {
  const { data } = useQuery(queries.faults)
  const { make, refusal } = useChange(api.removeFaults)
  const active = activeFaults(data?.faults)
  const last = active
    .map(({ expires }) => expires)
    .sort()
    .at(-1)
  if (last === undefined) return null
  return (
    <Alert data-color="warning">
      <div className="actions">
        <strong>{text.world.faultCount(active.length)}</strong>
        <span className="anywhere">{active.map(faultName).join(', ')}</span>
        <span>
          {text.world.faultUntil('')} <time dateTime={last}>{momentOf(last)}</time>
        </span>
        <Link href={links.world}>{text.world.toFaults}</Link>
        <Button data-size="sm" variant="secondary" onClick={() => make()}>
          {text.world.removeFaults}
        </Button>
      </div>
      {refusal}
    </Alert>
  )
}
