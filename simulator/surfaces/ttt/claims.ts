import { hash } from '../../ground/hash.ts'
import type { Members } from '../../rules/finding.ts'
import { CLAIM } from '../../rules/token/claims.ts'
import type { ClientClaims, TestTokenRequest, UserClaims } from './request.ts'

/** What the claims of a test token depend on besides the request. */
export interface TestTokenUse {
  readonly issuer: string
  /** Seconds since the epoch. */
  readonly now: number
  readonly jti: string
  /** The session of the default person. */
  readonly sid: string
  /** The thumbprint to bind the token to, if any. */
  readonly jkt: string | undefined
}

const LIFETIME = 600
const DAY = 86_400
const identity = (name: string) => `helseid://claims/identity/${name}`

/** The claims of a test token. What the real service fills in by default is not documented: these are this project's. */
export function testClaims(request: TestTokenRequest, use: TestTokenUse): Members {
  const { audience, apiSpecificClaims = [], setInvalidIssuer, setInvalidAudience } = request
  const extra = apiSpecificClaims.map(({ type = '', value }) => [type, value])
  return {
    iss: setInvalidIssuer ? 'https://invalid-issuer.example' : use.issuer,
    ...timesOf(request, use.now),
    aud: setInvalidAudience ? 'invalid:audience' : audience,
    ...(use.jkt === undefined ? {} : { cnf: { jkt: use.jkt } }),
    ...clientPart(request),
    ...userPart(request, use),
    ...actorPart(request),
    jti: request.clientClaimsParameters?.jti ?? use.jti,
    ...Object.fromEntries(extra),
  }
}

function timesOf({ expirationParameters = {} }: TestTokenRequest, now: number) {
  const { setExpirationTimeAsExpired, expirationTimeInSeconds, expirationTimeInDays } = expirationParameters
  const given = (expirationTimeInSeconds ?? 0) + (expirationTimeInDays ?? 0) * DAY
  const issued = setExpirationTimeAsExpired ? now - 2 * LIFETIME : now
  return { nbf: issued, iat: issued, exp: setExpirationTimeAsExpired ? now - LIFETIME : now + (given || LIFETIME) }
}

/** Which claims a part gets: the defaults, and those that were given. */
function partsOf(generation: TestTokenRequest['clientClaimsParametersGeneration'], without: boolean | undefined) {
  const defaults = generation !== 'GenerateNone' && generation !== 'GenerateOnlyFromNonEmptyParameterValues'
  const given = generation !== 'GenerateNone' && generation !== 'GenerateOnlyDefault'
  return { defaults: defaults && !without, given }
}

function clientPart(request: TestTokenRequest): Members {
  const { defaults, given } = partsOf(request.clientClaimsParametersGeneration, request.withoutDefaultClientClaims)
  return { ...(defaults ? CLIENT : {}), ...(given ? clientClaims(request.clientClaimsParameters ?? {}) : {}) }
}

const CLIENT: Members = {
  client_id: 'acdc0123-acdc-0123-4567-0123456789ae',
  client_amr: 'private_key_jwt',
  [CLAIM.clientName]: 'Test token service',
  [CLAIM.keyType]: 'rsa_private_key',
}

function clientClaims(given: ClientClaims): Members {
  return defined({
    scope: given.scope,
    client_id: given.clientId,
    client_amr: given.clientAuthenticationMethodsReferences,
    amr: given.authenticationMethodsReferences,
    [CLAIM.parent]: given.orgnrParent,
    [CLAIM.child]: given.orgnrChild,
    [CLAIM.supplier]: given.orgnrSupplier,
    [CLAIM.clientName]: given.clientName,
    [CLAIM.tenancy]: tenancyOf(given),
    [CLAIM.journalId]: given.sfmJournalId,
  })
}

function tenancyOf({ clientTenancyType, clientTenancy, orgnrParent, orgnrSupplier }: ClientClaims): string | undefined {
  if (clientTenancyType !== undefined) return TENANCIES[clientTenancyType]
  if (!clientTenancy && orgnrParent === undefined) return undefined
  return orgnrSupplier === undefined ? 'single-tenant' : 'multi-tenant'
}

const TENANCIES = { MultiTenant: 'multi-tenant', SingleTenant: 'single-tenant', None: 'none' } as const

function userPart(request: TestTokenRequest, { now, sid }: TestTokenUse): Members {
  const { defaults, given } = partsOf(request.userClaimsParametersGeneration, request.withoutDefaultUserClaims)
  const { setSubject, userClaimsParameters: named } = request
  const person: Members = request.onlySetNameForPerson ? NAME : PERSON
  return {
    ...(defaults ? { ...person, auth_time: now, sid } : {}),
    ...(setSubject ? { sub: subjectOf(named?.pid) } : {}),
    ...(given ? userClaims(named ?? {}) : {}),
  }
}

/** Who is named by number has a subject of their own, the same each time. */
function subjectOf(pid: string | undefined): unknown {
  return pid === undefined ? PERSON.sub : `person-${hash(pid).toString(36)}`
}

const NAME = { name: 'NONFIGURATIV HESTESKO', given_name: 'NONFIGURATIV', family_name: 'HESTESKO' }

/** A synthetic person. */
const PERSON: Members = {
  ...NAME,
  sub: 'nonfigurativ-hestesko',
  idp: 'testidp-oidc',
  amr: ['pwd'],
  [identity('pid')]: '02850097219',
  [identity('security_level')]: '4',
  [identity('assurance_level')]: 'high',
}

function userClaims(given: UserClaims): Members {
  return defined({
    name: given.name,
    given_name: given.givenName,
    middle_name: given.middleName,
    family_name: given.familyName,
    sub: given.subject,
    sid: given.sid,
    idp: given.identityProvider,
    amr: given.amr === undefined ? undefined : [given.amr],
    [identity('pid')]: given.pid,
    [identity('pid_pseudonym')]: given.pidPseudonym,
    [identity('security_level')]: given.securityLevel,
    [identity('assurance_level')]: given.assuranceLevel,
    [identity('network')]: given.network,
    'helseid://claims/hpr/hpr_number': given.hprNumber,
  })
}

/** `act` names who exchanged the token (RFC 8693, section 4.1); its members here are an inference. */
function actorPart({ createTokenExchangeClaims, tokenExchangeParameters = {} }: TestTokenRequest): Members {
  if (!createTokenExchangeClaims) return {}
  const { issuer, clientId, orgnrParent } = tokenExchangeParameters
  return { act: defined({ iss: issuer, client_id: clientId, [CLAIM.parent]: orgnrParent }) }
}

function defined(claims: Members): Members {
  return Object.fromEntries(Object.entries(claims).filter(([, value]) => value !== undefined))
}
