import { z } from 'zod'
import { EVENT_TYPES } from '../../../ground/event-types.ts'
import { assumptionsSchema } from '../../../ground/settings/assumptions.ts'
import { registerSchema, routesSchema } from '../../../ground/settings/vkp-configuration.ts'
import { PLAYED_SURFACES } from '../../../ground/surfaces.ts'
import { isMembers } from '../../../rules/finding.ts'
import { EVENT_KINDS } from '../../../rules/jft/event-kind.ts'
import type { CapturedBody } from '../../../state/exchange.ts'
import { switchedOffSchema } from '../../../state/options.ts'
import { personChangeSchema } from '../../../state/population.ts'
import { destinationOf } from './destination.ts'

const text = z.string()
const micros = z.int().min(0)
const time = z.iso.datetime({ offset: true })
const headers = z.array(z.tuple([text.regex(/^[!#$%&'*+.^`|~\w-]+$/, 'must be the name of a header'), text]))
const body = z.object({ text, capturedBytes: z.int(), totalBytes: z.int() })

const AROUND = 'textBefore and textAfter must be a JSON object around the value of meta.lastUpdated'

interface Around {
  readonly textBefore: string
  readonly textAfter: string
}

/** Whether a text is what answers are made of. */
function isWhole({ textBefore, textAfter }: Around): boolean {
  try {
    return isMembers(JSON.parse(`${textBefore}2030-01-01T12:00:00+00:00${textAfter}`))
  } catch {
    return false
  }
}

/** Of a patient, type and id are not kept in the text. */
function isWholePatient({ textBefore, textAfter }: Around): boolean {
  return isWhole({ textBefore: `{${textBefore}`, textAfter })
}

/** The places in a list where something is that was there before. */
function repeatedIn(list: readonly string[]): number[] {
  const seen = new Set<string>()
  return list.flatMap((one, index) => (seen.size === seen.add(one).size ? [index] : []))
}

const event = z
  .strictObject({
    id: z.guid(),
    type: z.enum(EVENT_TYPES),
    kind: z.enum([...EVENT_KINDS, ...EVENT_TYPES]),
    municipality: text.regex(/^\d{9}$/, 'must be nine digits'),
    lastUpdated: micros,
    registered: micros,
    read: micros.nullable(),
    acknowledged: micros.nullable(),
    failed: micros.nullable(),
    clientId: text,
    clientName: text.optional(),
    sourceSystem: text.optional(),
    textBefore: text,
    textAfter: text,
  })
  .refine(isWhole, AROUND)

const fate = z.enum(['stuck-registration', 'failed']).exactOptional()
const version = { clientId: text, textBefore: text, textAfter: text, lastUpdated: micros, fate }
const patient = z
  .strictObject({
    ...version,
    id: z.guid(),
    municipality: text.regex(/^\d{9}$/, 'must be nine digits'),
    person: text,
    version: z.int().min(1),
    queued: z.array(z.strictObject(version).refine(isWholePatient, AROUND)),
  })
  .refine(isWholePatient, AROUND)

const exchange = z.object({
  id: text.regex(/^x\d+$/, 'must be the id of an exchange'),
  surface: z.enum(PLAYED_SURFACES),
  time,
  request: z.object({
    method: text.regex(/^(?!CONNECT$|TRACE$|TRACK$)[A-Z]+$/, 'must be a method that can be sent'),
    url: z.url({ protocol: /^https?$/, error: 'must be an http or https URL' }),
    headers,
    body: body.optional(),
  }),
  response: z.object({ status: z.int().min(0).max(599), headers, body: body.optional() }),
  steps: z.array(z.object({ name: text, outcome: text })),
  issues: z.array(z.object({ rule: text.regex(/^[a-z][a-z0-9-]*$/, 'must be the id of a rule') })),
  injected: z.array(z.unknown()).optional(),
  parent: text.optional(),
  event: text.optional(),
  events: z.array(text).optional(),
})

const sandbox = z.strictObject({
  name: text,
  seed: text.max(200).nullable(),
  environment: z.enum(['test', 'prod']),
  auth: z.enum(['strict', 'relaxed']),
  assumptions: assumptionsSchema,
  switchedOff: switchedOffSchema.default([]),
  clock: z.strictObject({ mode: z.enum(['frozen', 'running']), now: time, rate: z.number() }),
})

/** A case file as `POST /_sim/case` takes it; `name` is that of the sandbox to make. */
export const openCaseSchema = z
  .strictObject({
    format: z.literal('jft-simulator-case', 'this is not a case file: its format must be jft-simulator-case'),
    formatVersion: z.literal(1, 'this simulator reads version 1 of case files, and no other'),
    simulator: text,
    catalogue: text,
    sandbox,
    initial: z.strictObject({
      events: z.array(event),
      patients: z.array(patient).optional(),
      personChanges: z.array(personChangeSchema).optional(),
      ids: z.int().nullable(),
      routes: routesSchema,
      register: registerSchema,
      clients: z.array(z.record(text, z.unknown())),
    }),
    exchanges: z.array(exchange),
    dropped: z.int().min(0),
    name: text.optional(),
  })
  .superRefine(({ initial: { events, patients = [] } }, context) => {
    const keys = { events: events.map(({ type, id }) => `${type}/${id}`), patients: patients.map(({ id }) => id) }
    for (const [name, list] of Object.entries(keys)) {
      for (const index of repeatedIn(list)) {
        context.addIssue({ code: 'custom', path: ['initial', name, index, 'id'], message: 'is there twice' })
      }
    }
  })
  .superRefine(({ exchanges, sandbox: { environment } }, context) => {
    for (const [index, one] of exchanges.entries()) {
      if (destinationOf(one.request.url, environment)?.surface === one.surface) continue
      const message = `is not a URL of ${one.surface}`
      context.addIssue({ code: 'custom', path: ['exchanges', index, 'request', 'url'], message })
    }
  })

/** A case file that was read. */
export type OpenableCase = z.output<typeof openCaseSchema>

/** What a replay needs to know of an exchange: one of the file, or one of a journal. */
export type Recorded = OpenableCase['exchanges'][number]

type Headers = readonly (readonly [string, string])[]

/** What is compared of an exchange. */
export interface RecordedOutcome {
  readonly response: {
    readonly status: number
    readonly headers: Headers
    readonly body?: CapturedBody | undefined
  }
  readonly steps: readonly { readonly name: string; readonly outcome: string }[]
  readonly issues: readonly { readonly rule: string }[]
  readonly event?: string | undefined
  readonly events?: readonly string[] | undefined
}
