import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { EventStore } from '../../state/ports.ts'
import type { StoredEvent } from '../../state/records.ts'

/** What became of an acknowledgement. */
export interface Acknowledgement {
  /** The event as it is then. */
  readonly event: StoredEvent
  /** Nobody had read it before. */
  readonly unread: boolean
}

/** How an event may be acknowledged. */
export interface AcknowledgeOptions
  extends Pick<Assumptions, 'repeatedAcknowledgement' | 'acknowledgeUpdatesLastUpdated'> {
  /** Whether an event that nobody has read stays as it is. */
  readonly keepUnread: boolean
}

/** Acknowledges an event; `undefined`: there is none with that key. */
export async function acknowledgeEvent(
  events: EventStore,
  key: string,
  { keepUnread, repeatedAcknowledgement, acknowledgeUpdatesLastUpdated }: AcknowledgeOptions,
): Promise<Acknowledgement | undefined> {
  let unread = false
  const event = await events.change(key, (now, stamp) => {
    unread = now.read === null
    if (unread && keepUnread) return undefined
    if (now.acknowledged !== null && repeatedAcknowledgement === 'keep-first') return undefined
    return { acknowledged: stamp(), ...(acknowledgeUpdatesLastUpdated ? { lastUpdated: stamp() } : {}) }
  })
  return event && { event, unread }
}
