import { EVENT_TYPES, type EventType } from '../../ground/event-types.ts'
import type { Origins } from '../../ground/origins.ts'
import { SURFACES } from '../../ground/surfaces.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { unknownEndpoint } from '../../services/jft-checks.ts'
import { eventKey } from '../../state/collections.ts'
import type { StoredEvent } from '../../state/records.ts'
import type { Answer } from '../answer.ts'
import type { Context } from '../context.ts'
import { Rejection } from '../rejection.ts'
import { type Access, eventIdHeader, FHIR_JSON, fhirRefusal, type MunicipalCaller } from './api.ts'

/** What JFT's two APIs have in common: the token they take, the events, and how they word a refusal. */
export const JFT_ACCESS: Access = SURFACES['jft-write'].token

/** The type in the path, when it is one that JFT has endpoints for. Throws 404 otherwise. */
export function requireEventType(ctx: Context): EventType {
  const sent = ctx.params.type ?? ''
  const type = EVENT_TYPES.find((one) => one === sent)
  if (type) return type
  throw new Rejection(404, [unknownEndpoint(sent)])
}

/** The event in the path, when the caller's municipality has it. */
export async function requireEvent(ctx: Context, caller: MunicipalCaller): Promise<StoredEvent> {
  const { type = '', id = '' } = ctx.params
  const { assumptions } = ctx.world.settings
  const { events } = ctx.world.state
  const event = await events.find(eventKey(type, id.toLowerCase()))
  if (!event) throw unknownEvent(ctx)
  if (event.municipality !== caller.municipality) ctx.refuse(unknownEvent(ctx, assumptions.foreignEventStatus))
  ctx.touch(`${event.type}/${event.id}`)
  return event
}

/** The event in the path is not there, or is not the caller's. */
export function unknownEvent({ params: { type, id } }: Context, status = 404): Rejection {
  return new Rejection(status, [issueOf('jft-event-unknown', `Your municipality has no ${type} with the id ${id}.`)])
}

/** Where the status of an event is found. */
export function statusUrl(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): string {
  const surface = ctx.world.settings.assumptions.locationHost === 'read' ? 'jft-read' : 'jft-write'
  return `${ctx.origins[surface satisfies keyof Origins]}/v1/${event.type}/${event.id}/$status`
}

/** `202 Accepted` with the status URL, for a submission and for an acknowledgement. */
export function accepted(ctx: Context, event: Pick<StoredEvent, 'type' | 'id'>): Answer {
  const headers = { location: statusUrl(ctx, event), ...eventIdHeader(ctx) }
  if (ctx.world.settings.assumptions.acceptedBody === 'empty') return { status: 202, headers }
  const issue = { severity: 'information', code: 'informational', diagnostics: `${event.type}/${event.id}` }
  const body = JSON.stringify({ resourceType: 'OperationOutcome', issue: [issue] })
  return { status: 202, headers: { ...headers, 'content-type': FHIR_JSON }, body }
}

/** How JFT's two APIs word a refusal. Nobody has documented the body, so both forms are settings. */
export function jftRefusal(rejection: Rejection, ctx: Context): Answer {
  return fhirRefusal(rejection, ctx, ctx.world.settings.assumptions)
}
