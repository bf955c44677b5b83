import type { Answer } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import {
  accepted,
  CALLER_STEPS,
  type JftCaller,
  jftRefusal,
  requireCaller,
  requireEvent,
  requireEventType,
} from '../../http/fhir/api.ts'
import type { Surface } from '../../http/pipeline.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Route } from '../../http/route.ts'
import { swaggerRoutes } from '../../http/swagger/swagger-page.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { validateStrict } from '../../rules/fhir/strict.ts'
import { isMembers, type Members } from '../../rules/finding.ts'
import { withFixes } from '../../rules/fixes/answers.ts'
import { checkIdentityNumbers } from '../../rules/identifiers.ts'
import type { Issue } from '../../rules/issue.ts'
import { locateIssues } from '../../rules/json/locate.ts'
import { redact } from '../../rules/redact.ts'
import { sampleEvent } from '../../services/events/sample-event.ts'
import { keepEvent } from '../../services/events/submit.ts'
import { sha256 } from '../../services/tokens/jwt.ts'
import { fixOptions, judge } from '../../services/verdicts/verdicts.ts'
import { EVENT_TYPES, type EventType, type StoredEvent } from '../../state/memory/events.ts'

/** `POST /v1/{type}`: submits an event (JFT WriteAPI overview, "Submitting events"). */
async function submit(ctx: Context): Promise<Answer> {
  const type = await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx)
  await ctx.step('content-type', () => requireContentType(ctx))
  const text = await ctx.step('body', () => ctx.readBody(ctx.world.assumptions.sizeLimitBytes))
  const resource = await ctx.step('fhir-r4', () => requireStrictR4(ctx, text))
  await ctx.step('resource-type', () => requireResourceType(ctx, resource, type))
  await ctx.step('identifiers', () => requireIdentityNumbers(ctx, resource, text))
  const event = await ctx.step('store', () => store(ctx, text, type, caller))
  return accepted(ctx, event)
}

/** `POST /v1/{type}/{id}/$journaling-acknowledged` (JFT WriteAPI overview, "Journaling acknowledgement"). */
async function acknowledge(ctx: Context): Promise<Answer> {
  await ctx.step('type', () => requireEventType(ctx))
  const caller = await requireCaller(ctx)
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
    steps: ['type', ...CALLER_STEPS, 'content-type', 'body', 'fhir-r4', 'resource-type', 'identifiers', 'store'],
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
export const jftWrite: Surface = {
  journaled: true,
  refusal: jftRefusal,
  routes: [...routes, ...swaggerRoutes('JFT WriteAPI', routes)],
}

function requireContentType(ctx: Context): void {
  const sent = ctx.request.headers.get('content-type')
  const { contentTypes } = ctx.world.assumptions
  const [type = '', ...parameters] = (sent ?? '').split(';').map((part) => part.trim().toLowerCase())
  const charset = parameters.find((part) => part.startsWith('charset='))?.replace(/^charset="?|"$/g, '')
  if (contentTypes.includes(type) && (charset === undefined || charset === 'utf-8')) return
  const message = `Content-Type ${sent ?? '(none)'} is not one of ${contentTypes.join(', ')} in UTF-8.`
  ctx.reject(new Rejection(415, [issueOf('http-content-type', message)]))
}

/** Nothing but a JSON object can be stored, whichever rules are switched off. */
function requireStrictR4(ctx: Context, text: string): Members {
  const { firelySdk: sdk, whitespaceOnlyStrings } = ctx.world.assumptions
  const { resource, issues } = validateStrict(text, { sdk, whitespaceOnlyStrings })
  if (isMembers(resource) && ctx.inForce(issues).length === 0) return resource
  throw refused(ctx, 400, issues, text)
}

/** A refusal of a body: with both validators' verdicts, which cost nothing until something is refused. */
function refused({ world }: Context, status: number, issues: readonly Issue[], text: string): Rejection {
  return new Rejection(status, withFixes(text, issues, fixOptions(world)), { verdicts: judge(text, world).verdicts })
}

function requireResourceType(ctx: Context, resource: Members, type: EventType): void {
  const { resourceType, type: bundleType } = resource
  const { wrongResourceTypeStatus, bundleType: wanted } = ctx.world.assumptions
  if (String(resourceType).toLowerCase() !== type.toLowerCase()) {
    const message = `The body is a ${resourceType ?? 'resource without a type'}, and the path is for ${type}.`
    ctx.reject(new Rejection(wrongResourceTypeStatus, [issueOf('jft-resource-type', message, ROOT_TYPE)]))
  }
  if (type !== 'Bundle' || bundleType === 'document') return
  const issue = issueOf('jft-bundle-type', `Bundle.type is ${bundleType}; NHN's example is a document.`, BUNDLE_TYPE)
  if (wanted === 'document') ctx.reject(new Rejection(400, [{ ...issue, severity: 'error' }]))
  else ctx.warn(issue)
}

const ROOT_TYPE = { pointer: '/resourceType' }
const BUNDLE_TYPE = { pointer: '/type', expression: 'Bundle.type' }

function requireIdentityNumbers(ctx: Context, resource: unknown, text: string): void {
  const { environment, assumptions } = ctx.world
  const { issues: all, found } = checkIdentityNumbers(resource, { environment, ...assumptions })
  const issues = ctx.inForce(all)
  if (issues.length > 0) throw refused(ctx, assumptions.identityNumberStatus, locateIssues(text, issues), text)
  if (found === 0)
    ctx.warn(issueOf('jft-no-identity-number', 'No identifier in the resource is a national identity number.'))
}

async function store(ctx: Context, text: string, type: EventType, caller: JftCaller): Promise<StoredEvent> {
  await requireFirstSubmission(ctx, text, caller)
  const { municipality, clientId, clientName } = caller
  const sourceSystem = readSourceSystem(ctx)
  const fate = ctx.injected('stuck-registration')?.kind ?? ctx.injected('failed')?.kind
  const submission = { text, type, municipality, clientId, clientName, sourceSystem, fate }
  const event = keepEvent(ctx.world, submission)
  if (ctx.injected('duplicate')) keepEvent(ctx.world, submission)
  ctx.touch(`${type}/${event.id}`)
  return event
}

function readSourceSystem(ctx: Context): string | undefined {
  const sent = ctx.request.headers.get('nhn-source-system')?.trim()
  if (sent === undefined || sent === '') return undefined
  if (sent.length >= 3 && sent.length <= 512) return redact(sent)
  const issue = issueOf(
    'jft-source-system',
    `nhn-source-system has ${sent.length} characters; sister services take 3 to 512.`,
  )
  if (ctx.world.assumptions.sourceSystemLength === 'warn') ctx.warn(issue)
  else ctx.reject(new Rejection(400, [{ ...issue, severity: 'error' }]))
  return redact(sent)
}

/** How long a body is remembered where `duplicateSubmission` is `conflict`: a day. */
const DUPLICATE_WINDOW = 86_400_000

async function requireFirstSubmission(ctx: Context, text: string, caller: JftCaller): Promise<void> {
  const { assumptions, clock, replays } = ctx.world
  if (assumptions.duplicateSubmission === 'new-event') return
  const key = `submission/${caller.municipality}/${caller.clientId}/${await sha256(text)}`
  if (!replays.seen(key, clock.now(), clock.now() + DUPLICATE_WINDOW)) return
  ctx.reject(new Rejection(409, [issueOf('jft-duplicate', 'The same client submitted the same body before.')]))
}

function markAcknowledged(ctx: Context, event: StoredEvent, caller: JftCaller): void {
  const { assumptions, clock, events } = ctx.world
  if (assumptions.acknowledgeBy === 'other-than-submitter' && caller.clientId === event.clientId) {
    ctx.reject(new Rejection(403, [issueOf('jft-acknowledge-role', 'The submitter cannot acknowledge its own event.')]))
  }
  if (assumptions.acknowledgeBeforeRead === 'reject' && event.read === null) {
    ctx.reject(new Rejection(409, [issueOf('jft-acknowledge-unread', 'The event was not read yet.')]))
  }
  if (event.acknowledged !== null && assumptions.repeatedAcknowledgement === 'keep-first') return
  const now = clock.stamp()
  events.change(event, {
    acknowledged: now,
    ...(assumptions.acknowledgeUpdatesLastUpdated ? { lastUpdated: now } : {}),
  })
}
