import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import { type Members, quote } from '../../rules/finding.ts'
import type { Details } from '../../rules/token/assertion-details.ts'
import { CLAIM, checkBearerToken } from '../../rules/token/claims.ts'
import { ACCESS_TOKEN_TYPE } from '../../rules/token/grant-types.ts'
import { accessTokenUse, readAccessToken } from '../../services/tokens/access-token.ts'
import type { Client } from '../../state/records.ts'
import { oauthError, oauthFinding } from './refusal.ts'

/**
 * The claims of the token that a client hands in for another. Throws a `Rejection` 400 `invalid_request`, which RFC 8693
 * (section 2.2.2) wants for a subject token that is unacceptable for any reason.
 */
export async function subjectOf(ctx: Context, form: URLSearchParams): Promise<Members> {
  requireTokenType(ctx, form, 'subject_token_type', form.get('subject_token_type') ?? undefined)
  requireTokenType(ctx, form, 'requested_token_type', form.get('requested_token_type') ?? ACCESS_TOKEN_TYPE)
  const text = form.get('subject_token')
  if (text === null) throw refused('subject_token is missing.', 'the access token that was received')
  const token = await readAccessToken(ctx.world.state, text)
  if (!token) throw refused('subject_token is not a compact JWT.', 'the access token that was received')
  const issues = checkBearerToken(token, await accessTokenUse(ctx.world, ctx.now))
  if (issues.length > 0) ctx.refuse(oauthError('invalid_request', issues, 'The subject token is not valid.'))
  return token.payload
}

function requireTokenType(ctx: Context, form: URLSearchParams, name: string, type: string | undefined): void {
  if (type === ACCESS_TOKEN_TYPE) return
  ctx.refuse(refused(`${name} is ${quote(form.get(name) ?? undefined)}.`, ACCESS_TOKEN_TYPE))
}

function refused(message: string, expected: string): Rejection {
  return oauthFinding('invalid_request', 'subject-token', message, expected)
}

/**
 * What a token exchange adds to the client's own claims: `act` names who exchanged the token (RFC 8693, section 4.1). Its
 * members, and whether the token keeps the client of the subject token, are not documented; the latter is a setting.
 */
export function exchangeClaims(ctx: Context, subject: Members, actor: Client, { parent }: Details): Members {
  const act = { iss: ctx.origins.helseid, client_id: actor.clientId, [CLAIM.parent]: parent }
  if (ctx.world.settings.assumptions.vkpExchangedClient === 'actor') return { act }
  return { act, client_id: subject.client_id, [CLAIM.clientName]: subject[CLAIM.clientName] }
}
