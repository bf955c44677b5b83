import type { z } from 'zod'
import { pointerToken } from '../ground/text/json-pointer.ts'
import { maskText } from '../ground/text/mask/mask.ts'
import { shortened, shortIssue } from '../rules/bounds.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/** Wrong members that are named one by one; of the rest only how many there are. */
const MOST_TOLD = 100

const LIMIT = 4 * 1024 * 1024

/**
 * The JSON body of a request to the control API, masked, since it is kept and shown; an empty one is an empty object. Throws a `Rejection` 400 when it is no
 * JSON, 413 past `limit` bytes, by default 4 MiB.
 */
export async function readJson(ctx: Context, limit = LIMIT): Promise<unknown> {
  return parsedOrEmpty(maskText(await ctx.readBody(limit)))
}

/** The same as it was sent: for what only passes through, and for what masks it itself. */
async function readJsonAsSent(ctx: Context, limit = LIMIT): Promise<unknown> {
  return parsedOrEmpty(await ctx.readBody(limit))
}

function parsedOrEmpty(text: string): unknown {
  return text.trim() === '' ? {} : parseBody(text, (message) => issueOf('http-body', message))
}

/** The JSON of a body. Throws a `Rejection` 400 with the issue that `issueFor` makes of what is wrong. */
export function parseBody(text: string, issueFor: (message: string) => Issue): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Rejection(400, [issueFor(`The body is not JSON: ${(error as Error).message}`)])
  }
}

/** The JSON body, masked and checked. Throws a `Rejection` 400 that names every wrong member. */
export async function readJsonAs<S extends z.ZodType>(ctx: Context, schema: S): Promise<z.output<S>> {
  return checked(await readJson(ctx), schema)
}

/** The JSON body as it was sent, checked: for what only passes through, and for what masks it itself. */
export async function readSentJsonAs<S extends z.ZodType>(
  ctx: Context,
  schema: S,
  limit = LIMIT,
): Promise<z.output<S>> {
  return checked(await readJsonAsSent(ctx, limit), schema)
}

function checked<S extends z.ZodType>(body: unknown, schema: S): z.output<S> {
  const parsed = schema.safeParse(body)
  if (parsed.success) return parsed.data
  const { issues } = parsed.error
  const told = issues
    .slice(0, MOST_TOLD)
    .map(({ path, message }) =>
      shortIssue(
        issueOf('http-body', `${path.join('.') || 'The body'}: ${shortened(message)}`, { pointer: pointerOf(path) }),
      ),
    )
  throw new Rejection(400, told, { more: issues.length - told.length })
}

/** The place of a member, as a JSON Pointer (RFC 6901). */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${pointerToken(String(part))}`).join('')
}
