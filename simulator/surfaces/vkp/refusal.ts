import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import { withMore } from '../../rules/operation-outcome.ts'
import { withVerdicts } from '../../rules/verdicts-outcome.ts'
import { vkpOutcome } from '../../rules/vkp/outcome.ts'

/** How VKP words a refusal: an OperationOutcome with a code of its own for 400; what others carry is a setting. */
export function vkpRefusal({ status, issues, extra }: Rejection, ctx: Context): Answer {
  const { more = 0, verdicts } = extra
  if (status !== 400 && ctx.world.settings.assumptions.vkpRefusalBody === 'empty')
    return { status, headers: eventId(ctx) }
  const headers = { 'content-type': 'application/fhir+json; charset=utf-8', ...eventId(ctx) }
  const outcome = vkpOutcome(issues, 'vkp')
  const explained = withMore(verdicts ? withVerdicts(outcome, verdicts) : outcome, more)
  return { status, headers, body: JSON.stringify(explained) }
}

/** `nhn-event-id` is echoed; one is made when none was sent, if the setting says so. */
export function eventId({ request, world }: Context): Record<string, string> {
  const sent = request.headers.get('nhn-event-id')
  if (sent !== null) return { 'nhn-event-id': sent }
  return world.settings.assumptions.vkpEventIdGenerated ? { 'nhn-event-id': world.time.ids.uuid() } : {}
}
