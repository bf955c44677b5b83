import { suggest } from '../ground/text/suggest.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/**
 * Whole numbers from the query, with their defaults, and nothing else in it than those and `others`. Throws a
 * `Rejection` 400 that names every wrong parameter.
 */
export function readNumbers<N extends Record<string, number>>(
  ctx: Context,
  defaults: N,
  others: readonly string[] = [],
): N {
  const known = [...Object.keys(defaults), ...others]
  const issues = [...ctx.query].flatMap(([name, value]) => {
    if (!known.includes(name)) return [unknownParameter(name, known)]
    return others.includes(name) || WHOLE.test(value) ? [] : [notANumber(name, value)]
  })
  if (issues.length > 0) ctx.refuse(new Rejection(400, issues))
  const read = Object.entries(defaults).map(([name, value]) => {
    const sent = ctx.query.get(name) ?? ''
    return [name, WHOLE.test(sent) ? Number(sent) : value]
  })
  return Object.fromEntries(read)
}

const WHOLE = /^\d{1,15}$/

function notANumber(name: string, value: string): Issue {
  return issueOf('http-parameter', `${name} must be a whole number, not ${JSON.stringify(value)}.`)
}

function unknownParameter(name: string, known: readonly string[]): Issue {
  const hint = suggest(name, known, `This path has ${known.join(', ')}.`)
  return issueOf('http-parameter', `Unknown parameter ${JSON.stringify(name)}. ${hint}`)
}
