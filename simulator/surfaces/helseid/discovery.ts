import { ALGORITHMS, CLAIM } from '../../rules/token/claims.ts'

const claim = (name: string) => `helseid://claims/${name}`

const CLAIMS = [
  'name',
  'family_name',
  'given_name',
  'middle_name',
  ...['assurance_level', 'pid', 'pid_pseudonym', 'security_level', 'network'].map((name) => claim(`identity/${name}`)),
  claim('hpr/hpr_number'),
  CLAIM.clientName,
  CLAIM.tenancy,
  CLAIM.parent,
  CLAIM.child,
  CLAIM.supplier,
  'client_amr',
]

const SCOPES = [
  'openid',
  'profile',
  'offline_access',
  'helseid://scopes/client/info',
  'helseid://scopes/client/client_name',
  ...['assurance_level', 'pid', 'pid_pseudonym', 'security_level', 'network'].map(
    (name) => `helseid://scopes/identity/${name}`,
  ),
  'nhn:tillitsrammeverk:parameters',
  'nhn:sfm:journal-id',
  'helseid://scopes/hpr/hpr_number',
]

/** The grants that HelseID announces; the simulator plays the second and the last. */
export const GRANT_TYPES = [
  'authorization_code',
  'client_credentials',
  'refresh_token',
  'implicit',
  'urn:ietf:params:oauth:grant-type:device_code',
  'urn:openid:params:grant-type:ciba',
  'urn:ietf:params:oauth:grant-type:token-exchange',
] as const

/** What the discovery document points at and the simulator does not play, by its path. */
export const NOT_PLAYED = {
  authorization_endpoint: '/connect/authorize',
  userinfo_endpoint: '/connect/userinfo',
  end_session_endpoint: '/connect/endsession',
  check_session_iframe: '/connect/checksession',
  revocation_endpoint: '/connect/revocation',
  introspection_endpoint: '/connect/introspect',
  device_authorization_endpoint: '/connect/deviceauthorization',
  backchannel_authentication_endpoint: '/connect/ciba',
  pushed_authorization_request_endpoint: '/connect/par',
  expired_jwks_uri: '/connect/expiredjwks',
  available_idps: '/connect/availableidps',
} as const

/** HelseID's discovery document (RFC 8414) with exactly the fields of the real one, below `issuer`. */
export function discoveryDocument(issuer: string): Record<string, unknown> {
  const at = (name: keyof typeof NOT_PLAYED) => issuer + NOT_PLAYED[name]
  return {
    issuer,
    jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
    authorization_endpoint: at('authorization_endpoint'),
    token_endpoint: `${issuer}/connect/token`,
    userinfo_endpoint: at('userinfo_endpoint'),
    end_session_endpoint: at('end_session_endpoint'),
    check_session_iframe: at('check_session_iframe'),
    revocation_endpoint: at('revocation_endpoint'),
    introspection_endpoint: at('introspection_endpoint'),
    device_authorization_endpoint: at('device_authorization_endpoint'),
    backchannel_authentication_endpoint: at('backchannel_authentication_endpoint'),
    pushed_authorization_request_endpoint: at('pushed_authorization_request_endpoint'),
    require_pushed_authorization_requests: false,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: true,
    backchannel_logout_supported: true,
    backchannel_logout_session_supported: true,
    ...SUPPORTED,
    expired_jwks_uri: at('expired_jwks_uri'),
    available_idps: at('available_idps'),
  }
}

const SUPPORTED = {
  claims_supported: CLAIMS,
  scopes_supported: SCOPES,
  grant_types_supported: GRANT_TYPES,
  response_types_supported: [
    'code',
    'token',
    'id_token',
    'id_token token',
    'code id_token',
    'code token',
    'code id_token token',
  ],
  response_modes_supported: ['form_post', 'query', 'fragment'],
  token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post', 'private_key_jwt'],
  id_token_signing_alg_values_supported: ['RS256'],
  subject_types_supported: ['public'],
  code_challenge_methods_supported: ['plain', 'S256'],
  request_parameter_supported: true,
  request_object_signing_alg_values_supported: [...ALGORITHMS, 'HS256', 'HS384', 'HS512'],
  prompt_values_supported: ['none', 'login', 'consent', 'select_account'],
  authorization_response_iss_parameter_supported: true,
  backchannel_token_delivery_modes_supported: ['poll'],
  backchannel_user_code_parameter_supported: true,
  dpop_signing_alg_values_supported: ALGORITHMS,
}
