import { issueOf } from '../../rules/catalogue.ts'
import type { Members } from '../../rules/finding.ts'
import { maskIdentityNumbersInJson } from '../../rules/identifiers.ts'
import type { Issue } from '../../rules/issue.ts'
import { eventKind } from '../../rules/jft/event-kind.ts'
import { layOutEvent } from '../../rules/jft/event-text.ts'
import type { EventType } from '../../rules/jft/event-types.ts'
import type { StoredEvent } from '../../state/memory/events.ts'
import type { World } from '../../state/world.ts'

/** What is known of an event when it is taken in. The text is a resource of the type, as far as rules in force say. */
export interface Submission {
  readonly text: string
  /** The text as it was read. */
  readonly resource: Members
  readonly type: EventType
  readonly municipality: string
  readonly clientId: string
  readonly clientName?: string | undefined
  readonly sourceSystem?: string | undefined
  /** What a fault makes of the event: never registered, or failed at once. */
  readonly fate?: 'stuck-registration' | 'failed' | undefined
}

/** Microseconds that a stuck registration lies in the future: a hundred years. */
const STUCK = 100 * 365 * 86_400_000_000

/**
 * Gives an event its id and metadata, masks it, and stores it; `full` when memory is, and nothing was stored. A 202 is given
 * for what is stored, and for nothing else.
 */
export function keepEvent(world: World, submission: Submission): StoredEvent | 'full' {
  const { text, resource, type, municipality, clientId, clientName, sourceSystem, fate } = submission
  const id = world.ids.uuid()
  const layout = { id, type, tags: tagsOf(submission), clientTags: world.assumptions.clientTags }
  const [before, after] = layOutEvent(maskIdentityNumbersInJson(text), layout)
  const delay = fate === 'stuck-registration' ? STUCK : world.assumptions.registrationDelayMs * 1000
  const registered = world.clock.stamp() + delay
  const event: StoredEvent = {
    id,
    type,
    kind: eventKind(resource) ?? type,
    municipality,
    lastUpdated: registered,
    registered,
    read: null,
    acknowledged: null,
    failed: fate === 'failed' ? registered : null,
    clientId,
    ...(clientName === undefined ? {} : { clientName }),
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    textBefore: compact(before),
    textAfter: compact(after),
  }
  return world.events.add(event) ? event : 'full'
}

/**
 * The same text in memory of its own. What is cut from a text keeps all of it alive, and what is joined keeps its parts:
 * a stored event would cost more than twice its size.
 */
function compact(text: string): string {
  return structuredClone(text)
}

/** Why an event was not stored. */
export function outOfMemory({ events }: World): Issue {
  const { events: count, maxBytes } = events.usage
  return issueOf('sim-event-memory', `The ${count} stored events fill ${maxBytes} bytes; this one was not stored.`)
}

/** The documented tags, in the documented order (JFT ReadAPI overview, "Metadata"). */
function tagsOf(submission: Submission): { system: string; code: string }[] {
  const tags: [string, string | undefined][] = [
    ['parent-organization-number', submission.municipality],
    ['source-client-id', submission.clientId],
    ['source-client-name', submission.clientName],
    ['source-system-name', submission.sourceSystem],
  ]
  return tags.flatMap(([name, code]) =>
    code === undefined ? [] : [{ system: `https://fhir.jft.nhn.no/${name}`, code }],
  )
}
