import { z } from 'zod'
import { fields, option, unknownFields } from './fields.ts'

const text = z.string()
const flag = z.boolean()
const texts = z.array(z.string())

const GENERATIONS = [
  'GenerateNone',
  'GenerateOnlyDefault',
  'GenerateOnlyFromNonEmptyParameterValues',
  'GenerateDefaultWithClaimsFromNonEmptyParameterValues',
] as const

/** What may be wrong with a proof, in the order of the service's numbers. */
export const PROOF_DEFECTS = [
  'None',
  'DontSetHtuClaimValue',
  'DontSetHtmClaimValue',
  'SetIatValueInThePast',
  'SetIatValueInTheFuture',
  'DontSetAthClaimValue',
  'DontSetAlgHeader',
  'DontSetJwkHeader',
  'DontSetJtiClaim',
  'SetAlgHeaderToASymmetricAlgorithm',
  'SetPrivateKeyInJwkHeader',
  'SetInvalidTypHeaderValue',
  'SetAnInvalidSignature',
  'SetAnInvalidJktValueInToken',
] as const

export type ProofDefect = (typeof PROOF_DEFECTS)[number]

const members = z.record(z.string(), z.unknown())

/** A key as JSON in a string, or as the object itself. */
const jwk = z.preprocess((value) => (typeof value === 'string' ? parsed(value) : value), members)

const clientClaims = fields({
  scope: texts,
  clientId: text,
  sfmJournalId: text,
  orgnrParent: text,
  orgnrChild: text,
  orgnrSupplier: text,
  clientTenancy: flag,
  clientTenancyType: option(['MultiTenant', 'SingleTenant', 'None']),
  authenticationMethodsReferences: texts,
  clientAuthenticationMethodsReferences: text,
  clientName: text,
  jti: text,
  cnfJkt: text,
  cnfPublicKey: jwk,
})

const userClaims = fields({
  pid: text,
  pidPseudonym: text,
  hprNumber: text,
  name: text,
  givenName: text,
  middleName: text,
  familyName: text,
  identityProvider: text,
  securityLevel: text,
  assuranceLevel: text,
  network: text,
  amr: text,
  subject: text,
  sid: text,
})

const proof = fields({
  htuClaimValue: text,
  htmClaimValue: text,
  privateKeyForProofCreation: jwk,
  invalidDPoPProofParameters: option(PROOF_DEFECTS),
})

const request = fields({
  audience: text,
  clientClaimsParametersGeneration: option(GENERATIONS),
  userClaimsParametersGeneration: option(GENERATIONS),
  withoutDefaultClientClaims: flag,
  withoutDefaultUserClaims: flag,
  issuerEnvironment: option(['Test', 'IntTest', 'Development']),
  createDPoPTokenWithDPoPProof: flag,
  createTillitsrammeverkClaims: flag,
  signJwtWithInvalidSigningKey: flag,
  setInvalidIssuer: flag,
  setInvalidAudience: flag,
  getPersonFromPersontjenesten: flag,
  onlySetNameForPerson: flag,
  getHprNumberFromHprregisteret: flag,
  setPidPseudonym: flag,
  setSubject: flag,
  expirationParameters: fields({
    setExpirationTimeAsExpired: flag,
    expirationTimeInSeconds: z.int().min(0),
    expirationTimeInDays: z.int().min(0),
  }),
  headerParameters: fields({ typ: text }),
  clientClaimsParameters: clientClaims,
  userClaimsParameters: userClaims,
  tillitsrammeverkClaimsParameters: members,
  dPoPProofParameters: proof,
  apiSpecificClaims: z.array(fields({ type: text, value: z.unknown() })),
  createTokenExchangeClaims: flag,
  tokenExchangeParameters: fields({ issuer: text, clientId: text, orgnrParent: text }),
})

/** A request to the test token service; `audience` is there, everything else may be absent. */
export type TestTokenRequest = z.output<typeof testTokenRequest>
export type UserClaims = z.output<typeof userClaims>
export type ClientClaims = z.output<typeof clientClaims>

/** The fields of a request that nobody here knows, a sentence for each. */
export function unknownIn(value: unknown): string[] {
  return unknownFields(request, value)
}

/** Reads a request: names in any case, choices by name or number, unknown names passed over. */
export const testTokenRequest = request.transform((value, ctx) => {
  const { audience } = value
  if (audience !== undefined) return { ...value, audience }
  ctx.addIssue({ code: 'custom', path: ['audience'], message: 'is required, for example "nhn:jft"' })
  return z.NEVER
})

function parsed(value: string): unknown {
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
