import { suggest } from '../../ground/text/suggest.ts'
import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import { finding, type Members, quote } from '../../rules/finding.ts'
import { TOKEN_EXCHANGE } from '../../rules/token/grant-types.ts'
import type { Client } from '../../state/records.ts'
import { GRANT_TYPES } from './discovery.ts'
import { oauthError, oauthFinding } from './refusal.ts'
import { subjectOf } from './token-exchange.ts'

/** What a client gets: the scopes, and the APIs that they belong to. */
export interface Grant {
  readonly scopes: readonly string[]
  /** Short names of the APIs, for `aud`. */
  readonly audiences: readonly string[]
  /** The claims of the token that was handed in for another; only in a token exchange. */
  readonly subject?: Members
}

/** The scope to give itself another key: here every client may, since each has one to rotate. */
const ROTATION = 'nhn:selvbetjening/client'

/**
 * What a token request asks for and the client may have. Without `scope` it is everything that the client may have.
 * Throws a `Rejection` 400: `unsupported_grant_type`, `unauthorized_client`, `invalid_scope`, `invalid_target`, or
 * `invalid_request` for a subject token that is no good.
 */
export async function grantOf(ctx: Context, form: URLSearchParams, client: Client): Promise<Grant> {
  const type = requireGrantType(ctx, form.get('grant_type'), client)
  const asked = (form.get('scope') ?? '').split(' ').filter((scope) => scope !== '')
  const refused = asked.filter((scope) => scope !== ROTATION && !client.scopes.includes(scope))
  if (refused.length > 0) ctx.refuse(invalidScope(refused, client))
  const scopes = asked.length > 0 ? [...new Set(asked)] : client.scopes
  const subject = type === TOKEN_EXCHANGE ? { subject: await subjectOf(ctx, form) } : {}
  return { scopes, audiences: audiencesOf(ctx, scopes, form.getAll('resource')), ...subject }
}

function requireGrantType(ctx: Context, type: string | null, client: Client): string | null {
  if (type === null || !client.grantTypes.includes(type)) ctx.refuse(wrongGrantType(type, client))
  return type
}

function wrongGrantType(type: string | null, { grantTypes }: Client): Rejection {
  if (GRANT_TYPES.some((one) => one === type)) {
    const allowed = grantTypes.join(', ')
    const message = `The client may use ${allowed}, not ${type}.`
    return oauthFinding('unauthorized_client', 'grant-not-allowed', message, allowed, type)
  }
  const message = `grant_type is ${quote(type ?? undefined)}.`
  return oauthFinding('unsupported_grant_type', 'grant-type', message, GRANT_TYPES, type)
}

function invalidScope(refused: readonly string[], client: Client): Rejection {
  const issues = refused.map((scope) => {
    const hint = suggest(scope, client.scopes, `It may have ${client.scopes.join(', ')}.`)
    return finding(
      'scope-not-allowed',
      `The client may not have the scope ${quote(scope)}. ${hint}`,
      client.scopes,
      scope,
    )
  })
  return oauthError('invalid_scope', issues)
}

/** The API of a scope stands before its first slash: `nhn:jft/api` belongs to `nhn:jft`. */
function audiencesOf(ctx: Context, scopes: readonly string[], resources: readonly string[]): readonly string[] {
  const audiences = [...new Set(scopes.map((scope) => scope.slice(0, Math.max(0, scope.indexOf('/'))) || scope))]
  const [resource, ...more] = resources
  if (resource === undefined) return audiences
  if (more.length === 0 && audiences.includes(resource)) return [resource]
  const message = `resource is ${resources.join(' and ')}; it must be one of ${audiences.join(', ')}.`
  ctx.refuse(oauthFinding('invalid_target', 'resource-unknown', message, audiences, resources))
  return resources
}
