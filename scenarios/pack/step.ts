import { z } from 'zod'
import {
  PLAYED_SURFACES,
  SUBMISSION_SURFACES,
  SURFACES,
  type SubmissionSurface,
} from '../../simulator/ground/surfaces.ts'

/** A JSON value with `${…}` in its strings, filled in when the step runs. */
const anything = z.unknown()

const text = z.string().min(1)

const members = z.record(z.string(), anything)

/**
 * Changes to a JSON Web Token before it is signed. `null` takes a member away; `{ seconds: -60 }` is a NumericDate that
 * many seconds from now.
 */
const jwtEdit = z.strictObject({
  header: members.optional().describe('Members of the JOSE header to set; null takes one away.'),
  claims: members.optional().describe('Claims to set; null takes one away, { seconds: n } is now plus n seconds.'),
  key: z.literal('foreign').optional().describe('Sign with a key that nobody registered.'),
  signature: z.literal('broken').optional().describe('Sign something else.'),
  text: z.string().optional().describe('Send this instead of a token.'),
})

const proofEdit = jwtEdit.extend({
  count: z
    .union([z.literal(0), z.literal(2)])
    .optional()
    .describe('How many DPoP headers: none or two.'),
  reuse: z.literal(true).optional().describe("Send the party's last proof once more."),
  privateJwk: z.literal(true).optional().describe('Give the private key away in the header.'),
  nonce: z.literal('none').optional().describe('Do not answer a demand for a nonce.'),
})

const tokenEdit = jwtEdit.pick({ header: true, claims: true }).extend({
  signature: z.literal('none').optional().describe('Take the signature away; otherwise it stays as it was.'),
})

/** What a matcher object may say besides plain values. */
const matcher = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(anything),
  z.strictObject({
    matches: text.optional().describe('A regular expression that every value fits.'),
    not: anything.optional().describe('A value that must not be found.'),
    exists: z.boolean().optional(),
    count: z.int().min(0).optional().describe('How many values.'),
    unique: z.literal(true).optional().describe('No value twice.'),
    includes: z.array(anything).optional(),
    excludes: z.array(anything).optional(),
    'one-of': z.array(anything).optional(),
    'same-set': anything.optional().describe('The same values in any order.'),
    'at-least': z.number().optional(),
    'at-most': z.number().optional(),
  }),
])

const issue = z.union([
  text,
  z.strictObject({
    rule: text,
    code: text.optional(),
    severity: text.optional(),
    expression: text.optional(),
    pointer: text.optional(),
    line: z.int().optional(),
    column: z.int().optional(),
  }),
])

const STATUS = 'It must be a status as a number, without quotes, a class such as 4xx, or any.'

/** What a step should have led to. */
const expectation = z.strictObject({
  status: z
    .union([z.int(), z.array(z.int()), z.string().regex(/^([1-5]xx|any)$/, STATUS)])
    .optional()
    .describe('The HTTP status, several that are right, a class such as 4xx, or any.'),
  headers: z.record(z.string(), matcher).optional().describe('By name in lower case; null: absent.'),
  body: z.record(z.string(), matcher).optional().describe('FHIRPath on the JSON body, and what it gives.'),
  text: matcher.optional().describe('The body as text.'),
  token: z
    .record(z.string(), matcher)
    .optional()
    .describe('FHIRPath on { header, claims } of the access token in the answer, and what it gives.'),
  issues: z.array(issue).optional().describe('Exactly the issues for which the request was refused, by rule.'),
  warnings: z.array(text).optional().describe('Rules among the warnings of the exchange.'),
  exchange: z
    .record(z.string(), matcher)
    .optional()
    .describe('FHIRPath on the exchange as the journal has it: steps, verdicts, caller, injected, legs.'),
  event: z
    .enum(['submitted', 'registered', 'read', 'acknowledged', 'failed'])
    .optional()
    .describe('How far the event of a $status answer has come.'),
  verdicts: z
    .string()
    .optional()
    .describe('All that a check says, line by line; scripts/generate-verdicts.ts writes such tables.'),
  found: matcher.optional().describe('Type/id of all events that the pages since the last search gave.'),
  broken: z.literal(true).optional().describe('The connection breaks: there is no answer.'),
})

const capture = z.union([
  text.describe('FHIRPath on the JSON body.'),
  z.strictObject({
    header: text.optional(),
    path: text.optional().describe('FHIRPath on the JSON body.'),
    exchange: text.optional().describe('FHIRPath on the exchange as the journal has it.'),
    matches: text.optional().describe('A regular expression; its first group is kept.'),
    all: z.literal(true).optional().describe('Keep all values as a list.'),
  }),
])

/** Where a payload comes from, and what is done to it. */
const payload = z.strictObject({
  fixture: text.optional().describe('A kind of event by name.'),
  code: text.optional().describe("One of the kind's codes."),
  time: text.optional().describe('Time of the event, ISO 8601.'),
  device: text.optional(),
  json: anything.optional().describe('The payload itself.'),
  text: z.string().optional().describe('The payload as text, byte for byte.'),
  hex: z
    .string()
    .regex(/^([0-9a-f]{2} ?)*$/i, 'must be bytes of two hexadecimal digits each')
    .optional()
    .describe('The payload as bytes, which need not be UTF-8.'),
  spoil: text.optional().describe('A spoiler by name.'),
  set: members.optional().describe('Values to set, by JSON Pointer.'),
  remove: z.array(text).optional().describe('JSON Pointers to take away.'),
  fault: z
    .enum(['real-number', 'old-synthetic-number', 'long', 'deep', 'bom', 'latin-1'])
    .optional()
    .describe('What YAML cannot say: made by the runner.'),
  size: z.int().min(1).optional().describe('Pad the text with spaces to this many bytes.'),
})

/** The services that a scenario submits to, each at one surface. */
const SERVICES = SUBMISSION_SURFACES.map((name) => SURFACES[name].service) as [
  SubmissionService,
  ...SubmissionService[],
]

type SubmissionService = (typeof SURFACES)[SubmissionSurface]['service']

/** The surface that a step submits to. */
export function submissionSurface({ to = 'jft' }: Pick<NonNullable<Step['submit']>, 'to'>): SubmissionSurface {
  return SUBMISSION_SURFACES.find((name) => SURFACES[name].service === to) ?? 'jft-write'
}

const submission = payload.extend({
  to: z.enum(SERVICES).optional(),
  type: text.optional().describe('The type in the path, where it is not that of the payload.'),
  orgnr: text.optional().describe("The municipality in VKP's path."),
  count: z.int().min(1).max(2_000).optional().describe('Submit this many different ones.'),
  save: text.optional().describe('Keep the event under this name: id, type, path, location, resource.'),
})

const several = z.union([text, z.array(text).min(1)])

/** A request that the vendor's own client is to send. */
const awaited = z.strictObject({
  surface: z.enum(PLAYED_SURFACES),
  method: several.describe('Where several are right, the first is shown.'),
  path: several.describe(
    'Below the base URL of the surface, without the query. Where several are right, the first is shown.',
  ),
  params: z.record(z.string(), z.string()).optional().describe('Parameters that the query has, or the form of a POST.'),
  status: z.int().optional().describe('Only an exchange with this status is the one.'),
  says: text.optional().describe('What to do, in words.'),
  with: payload.optional().describe('A payload to show with the request. Another one is as good.'),
  within: text.describe('ISO 8601 duration, in wall-clock time.'),
})

/** One step of a scenario: exactly one action, and what is expected of it. */
export const stepSchema = z.strictObject({
  name: text.optional(),
  as: text.optional().describe('The party that acts.'),
  headers: z
    .record(z.string(), z.union([z.string(), z.null()]))
    .optional()
    .describe('null takes a header away.'),
  proof: z.union([text, proofEdit]).optional().describe('A defect of the DPoP proof by name, or changes to it.'),
  'access-token': tokenEdit.optional().describe("Changes to the party's access token before it is sent."),

  submit: submission.optional(),
  search: z
    .strictObject({
      type: text,
      params: z.record(z.string(), z.union([z.string(), z.number(), z.array(z.string())])).optional(),
      method: z.enum(['GET', 'POST']).optional(),
    })
    .optional(),
  follow: z
    .union([
      z.enum(['next', 'self']),
      z.strictObject({
        link: z.enum(['next', 'self']).optional(),
        to: z.literal('end').optional().describe('All pages up to the last.'),
        method: z.enum(['GET', 'POST']).optional(),
        params: z.record(z.string(), z.string()).optional().describe('Parameters to add to the link.'),
      }),
    ])
    .optional(),
  acknowledge: text.optional().describe('A saved event by name, or Type/id.'),
  status: text.optional().describe('A saved event by name, or Type/id.'),
  request: z
    .strictObject({
      method: text.optional(),
      url: text.describe('With {surface} for a base URL: {jft-write}/v1/Composition.'),
      body: anything.optional().describe('Sent as JSON.'),
      text: z.string().optional(),
      form: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
      host: text.optional().describe('Another Host header.'),
    })
    .optional(),
  token: z
    .strictObject({
      client: text.optional(),
      orgnr: z.union([text, z.null()]).optional(),
      scope: z.union([text, z.null()]).optional(),
      defect: text.optional().describe('A defect of the client assertion or the request, by name.'),
      assertion: jwtEdit.optional(),
      form: z.record(z.string(), z.union([z.string(), z.null(), z.array(z.string())])).optional(),
      save: text.optional().describe('Keep the access token under this name.'),
    })
    .optional(),
  'test-token': z
    .strictObject({
      defect: text.optional().describe('A defect of the access token, by name.'),
      request: members.optional().describe('Members of the request to the test token service.'),
    })
    .optional(),
  clock: z
    .strictObject({
      freeze: text.optional(),
      advance: text.optional().describe('ISO 8601 duration.'),
      rate: z.number().positive().optional(),
    })
    .optional(),
  fault: z.union([text, members]).optional().describe('A preset by name, or a fault in full; none: take all away.'),
  wait: z
    .strictObject({ for: text.optional(), every: text.optional(), within: text.optional() })
    .optional()
    .describe('Let time go by; or repeat the next step until it is as expected.'),
  check: payload
    .extend({
      endpoint: text.optional().describe('The resource type in the path that it is for.'),
      forwarded: z.literal(true).optional().describe('Ask for the text that VKP forwards, too.'),
    })
    .optional()
    .describe('Ask for both verdicts on a payload.'),
  journal: z
    .record(z.string(), z.union([z.string(), z.number()]))
    .optional()
    .describe('Exchanges that match.'),

  await: awaited
    .optional()
    .describe("Wait for a request of the vendor's own client; what is expected is held against its answer."),

  proves: z
    .array(text)
    .optional()
    .describe("Of the scenario's requirements, those that this step looks at; a failure breaks no other."),
  expect: expectation.optional(),
  capture: z.record(z.string(), capture).optional().describe('Values to keep, by name.'),
})

export type Step = z.infer<typeof stepSchema>
export type Expectation = z.infer<typeof expectation>
export type Matcher = z.infer<typeof matcher>
export type Capture = z.infer<typeof capture>
export type Payload = z.infer<typeof payload>
export type JwtEdit = z.infer<typeof jwtEdit>
export type ProofEdit = z.infer<typeof proofEdit>
export type TokenEdit = z.infer<typeof tokenEdit>
export type IssueExpectation = z.infer<typeof issue>

/** What a party does, with a token of its own. */
export const ACTIONS_OF_PARTIES = [
  'submit',
  'search',
  'follow',
  'acknowledge',
  'status',
  'request',
  'token',
  'test-token',
] as const

/** The keys that say what a step does. */
export const ACTIONS = [...ACTIONS_OF_PARTIES, 'clock', 'fault', 'wait', 'check', 'journal', 'await'] as const

export type StepAction = (typeof ACTIONS)[number]

/** What the step does. Throws where a step has not exactly one action: reading a pack has made sure of that. */
export function actionOf(step: Step): StepAction {
  const [action] = actionsIn(step)
  if (action === undefined) throw new Error('A step without an action.')
  return action
}

/** The actions that are written in a step; one of them is right. */
export function actionsIn(step: Partial<Record<StepAction, unknown>>): StepAction[] {
  return ACTIONS.filter((action) => step[action] !== undefined)
}

/** What a step is called where it has no name: its action, and what that is about. */
export function nameOf(step: Step): string {
  if (step.name !== undefined) return step.name
  const action = actionOf(step)
  const argument = step[action]
  const about =
    typeof argument === 'string' ? argument : Object.values(argument ?? {}).find((one) => typeof one === 'string')
  return about === undefined ? action : `${action} ${about}`
}
