import type { EventSummary } from '../data/api.ts'
import './lifecycle.css'
import { text } from '../text/text.ts'

/** The four times of an event, as steps: those that have happened are filled. */
export function Lifecycle({ event }: { readonly event: EventSummary }) {
  const names = ['registered', 'read', 'acknowledged'] as const
  return (
    <ol className="lifecycle">
      {names.map((name) => (
        <Stage key={name} name={text.events.status[name]} time={event[name]} />
      ))}
      {event.failed !== null && <Stage name={text.events.status.failed} time={event.failed} failed />}
    </ol>
  )
}

interface StageProps {
  readonly name: string
  readonly time: string | null
  readonly failed?: boolean
}

function Stage({ name, time, failed = false }: StageProps) {
  const state = failed ? 'failed' : time === null ? 'pending' : 'done'
  return (
    <li className="stage" data-state={state} title={time ?? text.events.pending}>
      {name}
      {time === null && <span className="ds-sr-only">: {text.events.pending}</span>}
    </li>
  )
}
