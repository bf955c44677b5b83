import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { judge } from '../../services/verdicts/verdicts.ts'
import type { PayloadCheck } from './types.ts'

/** Bytes of a payload: more than any service takes, so that its refusal for size can be shown. */
const LIMIT = 8 * 1024 * 1024

/** `POST /_sim/check`: what JFT and VKP say of the body, as their steps on a submission would. Nothing is stored. */
export async function checkPayload(ctx: Context): Promise<Answer> {
  const text = await ctx.step('body', () => ctx.readBody(LIMIT))
  const { verdicts, ...fix } = await ctx.step('verdicts', () => judge(text, ctx.world))
  return json(200, { ...verdicts, ...fix } satisfies PayloadCheck)
}
