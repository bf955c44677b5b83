import type { Context } from '../../http/context.ts'
import { FORM, isForm, readFields, wrongForm } from '../../http/form.ts'
import { oauthFinding } from './refusal.ts'

/** Bytes of a token request; the real limit is not known. */
const LIMIT = 64 * 1024

/** The parameters of a token request. Throws a `Rejection` 400 `invalid_request` when it is not a form, and 413 with too many fields. */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  if (!isForm(ctx)) {
    const found = ctx.request.headers.get('content-type') ?? ''
    ctx.refuse(oauthFinding('invalid_request', 'token-request', wrongForm(ctx), FORM, found))
  }
  const form = readFields(ctx, await ctx.readBody(LIMIT))
  const repeated = repeatedIn([...form.keys()]).filter((name) => name !== 'resource')
  if (repeated.length > 0) {
    const message = `The form has ${repeated.join(', ')} more than once.`
    ctx.refuse(oauthFinding('invalid_request', 'token-request', message, 'each once', repeated))
  }
  return form
}

/** The names that are there more than once. */
function repeatedIn(names: readonly string[]): string[] {
  const seen = new Set<string>()
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))]
}
