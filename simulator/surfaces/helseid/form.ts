import type { Context } from '../../http/context.ts'
import { oauthFinding } from './refusal.ts'

const FORM = 'application/x-www-form-urlencoded'

/** Bytes of a token request; the real limit is not known. */
const LIMIT = 64 * 1024

/** The parameters of a token request. Throws a `Rejection` 400 `invalid_request` when it is no form. */
export async function readForm(ctx: Context): Promise<URLSearchParams> {
  const type = ctx.request.headers.get('content-type') ?? ''
  if (type.split(';')[0]?.trim().toLowerCase() !== FORM) {
    const message = `The Content-Type is ${type || 'missing'}; it must be ${FORM}.`
    ctx.reject(oauthFinding('invalid_request', 'token-request', message, FORM, type))
  }
  const form = new URLSearchParams(await ctx.readBody(LIMIT))
  const repeated = [...new Set(form.keys())].filter((name) => name !== 'resource' && form.getAll(name).length > 1)
  if (repeated.length > 0) {
    const message = `The form has ${repeated.join(', ')} more than once.`
    ctx.reject(oauthFinding('invalid_request', 'token-request', message, 'each once', repeated))
  }
  return form
}
