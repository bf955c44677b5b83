import { type Answer, json } from './answer.ts'
import type { Context } from './context.ts'
import type { PayloadCheck } from './control-types.ts'
import { judge } from './verdicts.ts'

/** Bytes of a payload: more than any service takes, so that its refusal for size can be shown. */
const LIMIT = 8 * 1024 * 1024

/** `POST /_sim/check`: what JFT and VKP say of the body, as their steps on a submission would. Nothing is stored. */
export async function checkPayload(ctx: Context): Promise<Answer> {
  const text = await ctx.step('body', () => ctx.readBody(LIMIT))
  const { verdicts, ...fix } = await ctx.step('verdicts', () => judge(text, ctx.world))
  return json(200, { ...verdicts, ...fix } satisfies PayloadCheck)
}
