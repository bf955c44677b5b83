import { once } from '../ground/once.ts'
import type { StepName } from '../ground/surfaces.ts'
import type { RuleId } from '../rules/catalogue.ts'
import { isMembers, type Members } from '../rules/finding.ts'
import type { Issue } from '../rules/issue.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import { type Body, type BodyCheck, type CheckedBody, checkBody } from '../services/body-checks.ts'
import {
  asideFor,
  CHECKS,
  type CheckingService,
  checkAside,
  judgeText,
  type Refused,
  refusalOf,
} from '../services/judging.ts'
import type { Surroundings } from '../state/world.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/** How a surface takes a body. */
export interface BodySteps {
  /** Whose checks are made, in their order; those of the first step see the text as it comes. */
  readonly service: CheckingService
  /** Bytes; what is beyond them is not read. */
  readonly limit: number
  /** The resource type in the path. */
  readonly endpoint: string
  /** The status that refuses a body for what a rule found. */
  readonly statusOf: (rule: RuleId) => number
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
  const [first, ...others] = stepsOf(CHECKS[steps.service])
  let body: Body = { text: '', endpoint: steps.endpoint }
  if (first !== undefined) {
    body = await ctx.step(first, async () => {
      const text = await ctx.readBody(steps.limit)
      return checkHere(ctx, steps, first, { ...body, text })
    })
  }
  const aside = asideFor(body.text, ctx.world.surroundings.aside)
  if (aside !== undefined) return takeAside(ctx, steps, others, { ...body, judged: isJudged(body) }, aside)
  for (const step of others) body = await ctx.step(step, () => checkHere(ctx, steps, step, body))
  const { text, resource = {} } = body
  return { text, resource }
}

/** The names of the steps that checks are made in. */
export function stepsOf(checks: readonly BodyCheck[]): readonly StepName[] {
  return [...new Set(checks.map(([step]) => step))]
}

const isJudged = ({ text }: Body) => text.length <= MOST_JUDGED

function checkHere(ctx: Context, steps: BodySteps, step: StepName, before: Body): Body {
  const { service, endpoint } = steps
  const { settings } = ctx.world
  const checked = checkBody(checksIn(CHECKS[service], [step]), before, settings, ctx.activeIssues)
  const { text } = before
  return passed(ctx, steps, checked, (issues) =>
    refusalOf({ service, text, endpoint, judged: isJudged(before) }, issues, settings),
  )
}

type LargeBody = Body & { readonly judged: boolean }

/** The same for a large body: all steps are taken at once in another thread, and then each takes what it found there. */
async function takeAside(
  ctx: Context,
  steps: BodySteps,
  names: readonly StepName[],
  { text, judged }: LargeBody,
  aside: NonNullable<Surroundings['aside']>,
): Promise<TakenBody> {
  const { service, endpoint } = steps
  const { settings } = ctx.world
  const checking = once(() => checkAside(aside, { service, steps: names, text, endpoint, judged }, settings))
  for (const step of names) {
    await ctx.step(step, async () => {
      const { found, refusal } = await checking()
      const replayed = checksIn(CHECKS[service], names).map(
        ([name], index): BodyCheck => [name, () => found[index] ?? { issues: [] }],
      )
      const checked = checkBody(checksIn(replayed, [step]), { text }, settings, ctx.activeIssues)
      passed(ctx, steps, checked, (issues) => refusal ?? { issues })
    })
  }
  return { text, resource: objectIn(text) }
}

function checksIn(checks: readonly BodyCheck[], names: readonly StepName[]): readonly BodyCheck[] {
  return checks.filter(([name]) => names.includes(name))
}

/** The body that has passed; throws the `Rejection` of one that has not. */
function passed(
  ctx: Context,
  { statusOf }: BodySteps,
  { body, refused, more = 0, notes }: CheckedBody,
  refusal: (issues: readonly Issue[]) => Refused,
): Body {
  ctx.warn(notes)
  if (refused === undefined) return body
  const [rule] = [...ctx.activeIssues(refused), ...refused].map((issue) => issue.rule)
  const status = rule === undefined ? 400 : statusOf(rule)
  const { issues, ...verdicts } = refusal(refused)
  throw new Rejection(status, issues, { more, ...verdicts })
}

/** What VKP takes need not be JSON; nobody asks for the object then. */
function objectIn(text: string): Members {
  try {
    const value: unknown = JSON.parse(text)
    return isMembers(value) ? value : {}
  } catch {
    return {}
  }
}

/** What both validators say of a body that was posted to the endpoint of that resource type. */
export async function verdictsOn({ world }: Context, text: string, endpoint: string): Promise<Verdicts> {
  return (await judgeText(text, { ...world.settings, endpoint }, world.surroundings.aside)).verdicts
}
