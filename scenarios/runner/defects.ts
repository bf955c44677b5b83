import type { JwtEdit, ProofEdit } from '../pack/step.ts'

/** What can be wrong with a DPoP proof (RFC 9449, sections 4.2 and 4.3). */
export const PROOF_DEFECTS = {
  missing: { count: 0 },
  two: { count: 2 },
  malformed: { text: 'not.a.proof' },
  'wrong-typ': { header: { typ: 'JWT' } },
  'symmetric-alg': { header: { alg: 'HS256' } },
  'no-alg': { header: { alg: null } },
  'no-jwk': { header: { jwk: null } },
  'private-jwk': { privateJwk: true },
  'foreign-key': { key: 'foreign' },
  'bad-signature': { signature: 'broken' },
  'no-ath': { claims: { ath: null } },
  'wrong-ath': { claims: { ath: 'fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo' } },
  'no-jti': { claims: { jti: null } },
  'no-htm': { claims: { htm: null } },
  'wrong-htm': { claims: { htm: 'PATCH' } },
  'no-htu': { claims: { htu: null } },
  'wrong-htu': { claims: { htu: 'https://other.example/v1/Composition' } },
  'no-iat': { claims: { iat: null } },
  'old-iat': { claims: { iat: { seconds: -3_600 } } },
  'future-iat': { claims: { iat: { seconds: 3_600 } } },
  reused: { reuse: true },
  'no-nonce': { nonce: 'none' },
  'foreign-nonce': { claims: { nonce: 'a-nonce-of-somebody-else' } },
} as const satisfies Record<string, ProofEdit>

/** Changes to a token request: its client assertion, its form, its proof. */
export interface RequestDefect {
  readonly assertion?: JwtEdit
  readonly form?: Readonly<Record<string, string | null | readonly string[]>>
}

/** What can be wrong with a token request (RFC 6749, 7523, 8707 and HelseID's pages). */
export const REQUEST_DEFECTS = {
  'no-assertion': { form: { client_assertion: null } },
  'client-secret': { form: { client_assertion: null, client_assertion_type: null, client_secret: 'secret' } },
  'malformed-assertion': { assertion: { text: 'not-a-jwt' } },
  'unknown-client': { assertion: { claims: { iss: 'nobody', sub: 'nobody' } }, form: { client_id: 'nobody' } },
  'wrong-subject': { assertion: { claims: { iss: 'somebody-else' } } },
  'symmetric-alg': { assertion: { header: { alg: 'HS256' } } },
  'foreign-key': { assertion: { key: 'foreign' } },
  'bad-signature': { assertion: { signature: 'broken' } },
  'wrong-audience': { assertion: { claims: { aud: 'https://other.example' } } },
  'expired-assertion': {
    assertion: { claims: { iat: { seconds: -120 }, nbf: { seconds: -120 }, exp: { seconds: -60 } } },
  },
  'no-exp': { assertion: { claims: { exp: null } } },
  'early-assertion': { assertion: { claims: { nbf: { seconds: 60 }, exp: { seconds: 110 } } } },
  'long-lived-assertion': { assertion: { claims: { exp: { seconds: 600 } } } },
  'no-jti': { assertion: { claims: { jti: null } } },
  'no-grant-type': { form: { grant_type: null } },
  'unknown-grant-type': { form: { grant_type: 'password' } },
  'unknown-scope': { form: { scope: 'nhn:jft/nothing' } },
  'unknown-resource': { form: { resource: 'nhn:nothing' } },
  'two-scopes': { form: { scope: ['nhn:jft/api', 'nhn:jft/api'] } },
} as const satisfies Record<string, RequestDefect>

/** Members of a request to the test token service. */
type TestTokenRequest = Readonly<Record<string, unknown>>

/** What can be wrong with an access token: what HelseID’s test token service makes. */
export const TOKEN_DEFECTS = {
  expired: { expirationParameters: { setExpirationTimeAsExpired: true } },
  'wrong-issuer': { setInvalidIssuer: true },
  'wrong-audience': { setInvalidAudience: true },
  'foreign-key': { signJwtWithInvalidSigningKey: true },
  'wrong-typ': { headerParameters: { typ: 'id+jwt' } },
  'no-scope': { clientClaimsParameters: { scope: [] } },
  'wrong-scope': { clientClaimsParameters: { scope: ['nhn:other/api'] } },
  'no-municipality': { clientClaimsParameters: { orgnrParent: '' } },
  unbound: { unbound: true },
  'bound-to-another-key': { dPoPProofParameters: { invalidDPoPProofParameters: 'SetAnInvalidJktValueInToken' } },
} as const satisfies Record<string, TestTokenRequest>

/** Names of defects, for a message that lists them. */
export const DEFECTS = { proof: PROOF_DEFECTS, request: REQUEST_DEFECTS, token: TOKEN_DEFECTS } as const
