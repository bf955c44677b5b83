import { issueOf } from '../rules/catalogue.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/** The content type of a form (HTML, 4.10.21.7). */
export const FORM = 'application/x-www-form-urlencoded'

/** Fields of a form: as many as ASP.NET Core reads (`FormOptions.ValueCountLimit`). That the real services keep it is assumed. */
const MOST_FIELDS = 1024

/**
 * The fields of a form. They are counted before they are read: a small body can hold very many.
 * Throws a `Rejection` 413.
 */
export function readFields(ctx: Context, text: string): URLSearchParams {
  let fields = 1
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) fields += 1
  if (fields > MOST_FIELDS) {
    const message = `The form has ${fields} fields; at most ${MOST_FIELDS} are read.`
    ctx.refuse(new Rejection(413, [issueOf('http-size', message, { evidence: { limit: MOST_FIELDS, fields } })]))
  }
  return new URLSearchParams(text)
}

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
    if (!isForm(ctx)) ctx.refuse(refusal(wrongForm(ctx)))
  }
  const declared = Number(ctx.request.headers.get('content-length') ?? 0)
  if (declared > 0) refuse()
  const text = await ctx.readBody(limit)
  if (declared === 0 && text !== '') refuse()
  return text
}
