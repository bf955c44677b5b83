import { SERVICE_CODES } from '../../ground/service-codes.ts'
import { SURFACES, vkpScope } from '../../ground/surfaces.ts'
import { authenticateBearer, type Caller, insufficientScope } from '../../http/caller.ts'
import type { Context } from '../../http/context.ts'
import { Rejection } from '../../http/rejection.ts'
import { finding, quote } from '../../rules/finding.ts'
import type { Issue } from '../../rules/issue.ts'
import { textClaim } from '../../rules/token/claims.ts'
import type { State } from '../../state/ports.ts'
import type { RegisterEntry } from '../../state/records.ts'

const AUDIENCE = SURFACES.vkp.token.audience
const VKP_ID = 'nhn:vkp/client/claims/vkp-id'

/** The steps that `requireVkpCaller` takes. */
export const CALLER_STEPS = ['token', 'scope', 'claims', 'register'] as const

/**
 * Who calls VKP, and what VKP's register says of the pair of system and municipality. Throws a `Rejection`: 401, 403, or
 * 400 with a code 1.x or 2.2.
 */
export async function requireVkpCaller(ctx: Context, type: string, access: 'read' | 'write'): Promise<RegisterEntry> {
  const { orgnr = '' } = ctx.params
  const caller = await ctx.step('token', () => authenticateBearer(ctx, AUDIENCE))
  const { clientId, clientName } = caller
  ctx.identify({ clientId, ...(clientName === undefined ? {} : { clientName }), municipality: orgnr })
  await ctx.step('scope', () => requireVkpScope(ctx, caller, type, access))
  const vkpId = await ctx.step('claims', () => requireClaims(ctx, caller))
  return ctx.step('register', () => requireEntry(ctx, orgnr, vkpId))
}

function requireVkpScope(ctx: Context, caller: Caller, type: string, access: string): void {
  const scope = vkpScope(type, access)
  const good = [scope, vkpScope(type, '*'), ...(ctx.world.settings.environment === 'test' ? ['nhn:vkp/api/*.*'] : [])]
  if (caller.scopes.some((one) => good.includes(one))) return
  const found = caller.scopes.length > 0 ? caller.scopes.join(', ') : 'no scope'
  const issue = finding('vkp-scope', `The access token has ${found}; this needs ${scope}.`, good, caller.scopes)
  ctx.refuseUnlessRelaxed(new Rejection(403, [issue], { headers: insufficientScope('Bearer', scope) }))
}

function requireClaims(ctx: Context, { claims }: Caller): string {
  const vkpId = textClaim(claims, VKP_ID)
  const amr = claims.client_amr
  const issues: Issue[] = []
  if (vkpId === undefined) issues.push(finding('vkp-id', `The access token has no ${VKP_ID}.`, VKP_ID))
  if (amr !== 'private_key_jwt') {
    const message = `The access token's client_amr is ${quote(amr)}; VKP takes private_key_jwt only.`
    issues.push(finding('vkp-client-amr', message, 'private_key_jwt', amr))
  }
  if (issues.length > 0) ctx.refuseUnlessRelaxed(new Rejection(400, issues))
  return vkpId ?? 'anonymous'
}

async function requireEntry(ctx: Context, orgnr: string, vkpId: string): Promise<RegisterEntry> {
  const entry = await ctx.world.state.vkpRegister.find(orgnr, vkpId)
  if (entry?.active) return entry
  ctx.refuseUnlessRelaxed(
    new Rejection(400, [entry ? inactive(entry) : await unregistered(ctx.world.state, orgnr, vkpId)]),
  )
  return entry ?? { orgnr, vkpId, active: true, serviceCodes: SERVICE_CODES }
}

function inactive({ orgnr, vkpId }: RegisterEntry): Issue {
  return finding('vkp-inactive', `The connection of ${vkpId} to ${orgnr} is switched off.`, true, false)
}

async function unregistered({ vkpRegister }: Pick<State, 'vkpRegister'>, orgnr: string, vkpId: string): Promise<Issue> {
  if (!/^\d{9}$/.test(orgnr)) {
    return finding(
      'vkp-organization',
      `${quote(orgnr)} in the path is not an organisation number.`,
      'nine digits',
      orgnr,
    )
  }
  const entries = await vkpRegister.list()
  const known = (field: 'orgnr' | 'vkpId') => [...new Set(entries.map((entry) => entry[field]))]
  if (!(await vkpRegister.knows(orgnr))) {
    const message = `VKP knows no municipality ${orgnr}; it knows ${known('orgnr').join(', ') || 'none'}.`
    return finding('vkp-organization', message, known('orgnr'), orgnr)
  }
  const message = `VKP's register does not let ${quote(vkpId)} call for ${orgnr}.`
  return finding(
    'vkp-not-allowed',
    message,
    entries.filter((entry) => entry.orgnr === orgnr).map((one) => one.vkpId),
    vkpId,
  )
}
