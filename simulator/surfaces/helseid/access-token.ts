import type { Context } from '../../http/context.ts'
import type { Rejection } from '../../http/rejection.ts'
import { finding } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { checkOrganizations, type Details, readAssertionDetails } from '../../rules/token/assertion-details.ts'
import { CLAIM } from '../../rules/token/claims.ts'
import { signToken } from '../../services/tokens/sign.ts'
import type { Client } from '../../state/records.ts'
import type { AuthenticatedClient } from './client-authentication.ts'
import type { Grant } from './grant.ts'
import { oauthError } from './refusal.ts'
import { exchangeClaims } from './token-exchange.ts'

/** Seconds for which an access token of a client is good. */
export function tokenLifetime({ world }: Context, { accessTokenLifetimeSeconds: own }: Client): number {
  return own ?? world.settings.assumptions.accessTokenLifetimeSeconds
}

/**
 * For whom the client acts: what its assertion says, held against its registration. Throws a `Rejection` 400 with the
 * HID number.
 */
export function representedOrganization(ctx: Context, { client, claims }: AuthenticatedClient): Details {
  const { details, issues, warnings } = readAssertionDetails(claims)
  ctx.warn(warnings)
  const unreadable = ctx.activeIssues(issues)
  const refused = unreadable.length > 0 ? unreadable : ctx.activeIssues(checkOrganizations(client, details))
  if (refused.length > 0) throw numbered(refused)
  const { parent, child, journalId } = details
  const acts = client.tenancy === 'single-tenant' ? client.organization : parent
  if (acts === undefined && client.tenancy === 'multi-tenant') ctx.warn([nobody(client)])
  ctx.identify({
    clientId: client.clientId,
    clientName: client.name,
    ...(acts === undefined ? {} : { municipality: acts }),
  })
  return { parent: acts, child, journalId }
}

function nobody({ name }: Client): Issue {
  return finding(
    'organization-missing',
    `${name} is multi-tenant and named no parent organisation.`,
    'assertion_details',
  )
}

/** Which error an HID number comes with, and where it stands, is not documented. */
function numbered(issues: readonly Issue[]): Rejection {
  const number = ({ rule }: Issue) => (rule.startsWith('hid-') ? `${rule.toUpperCase()}: ` : '')
  const description = issues.map((issue) => `${number(issue)}${issue.message}`).join(' ')
  return oauthError('invalid_request', issues, description)
}

/** What the claims of a token come from. */
interface TokenParts {
  readonly client: Client
  readonly grant: Grant
  readonly acts: Details
  /** The thumbprint of the key to bind the token to; a Bearer token has none. */
  readonly jkt: string | undefined
}

/** Signs an access token as HelseID does for machines: no `sub`, `scope` as a list, `aud` a string for one API. */
export async function makeAccessToken(ctx: Context, { client, grant, acts, jkt }: TokenParts): Promise<string> {
  const { world, origins } = ctx
  const now = Math.floor(world.time.clock.now() / 1000)
  const [audience] = grant.audiences
  return signToken(world.state, {
    iss: origins.helseid,
    nbf: now,
    iat: now,
    exp: now + tokenLifetime(ctx, client),
    aud: grant.audiences.length === 1 ? audience : grant.audiences,
    cnf: jkt === undefined ? undefined : { jkt },
    scope: grant.scopes,
    ...clientClaims(client, acts),
    ...apiClaims(client, grant),
    ...(grant.subject ? exchangeClaims(ctx, grant.subject, client, acts) : {}),
    jti: world.time.ids.hex(16),
  })
}

function clientClaims(client: Client, { parent, child, journalId }: Details) {
  return {
    client_id: client.clientId,
    client_amr: 'private_key_jwt',
    [CLAIM.parent]: parent,
    [CLAIM.child]: child,
    [CLAIM.supplier]: client.tenancy === 'multi-tenant' ? client.organization : undefined,
    [CLAIM.clientName]: client.name,
    [CLAIM.tenancy]: client.tenancy,
    [CLAIM.keyType]: 'rsa_private_key',
    [CLAIM.journalId]: journalId,
  }
}

/** Which claims an API gets is the API's choice: those of another API stay out of the token. */
function apiClaims({ apiClaims: claims }: Client, { audiences }: Grant) {
  const wanted = ([name]: [string, string]) => audiences.some((audience) => name.startsWith(`${audience}/`))
  return Object.fromEntries(Object.entries(claims).filter(wanted))
}
