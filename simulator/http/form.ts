import type { Context } from './context.ts'
import type { Rejection } from './rejection.ts'

/** The content type of a form (HTML, 4.10.21.7). */
export const FORM = 'application/x-www-form-urlencoded'

/** Whether the body of a request says of itself that it is a form; parameters such as a charset do not matter. */
export function isForm({ request }: Context): boolean {
  return request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() === FORM
}

/** What is wrong with a body that is none. */
export function wrongForm({ request }: Context): string {
  return `Content-Type ${request.headers.get('content-type') || '(none)'} is not ${FORM}.`
}

/**
 * The text of a form of at most `limit` bytes. No body at all is an empty form, whatever the Content-Type says: NHN's samples
 * search without parameters so, and .NET then sends no Content-Type either. Any other body that is no form is refused.
 */
export async function readFormText(
  ctx: Context,
  limit: number,
  refusal: (message: string) => Rejection,
): Promise<string> {
  const refuse = () => {
    if (!isForm(ctx)) ctx.reject(refusal(wrongForm(ctx)))
  }
  const declared = Number(ctx.request.headers.get('content-length') ?? 0)
  if (declared > 0) refuse()
  const text = await ctx.readBody(limit)
  if (declared === 0 && text !== '') refuse()
  return text
}
