import type { Context } from '../../http/context.ts'

/**
 * Calls another surface for VKP and reads its whole answer. A connection that breaks is a 504 (RFC 9110, section 15.6.5):
 * for VKP, who did not answer is who did not answer in time.
 */
export async function callLeg(ctx: Context, request: Request): Promise<Response> {
  try {
    const answer = await ctx.fetch(request)
    const { status, headers } = answer
    const body = await answer.arrayBuffer()
    return new Response(body.byteLength === 0 ? null : body, { status, headers })
  } catch (fault) {
    const { message } = fault instanceof Error ? fault : new Error(String(fault))
    return Response.json({ error: 'no answer', error_description: message }, { status: 504 })
  }
}
