import type { EventType } from '../../ground/event-types.ts'
import { maskJson } from '../../ground/text/mask/mask.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { eventKind } from '../../rules/jft/event-kind.ts'
import { layOutEvent } from '../../rules/jft/event-text.ts'
import type { EventStore } from '../../state/ports.ts'
import type { StoredEvent } from '../../state/records.ts'
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

/** An event that is stored, or why it is not. */
export type SubmitResult =
  | {
      readonly event: StoredEvent
      /** JSON Pointers of what was masked in it. */
      readonly masked: readonly string[]
      readonly issue?: undefined
    }
  | { readonly event?: undefined; readonly masked?: undefined; readonly issue: Issue }

/** Microseconds that a stuck registration lies in the future: a hundred years. */
const STUCK = 100 * 365 * 86_400_000_000

/** Gives an event its id and metadata, masks it, and stores it. There is an issue when memory is full. */
export async function submitEvent(
  { settings, state, time }: Pick<World, 'settings' | 'state' | 'time'>,
  submission: Submission,
): Promise<SubmitResult> {
  const { assumptions } = settings
  const { events } = state
  const { text, resource, type, municipality, clientId, clientName, sourceSystem, fate } = submission
  const id = time.ids.uuid()
  const layout = { id, type, tags: tagsOf(submission), clientTags: assumptions.clientTags }
  const masked = maskJson(text)
  const [before, after] = layOutEvent(masked.text, layout)
  const event = await events.add({
    id,
    type,
    kind: eventKind(resource) ?? type,
    municipality,
    clientId,
    ...(clientName === undefined ? {} : { clientName }),
    ...(sourceSystem === undefined ? {} : { sourceSystem }),
    textBefore: compact(before),
    textAfter: compact(after),
    delay: fate === 'stuck-registration' ? STUCK : assumptions.registrationDelayMs * 1000,
    fails: fate === 'failed',
  })
  return event === 'full' ? { issue: await outOfMemory(events) } : { event, masked: masked.pointers }
}

/**
 * The same text in memory of its own. What is cut from a text keeps all of it alive, and what is joined keeps its parts:
 * a stored event would cost more than twice its size.
 */
function compact(text: string): string {
  return structuredClone(text)
}

async function outOfMemory(events: EventStore): Promise<Issue> {
  const { records, maxBytes } = await events.usage()
  return issueOf('sim-event-memory', `The ${records} stored events fill ${maxBytes} bytes; this one was not stored.`)
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
