import type { z } from 'zod'
import { citedDocument } from '../../ground/documents.ts'
import { type Assumptions, assumptionsSchema, SILENT_POINTS } from '../../ground/settings/assumptions.ts'
import { suggest } from '../../ground/text/suggest.ts'
import { type Answer, json } from '../../http/answer.ts'
import type { Context } from '../../http/context.ts'
import { pointerOf, readJson } from '../../http/json-body.ts'
import { Rejection } from '../../http/rejection.ts'
import { issueOf } from '../../rules/catalogue.ts'
import { isMembers, type Members } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import type { Settings } from '../../state/world.ts'
import type { SettingList, SilentPointEntry } from './types.ts'
import { valueSchema } from './value-schema.ts'

/** Every silent point with its setting, in the order of the table. */
export function settingsOf({ assumptions, observed }: Settings): SilentPointEntry[] {
  const names = Object.keys(SILENT_POINTS) as (keyof Assumptions)[]
  return names.map((name) => {
    const { schema, documents: keys, ...point } = SILENT_POINTS[name]
    const fallback = schema.parse(undefined)
    const documents = keys.map(citedDocument)
    const entry = {
      name,
      value: assumptions[name],
      default: fallback,
      schema: valueSchema(schema),
      ...point,
      documents,
    }
    const seen = observed[name]
    return seen === undefined ? entry : { ...entry, observed: { certainty: 'observed', ...seen } }
  })
}

/**
 * `PUT /_sim/settings`: an object of names and values. Those that are named hold from now on, in this sandbox; the others
 * stay. A reset goes back to what the sandbox was made with.
 */
export async function changeSettings(ctx: Context): Promise<Answer> {
  const body = await readJson(ctx)
  await ctx.world.settings.assume(withValues(ctx.world.settings.assumptions, body))
  return json(200, { settings: settingsOf(ctx.world.settings) } satisfies SettingList)
}

/** Throws a `Rejection` 400 that names every wrong name and value. */
function withValues(assumptions: Assumptions, values: unknown): Assumptions {
  if (!isMembers(values))
    throw new Rejection(400, [issueOf('http-body', 'The body must be an object of names and values.')])
  const parsed = assumptionsSchema.safeParse({ ...assumptions, ...values })
  if (parsed.success) return parsed.data
  const strange = Object.keys(values).filter((name) => !Object.hasOwn(SILENT_POINTS, name))
  const issues = parsed.error.issues.flatMap((issue) => issuesOf(issue, values))
  throw new Rejection(400, issues, { more: Math.max(0, strange.length - MOST_TOLD) })
}

/** Unknown names that are named one by one. */
const MOST_TOLD = 100

function issuesOf(issue: z.core.$ZodIssue, values: Members): Issue[] {
  const known = Object.keys(SILENT_POINTS)
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MOST_TOLD)
      .map((key) => wrong([key], 'there is no such setting; GET /_sim/rules lists them.', key, known))
  const [name = ''] = issue.path
  const choices = issue.code === 'invalid_value' ? issue.values.map(String) : []
  return [wrong(issue.path, `${issue.message}.`, String(values[String(name)]), choices)]
}

function wrong(path: readonly PropertyKey[], message: string, given: string, known: readonly string[]): Issue {
  const words = `${path.join('.')}: ${message} ${suggest(given, known, '')}`.trim()
  return issueOf('http-body', words, { pointer: pointerOf(path) })
}
