import { Alert, Button, Link } from '@digdir/designsystemet-react'
import { useQuery } from '@tanstack/react-query'
import { useChange } from '../parts/change.tsx'
import { Time } from '../parts/parts.tsx'
import { text } from '../text/text.ts'
import { api, type FaultInfo } from './api.ts'
import { links } from './links.ts'
import { queries } from './queries.ts'

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
          {text.world.faultUntil('')} <Time value={last} />
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

/** What a fault is called: its preset, or its effect in a few words. */
export function faultName({ preset, summary }: FaultInfo): string {
  return preset ?? summary
}

/** The faults that can still fire. */
export function activeFaults(faults: readonly FaultInfo[] = []): readonly FaultInfo[] {
  return faults.filter(({ state }) => state === 'active')
}
