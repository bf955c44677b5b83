import { EVENT_TYPES, type EventType } from '../../ground/event-types.ts'
import { redact } from '../../ground/text/mask/redact.ts'
import type { Answer } from '../../http/answer.ts'
import { type BodySteps, stepsOf, type TakenBody, takeBody } from '../../http/body-steps.ts'
import type { Context } from '../../http/context.ts'
import { CALLER_STEPS, type MunicipalCaller, requireCaller, requireContentType } from '../../http/fhir/api.ts'
import {
  accepted,
  JFT_ACCESS,
  jftRefusal,
  requireEvent,
  requireEventType,
  unknownEvent,
} from '../../http/fhir/events.ts'
import { headerTextOf } from '../../http/header-text.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { defineSurface } from '../../http/surface.ts'
import { swaggerRoutes } from '../../http/swagger/swagger-page.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { maskedAt } from '../../rules/masked.ts'
import { acknowledgeEvent } from '../../services/events/acknowledge.ts'
import { sampleEvent } from '../../services/events/sample-event.ts'
import { type Submission, submitEvent } from '../../services/events/submit.ts'
import { JFT_CHECKS } from '../../services/jft-checks.ts'
import { sha256 } from '../../services/tokens/jwt.ts'
import { eventKey } from '../../state/collections.ts'
import type { StoredEvent } from '../../state/records.ts'

/** `POST /v1/{type}`: submits an event (JFT WriteAPI overview, "Submitting events"). */
async function submit(ctx: Context): Promise<Answer> {
  const type = await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx, JFT_ACCESS)
  await ctx.step('content-type', () => requireContentType(ctx))
  const body = await takeBody(ctx, bodySteps(ctx, type))
  const event = await ctx.step('store', () => store(ctx, body, type, caller))
  return accepted(ctx, event)
}

/** `POST /v1/{type}/{id}/$journaling-acknowledged` (JFT WriteAPI overview, "Journaling acknowledgement"). */
async function acknowledge(ctx: Context): Promise<Answer> {
  await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx, JFT_ACCESS)
  const event = await ctx.step('event', () => requireEvent(ctx, caller))
  await ctx.step('acknowledge', () => markAcknowledged(ctx, event, caller))
  return accepted(ctx, event)
}

/** What the description page fills in. */
const SAMPLE = sampleEvent('Composition', '')

const routes: readonly Route[] = [
  {
    method: 'POST',
    path: '/v1/:type',
    summary: 'Submit an event',
    steps: ['type', ...CALLER_STEPS, 'content-type', ...stepsOf(JFT_CHECKS), 'store'],
    handler: submit,
    operation: {
      pathValues: { type: EVENT_TYPES },
      headers: [
        { name: 'nhn-source-system', description: 'Name and version of the sending system', example: 'Bruno V0.1.2' },
        { name: 'nhn-event-id', description: 'Correlation id, echoed' },
      ],
      body: { 'application/json': SAMPLE },
      responses: {
        '202': 'Accepted; Location is the URL of the status',
        '400': 'Not FHIR R4, or a refused identity number',
        '401': 'No valid DPoP token',
        '403': 'No scope, or a refused organisation',
        '413': 'Larger than about 1 MB',
        '415': 'Not a JSON content type',
      },
    },
  },
  {
    method: 'POST',
    path: '/v1/:type/:id/$journaling-acknowledged',
    summary: 'Acknowledge that an event was journaled',
    steps: ['type', ...CALLER_STEPS, 'event', 'acknowledge'],
    handler: acknowledge,
    operation: {
      pathValues: { type: EVENT_TYPES },
      responses: {
        '202': 'Accepted; Location is the URL of the status',
        '401': 'No valid DPoP token',
        '403': 'No scope, or a refused organisation',
        '404': 'No such event in the municipality',
      },
    },
  },
]

/** The WriteAPI, real host `api.write.jft.test.nhn.no`. */
export const jftWrite = defineSurface({
  journaled: true,
  pathForms: true,
  refusal: jftRefusal,
  routes: [...routes, ...swaggerRoutes('JFT WriteAPI', routes, EVENT_TYPES)],
})

function bodySteps({ world }: Context, endpoint: EventType): BodySteps {
  const { assumptions } = world.settings
  return {
    service: 'jft',
    limit: assumptions.sizeLimitBytes,
    endpoint,
    statusOf(rule) {
      if (rule === 'http-size') return 413
      if (rule === 'firely-throws') return assumptions.firelyThrowsStatus
      if (rule === 'jft-resource-type') return assumptions.wrongResourceTypeStatus
      return rule.startsWith('identity-number-') ? assumptions.identityNumberStatus : 400
    },
  }
}

async function store(ctx: Context, body: TakenBody, type: EventType, caller: MunicipalCaller): Promise<StoredEvent> {
  await requireFirstSubmission(ctx, body.text, caller)
  const { municipality, clientId, clientName } = caller
  const sourceSystem = readSourceSystem(ctx)
  const fate = (await ctx.injected('stuck-registration'))?.kind ?? (await ctx.injected('failed'))?.kind
  const submission = { ...body, type, municipality, clientId, clientName, sourceSystem, fate }
  const event = await keep(ctx, submission)
  if (await ctx.injected('duplicate')) await keep(ctx, submission)
  ctx.touch(`${type}/${event.id}`)
  return event
}

/** A 202 is given for what is stored, and nothing else. */
async function keep(ctx: Context, submission: Submission): Promise<StoredEvent> {
  const { event, masked, issue } = await submitEvent(ctx.world, submission)
  if (!event) throw new Rejection(507, [issue])
  ctx.warn(maskedAt(masked))
  return event
}

/** A question mark with letters on both sides. */
const LOST_LETTERS = /\p{L}\?+\p{L}/u
const BEYOND_ASCII = /[^\x20-\x7e]/
const LOST =
  'nhn-source-system has ? where a letter was probably meant: HTTP libraries that write headers in ASCII, such as java.net.http, send ? for Norwegian letters. Write it in ASCII.'
const BEYOND =
  'nhn-source-system has letters beyond ASCII. What becomes of them depends on the HTTP library and on what is between; write it in ASCII.'

function readSourceSystem(ctx: Context): string | undefined {
  const sent = headerTextOf(ctx.request.headers, 'nhn-source-system')?.trim()
  if (sent === undefined || sent === '') return undefined
  if (LOST_LETTERS.test(sent)) ctx.warn([issueOf('jft-source-system', LOST, { severity: 'warning' })])
  else if (BEYOND_ASCII.test(sent)) ctx.warn([issueOf('jft-source-system', BEYOND, { severity: 'warning' })])
  if (sent.length >= 3 && sent.length <= 512) return redact(sent)
  const issue = issueOf(
    'jft-source-system',
    `nhn-source-system has ${sent.length} characters; sister services take 3 to 512.`,
  )
  if (ctx.world.settings.assumptions.sourceSystemLength === 'warn') ctx.warn([issue])
  else ctx.refuse(new Rejection(400, [{ ...issue, severity: 'error' }]))
  return redact(sent)
}

/** How long a body is remembered where `duplicateSubmission` is `conflict`: a day. */
const DUPLICATE_WINDOW = 86_400_000

async function requireFirstSubmission(ctx: Context, text: string, caller: MunicipalCaller): Promise<void> {
  const { assumptions } = ctx.world.settings
  const { replays } = ctx.world.state
  if (assumptions.duplicateSubmission === 'new-event') return
  const key = `submission/${caller.municipality}/${caller.clientId}/${await sha256(text)}`
  if (!(await replays.seen(key, ctx.now, ctx.now + DUPLICATE_WINDOW))) return
  ctx.refuse(new Rejection(409, [issueOf('jft-duplicate', 'The same client submitted the same body before.')]))
}

async function markAcknowledged(
  ctx: Context,
  { type, id, clientId }: StoredEvent,
  caller: MunicipalCaller,
): Promise<void> {
  const { assumptions, switchedOff } = ctx.world.settings
  const { events } = ctx.world.state
  if (assumptions.acknowledgeBy === 'other-than-submitter' && caller.clientId === clientId) {
    ctx.refuse(new Rejection(403, [issueOf('jft-acknowledge-role', 'The submitter cannot acknowledge its own event.')]))
  }
  const readFirst = assumptions.acknowledgeBeforeRead === 'reject'
  const keepUnread = readFirst && !switchedOff.has('jft-acknowledge-unread')
  const acknowledged = await acknowledgeEvent(events, eventKey(type, id), { ...assumptions, keepUnread })
  if (!acknowledged) throw unknownEvent(ctx)
  if (readFirst && acknowledged.unread) {
    ctx.refuse(new Rejection(409, [issueOf('jft-acknowledge-unread', 'The event was not read yet.')]))
  }
}
