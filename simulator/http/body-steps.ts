import type { StepName } from '../ground/surfaces.ts'
import type { RuleId } from '../rules/catalogue.ts'
import type { Members } from '../rules/finding.ts'
import { withFixes } from '../rules/fixes/answers.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import { type Body, type BodyCheck, checkBody } from '../services/body-checks.ts'
import { fixOptions, judge } from '../services/verdicts/verdicts.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/** How a surface takes a body. */
export interface BodySteps {
  /** The checks in their order; those of the first step see the text as it comes. */
  readonly checks: readonly BodyCheck[]
  /** Bytes; what is beyond them is not read. */
  readonly limit: number
  /** The resource type in the path. */
  readonly endpoint: string
  /** The status that refuses a body for what a rule found. */
  readonly statusOf: (rule: RuleId) => number
  /** What both validators say of it is of no use: it goes to neither of them. */
  readonly unjudged?: true
}

/** Characters of a refused body that gets the second verdict with the answer; `POST /_sim/check` gives it for any. */
const MOST_JUDGED = 256 * 1024

/** A body that passed: its text, and the JSON object that was read from it. */
export interface TakenBody {
  readonly text: string
  readonly resource: Members
}

/**
 * Reads the body in the first step and makes the checks, each in its own. Throws a `Rejection` with all that a check found and how to
 * fix it, and, unless the body is very large, with both validators' verdicts.
 */
export async function takeBody(ctx: Context, steps: BodySteps): Promise<TakenBody> {
  const [first, ...others] = stepsOf(steps.checks)
  let body: Body = { text: '', endpoint: steps.endpoint }
  if (first !== undefined) {
    body = await ctx.step(first, async () => {
      const text = await ctx.readBody(steps.limit)
      return requireBody(ctx, steps, first, { ...body, text })
    })
  }
  for (const step of others) body = await ctx.step(step, () => requireBody(ctx, steps, step, body))
  const { text, resource = {} } = body
  return { text, resource }
}

/** The names of the steps that checks are made in. */
export function stepsOf(checks: readonly BodyCheck[]): readonly StepName[] {
  return [...new Set(checks.map(([step]) => step))]
}

function requireBody(ctx: Context, steps: BodySteps, step: StepName, before: Body): Body {
  const { checks, endpoint, statusOf, unjudged } = steps
  const own = checks.filter(([name]) => name === step)
  const { body, refused, more = 0, notes } = checkBody(own, before, ctx.world.settings, ctx.inForce)
  ctx.warn(notes)
  if (refused === undefined) return body
  const [rule] = [...ctx.inForce(refused), ...refused].map((issue) => issue.rule)
  const status = rule === undefined ? 400 : statusOf(rule)
  if (unjudged) throw new Rejection(status, refused, { more })
  const issues = withFixes(body.text, refused, fixOptions(ctx.world.settings))
  if (body.text.length > MOST_JUDGED) throw new Rejection(status, issues, { more })
  throw new Rejection(status, issues, { more, verdicts: verdictsOn(ctx, body.text, endpoint) })
}

/** What both validators say of a body that was posted to the endpoint of that resource type. */
export function verdictsOn(ctx: Context, text: string, endpoint: string): Verdicts {
  return judge(text, { ...ctx.world.settings, endpoint }).verdicts
}
