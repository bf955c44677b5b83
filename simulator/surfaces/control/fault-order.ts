import { z } from 'zod'
import { PLAYED_SURFACES } from '../../ground/surfaces.ts'
import { duration } from '../../ground/text/duration.ts'
import { redact } from '../../ground/text/mask/redact.ts'
import { suggest } from '../../ground/text/suggest.ts'
import { type Delay, MAX_DELAY } from '../../rules/faults/fault-delay.ts'
import { checkOrder, type OrderProblem, placesOfKind } from '../../rules/faults/fault-places.ts'
import { FAULT_PRESET_NAMES, presetOf } from '../../rules/faults/fault-presets.ts'
import {
  type EffectKind,
  type EffectOf,
  FAULT_STATUSES,
  type FaultEffect,
  type FaultOrder,
} from '../../rules/faults/faults.ts'
import type { FaultEffectList } from './types.ts'
import { valueSchema } from './value-schema.ts'

/** How long a fault lives when nothing is said, in milliseconds of the sandbox's clock. */
const LIFETIME = 600_000

/** Where an order says nothing. A demand for nonces that ended with the first challenge would let the retry pass anyhow. */
const timesOf = (effect: FaultEffect) => (effect.kind === 'dpop-nonce' ? null : 1)

/** Text that is shown again, and so is masked before it is kept. */
const text = (max: number) => z.string().min(1).max(max).transform(redact)

const milliseconds = z.number().min(0).max(MAX_DELAY)

const delay: z.ZodType<Delay> = z.union(
  [
    milliseconds,
    z
      .strictObject({ distribution: z.literal('uniform'), min: milliseconds, max: milliseconds })
      .refine(({ min, max }) => min <= max, 'min must not be more than max.'),
    z.strictObject({ distribution: z.literal('normal'), mean: milliseconds, deviation: milliseconds }),
    z.strictObject({ distribution: z.literal('exponential'), mean: milliseconds }),
  ],
  {
    error: `must be milliseconds, at most ${MAX_DELAY}, or {distribution: uniform, min, max}, {distribution: normal, mean, deviation} or {distribution: exponential, mean}.`,
  },
)

const status = z.literal([...FAULT_STATUSES], { error: `must be one of ${FAULT_STATUSES.join(', ')}.` })

/** RFC 9110, section 10.2.3: seconds, or a date. */
const retryAfter = z.union(
  [
    z.int().min(0).max(86_400),
    z.literal('date'),
    z.literal('minute'),
    z.strictObject({ date: z.int().min(1).max(86_400) }),
  ],
  {
    error:
      'must be seconds, at most 86400, "minute" for the seconds up to the next full minute, "date" for its HTTP date, or {date: seconds} for a date that many seconds ahead.',
  },
)

const WHEN = 'before: at any step of places. after: when all is done, so at the step answer only.'

/** By effect, what an order of it takes; the compiler names an effect that is missing. */
const EFFECTS = {
  status: members({ kind: z.literal('status'), status, retryAfter: retryAfter.optional() }),
  latency: members({ kind: z.literal('latency'), delay }),
  reset: members({ kind: z.literal('reset'), when: oneOf('moment', ['before', 'after']).describe(WHEN) }),
  truncate: members({ kind: z.literal('truncate'), bytes: z.int().min(0) }),
  'slow-body': members({ kind: z.literal('slow-body'), bytesPerSecond: z.number().min(1) }),
  'content-type': members({
    kind: z.literal('content-type'),
    contentType: z
      .string()
      .regex(/^[\x20-\x7e]{1,200}$/)
      .transform(redact),
  }),
  duplicate: members({ kind: z.literal('duplicate') }),
  'short-page': members({ kind: z.literal('short-page'), events: z.int().min(0) }),
  'stuck-registration': members({ kind: z.literal('stuck-registration') }),
  failed: members({ kind: z.literal('failed') }),
  'dpop-nonce': members({ kind: z.literal('dpop-nonce') }),
  'rotate-keys': members({
    kind: z.literal('rotate-keys'),
    oldKey: oneOf('choice', ['kept', 'withdrawn']).default('kept'),
  }),
} as const satisfies { readonly [K in EffectKind]: z.ZodType<EffectOf<K>> }

const EFFECT_LIST = Object.values(EFFECTS) as [EffectSchema, ...EffectSchema[]]
type EffectSchema = (typeof EFFECTS)[EffectKind]

const KINDS = Object.keys(EFFECTS) as [EffectKind, ...EffectKind[]]

/** Every effect with what it takes, and where it can act. */
export function faultEffects(): FaultEffectList['effects'] {
  return KINDS.map((kind) => ({ kind, schema: valueSchema(EFFECTS[kind]), places: placesOfKind(kind) }))
}

const effect = z.discriminatedUnion('kind', EFFECT_LIST, {
  error: ({ code, input }) => (code === 'invalid_union' ? unknown('effect', kindOf(input), KINDS) : undefined),
})

const match = members({
  method: oneOf('method', ['GET', 'POST', 'PUT', 'DELETE']).optional(),
  type: text(100).optional(),
  clientId: text(200).optional(),
  municipality: z
    .string()
    .regex(/^\d{9}$/, 'must be nine digits')
    .optional(),
  path: z.string().regex(/^[/*]/, 'must begin with / or *').max(500).transform(redact).optional(),
  nth: z.int().min(1).optional(),
})

const order = members({
  preset: oneOf('preset', FAULT_PRESET_NAMES).optional(),
  surface: oneOf('surface', PLAYED_SURFACES).optional(),
  step: text(100).optional(),
  match: match.optional(),
  effect: effect.optional(),
  times: z.int().min(1).nullable().optional(),
  probability: z.number().gt(0).max(1).optional(),
  seed: z
    .union([z.string().min(1).max(200), z.int()])
    .transform(String)
    .optional(),
  expiresAfter: duration.refine((value) => value > 0, 'must be longer than nothing').default(LIFETIME),
  note: text(500).optional(),
})

/** A fault as `POST /_sim/faults` takes it, with what its preset and the defaults add. */
export const faultOrder = order.transform(({ expiresAfter, ...given }, ctx) => {
  const whole = complete(given)
  if (!whole) {
    ctx.addIssue({ code: 'custom', path: ['effect'], message: `an effect or a preset is needed: ${KINDS.join(', ')}.` })
    return z.NEVER
  }
  for (const problem of checkOrder(whole)) {
    ctx.addIssue({ code: 'custom', path: [problem.path], message: wordsOf(problem, whole) })
  }
  return { order: whole, lifetime: expiresAfter }
})

type Given = Omit<z.output<typeof order>, 'expiresAfter'>

/** What is given wins over the preset, member by member. */
function complete(given: Given): FaultOrder | undefined {
  const base = given.preset === undefined ? undefined : presetOf(given.preset).order
  const effect = given.effect ?? base?.effect
  if (!effect) return undefined
  const match = { ...base?.match, ...given.match }
  const { times = base?.times === undefined ? timesOf(effect) : base.times, probability = base?.probability ?? 1 } =
    given
  return { ...base, ...given, effect, match, times, probability }
}

function wordsOf({ message, known }: OrderProblem, { step = '' }: FaultOrder): string {
  if (!known) return message
  return `${message} ${suggest(step, known, `It can at ${known.join(', ')}.`)}`
}

/** An object with these members and no others. */
function members<S extends z.ZodRawShape>(shape: S) {
  const known = Object.keys(shape)
  return z.strictObject(shape, {
    error: (issue) => {
      if (issue.code !== 'unrecognized_keys') return undefined
      return issue.keys.map((key) => unknown('member', key, known)).join(' ')
    },
  })
}

function oneOf<const N extends readonly [string, ...string[]]>(what: string, names: N) {
  return z.enum(names, { error: ({ input }) => unknown(what, input, names) })
}

function kindOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'kind' in input ? input.kind : input
}

function unknown(what: string, typed: unknown, known: readonly string[]): string {
  const shown = typed === undefined ? 'none' : JSON.stringify(typed)
  return `there is no ${what} ${shown}. ${suggest(typeof typed === 'string' ? typed : '', known)}`
}
