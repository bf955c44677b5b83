import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import type { Issue } from '../../rules/issue.ts'
import { judgeText } from '../../services/judging.ts'
import { notDecoded } from '../../services/verdicts/verdicts.ts'
import type { PayloadCheck } from './types.ts'

/** Bytes of a payload: more than any service takes, so that its refusal for size can be shown. */
const LIMIT = 8 * 1024 * 1024

const PARAMETERS = ['forwarded']

/**
 * `POST /_sim/check`: what JFT and VKP say of the body, as their steps on a submission would. Nothing is stored. With
 * `?forwarded=true` VKP's verdict has exactly the text that VKP forwards.
 */
export async function checkPayload(ctx: Context): Promise<Answer> {
  const forwarded = readForwarded(ctx)
  const read = await ctx.step('body', () => ctx.readBody(LIMIT).catch(encodingIn))
  const options = { ...ctx.world.settings, forwarded }
  const { aside } = ctx.world
  const judged = () => (typeof read === 'string' ? judgeText(read, options, aside) : notDecoded(read))
  const { verdicts, ...fix } = await ctx.step('verdicts', judged)
  return json(200, { ...verdicts, ...fix } satisfies PayloadCheck)
}

/** That bytes are not UTF-8 is a verdict on them. */
function encodingIn(thrown: unknown): Issue {
  const issue = thrown instanceof Rejection ? thrown.issues.find(({ rule }) => rule === 'http-encoding') : undefined
  if (issue === undefined) throw thrown
  return issue
}

function readForwarded({ query }: Context): boolean {
  const unknown = [...query.keys()].filter((name) => !PARAMETERS.includes(name))
  const value = query.get('forwarded') ?? 'false'
  const messages = [
    ...unknown.map((name) => `Unknown parameter ${JSON.stringify(name)}; this path has ${PARAMETERS.join(', ')}.`),
    ...(value === 'true' || value === 'false' ? [] : ['forwarded must be true or false.']),
  ]
  if (messages.length === 0) return value === 'true'
  throw new Rejection(
    400,
    messages.map((message) => issueOf('http-parameter', message)),
  )
}
