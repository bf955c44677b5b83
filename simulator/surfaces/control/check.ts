import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import type { Issue } from '../../rules/issue.ts'
import { judge, notDecoded } from '../../services/verdicts/verdicts.ts'
import type { PayloadCheck } from './types.ts'

/** Bytes of a payload: more than any service takes, so that its refusal for size can be shown. */
const LIMIT = 8 * 1024 * 1024

/** `POST /_sim/check`: what JFT and VKP say of the body, as their steps on a submission would. Nothing is stored. */
export async function checkPayload(ctx: Context): Promise<Answer> {
  const read = await ctx.step('body', () => ctx.readBody(LIMIT).catch(encodingIn))
  const judged = () => (typeof read === 'string' ? judge(read, ctx.world) : notDecoded(read))
  const { verdicts, ...fix } = await ctx.step('verdicts', judged)
  return json(200, { ...verdicts, ...fix } satisfies PayloadCheck)
}

/** That bytes are not UTF-8 is a verdict on them. */
function encodingIn(thrown: unknown): Issue {
  const issue = thrown instanceof Rejection ? thrown.issues.find(({ rule }) => rule === 'http-encoding') : undefined
  if (issue === undefined) throw thrown
  return issue
}
