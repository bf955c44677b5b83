import { SURFACES } from '../ground/surfaces.ts'
import { issueOf } from '../rules/catalogue.ts'
import type { Context } from './context.ts'
import { Rejection } from './rejection.ts'

/**
 * The guard of every surface: web pages of other origins are refused where they could write (RFC 6454, section 7; Fetch
 * Metadata, `Sec-Fetch-Site`). Programs send neither header. Throws a `Rejection` 403.
 */
export function refuseForeignPages(ctx: Context): void {
  const page = foreignPage(ctx)
  if (page === undefined || !isGuarded(ctx)) return
  const message = `A page of ${page} may not call ${ctx.url.origin}${ctx.url.pathname}.`
  ctx.refuse(new Rejection(403, [issueOf('http-origin', message)]))
}

/** Which other origin a page has that calls, as far as its browser says. */
function foreignPage({ request: { headers }, url, world }: Context): string | undefined {
  const origin = headers.get('origin')
  const own = [url.origin, world.net.origins.home]
  if (origin !== null && !own.includes(origin)) return origin
  const site = headers.get('sec-fetch-site')?.trim().toLowerCase()
  return site === 'cross-site' || site === 'same-site' ? `another origin (Sec-Fetch-Site: ${site})` : undefined
}

/** Under `--auth relaxed` a page needs no token either. */
function isGuarded({ surface, world: { settings } }: Context): boolean {
  return SURFACES[surface].foreignPages === 'refused' || (settings.auth === 'relaxed' && surface !== 'helseid')
}

/**
 * No answer of an API is a page: a browser neither guesses its type nor runs what is in it. A handler that answers a page
 * says so by a policy of its own.
 */
export const API_ANSWER = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
} as const
