import type { IssueType, Rule, Source, Sources } from './rule.ts'
import { assumed, documented, forServices, observed, quoted } from './source.ts'

const VALIDATOR = 'Common/ApiDPoPValidation/DPoPProofValidator.cs'

type Row = { readonly title: string; readonly type: IssueType; readonly sources: Sources; readonly fix: string }

const rule = <R extends Row>(row: R) => ({ severity: 'error', ...row }) as const
const EXCHANGED = assumed({
  document: 'rfc-8693',
  section: 'section 2.1',
  reasoning: 'That HelseID judges a token to be exchanged as it tells APIs to is assumed.',
})
/** What HelseID asks of every API that takes its tokens. */
const everyApi = (source: Source): Sources => ({ ...forServices(['jft', 'pit', 'vkp'], source), helseid: EXCHANGED })
/** What a DPoP proof must be, at the token endpoint and at an API. */
const everyProof = (source: Source) => forServices(['jft', 'pit', 'helseid'], source)

const ACCESS_TOKEN_RULES = {
  'token-missing': rule({
    title: 'Missing access token',
    type: 'login',
    sources: {
      jft: quoted('jft-dpop-only', 'The form of the 401 is RFC 9449, section 7.1; what JFT answers is not documented.'),
      pit: quoted('pit-authenticated'),
    },
    fix: 'Get a token from HelseID and send it as Authorization: DPoP <token>, with a proof in the DPoP header.',
  }),
  'token-scheme': rule({
    title: 'Authorization header without the scheme DPoP',
    type: 'login',
    sources: { jft: quoted('jft-dpop-scheme'), pit: quoted('pit-scheme') },
    fix: 'Send Authorization: DPoP <token>, not Bearer. Most HTTP libraries write Bearer unless told otherwise.',
  }),
  'token-malformed': rule({
    title: 'Access token that is not a signed JWT',
    type: 'login',
    sources: everyApi(documented({ document: 'helseid-access-token' })),
    fix: 'Send the value of access_token from the token answer, unchanged: three parts with dots between.',
  }),
  'token-signature': rule({
    title: 'Access token not signed by HelseID',
    type: 'login',
    sources: everyApi(quoted('helseid-api-signature')),
    fix: 'Get the token from this simulator (/connect/token), not from the real HelseID, and get a new one after a reset.',
  }),
  'token-alg': rule({
    title: 'Access token signed with the wrong algorithm, or with none',
    type: 'login',
    sources: everyApi(documented({ document: 'helseid-access-token' })),
    fix: 'Send the token as HelseID made it.',
  }),
  'token-typ': rule({
    title: 'Access token with another typ than at+jwt or JWT',
    type: 'login',
    sources: everyApi(quoted('helseid-api-typ')),
    fix: 'Send the access token, not an id_token, a client assertion or a proof.',
  }),
  'token-issuer': rule({
    title: 'Access token from another HelseID environment',
    type: 'login',
    sources: everyApi(quoted('helseid-api-issuer')),
    fix: 'Use the HelseID of the environment that the API belongs to: test with test, production with production.',
  }),
  'token-audience': rule({
    title: 'Access token for another API',
    type: 'login',
    sources: {
      ...everyApi(quoted('helseid-api-audience-other')),
      jft: quoted('helseid-api-audience-other', 'That the short name is nhn:jft follows from the JFT page on HelseID.'),
      pit: quoted('helseid-api-audience-other', 'That the short name is nhn:pit follows from the PIT page on HelseID.'),
    },
    fix: 'Ask HelseID for a scope of this API, nhn:jft/api for JFT; HelseID adds the API to aud automatically.',
  }),
  'token-expired': rule({
    title: 'Expired access token',
    type: 'expired',
    sources: everyApi(quoted('helseid-api-expired', 'The leeway of 5 seconds is that of NHN’s sample code.')),
    fix: 'Get a new token before expires_in has passed, and check the clock of the machine (or of the simulator).',
  }),
  'token-not-yet-valid': rule({
    title: 'Access token not valid yet',
    type: 'login',
    sources: everyApi(quoted('helseid-api-not-yet-valid')),
    fix: 'Check the clock of the machine (or of the simulator).',
  }),
  'token-binding': rule({
    title: 'Access token without a DPoP key',
    type: 'login',
    sources: forServices(
      ['jft', 'pit'],
      documented({
        document: 'rfc-9449',
        section: 'section 6',
        reasoning: 'NHN’s validator: Missing ‘cnf’ claim in access token.',
      }),
    ),
    fix: 'Send a DPoP header to the token endpoint too; only then does HelseID bind the token to your key.',
  }),
  'token-scope': rule({
    title: 'Access token without the scope of the API',
    type: 'forbidden',
    sources: {
      jft: assumed({
        document: 'jft-introduction',
        section: 'Authentication with HelseID',
        reasoning: 'The scope nhn:jft/api is documented, the status is not; EDI 2.0 says 403.',
      }),
      pit: quoted('pit-scope-write', 'The status is not said; EDI 2.0 says 403.'),
    },
    fix: 'Ask HelseID for the scope, and give the client that scope in self-service.',
  }),
} as const satisfies Record<string, Rule>

const PROOF_RULES = {
  'dpop-missing': rule({
    title: 'Missing DPoP proof',
    type: 'login',
    sources: {
      jft: quoted('jft-dpop-proof'),
      pit: quoted('pit-proof'),
      helseid: quoted('dpop-token-request'),
    },
    fix: 'Send a new proof in the DPoP header of each request, to the token endpoint and to the API.',
  }),
  'dpop-multiple': rule({
    title: 'More than one DPoP header',
    type: 'login',
    sources: everyProof(quoted('dpop-one-header')),
    fix: 'Set the header, do not add to it: a retry must replace the proof of the first try.',
  }),
  'dpop-malformed': rule({
    title: 'DPoP proof that is not a signed JWT',
    type: 'login',
    sources: everyProof(documented({ document: 'rfc-9449', section: 'section 4.3, check 2' })),
    fix: 'Send the compact form of the proof: three base64url parts with dots between, no prefix.',
  }),
  'dpop-typ': rule({
    title: 'DPoP proof with another typ than dpop+jwt',
    type: 'login',
    sources: everyProof(quoted('dpop-typ')),
    fix: 'Set the header member typ to dpop+jwt; libraries write JWT by default.',
  }),
  'dpop-alg': rule({
    title: 'DPoP proof signed with an algorithm that HelseID does not take',
    type: 'login',
    sources: everyProof(
      documented({
        document: 'helseid-dpop-proof',
        reasoning: 'The nine names stand in HelseID’s discovery document.',
      }),
    ),
    fix: 'Sign with one of the algorithms of dpop_signing_alg_values_supported, for example ES256 or PS256.',
  }),
  'dpop-jwk': rule({
    title: 'DPoP proof without a public key in its header',
    type: 'login',
    sources: everyProof(documented({ document: 'helseid-dpop-proof' })),
    fix: 'Put the public key into the header member jwk, as a JSON object (not as a string, not as a kid).',
  }),
  'dpop-private-key': rule({
    title: 'DPoP proof that gives the private key away',
    type: 'login',
    sources: everyProof(quoted('dpop-private-key')),
    fix: 'Put only kty, crv, x, y (EC) or kty, n, e (RSA) into jwk, and make a new key.',
  }),
  'dpop-thumbprint': rule({
    title: 'DPoP proof signed with another key than that of the access token',
    type: 'login',
    sources: forServices(['jft', 'pit'], quoted('dpop-bound-key')),
    fix: 'Use one DPoP key for the token request and for the calls with that token; get a new token after changing the key.',
  }),
  'dpop-signature': rule({
    title: 'Wrong signature on the DPoP proof',
    type: 'login',
    sources: everyProof(quoted('dpop-signature')),
    fix: 'Sign with the private key of the jwk in the header; an ES256 signature is 64 bytes r|s, not DER.',
  }),
  'dpop-ath': rule({
    title: 'DPoP proof for another access token',
    type: 'login',
    sources: forServices(['jft', 'pit'], quoted('helseid-proof-ath')),
    fix: 'Set ath to base64url(SHA-256(access token)), without padding, over the token’s ASCII text.',
  }),
  'dpop-jti': rule({
    title: 'DPoP proof without an identifier',
    type: 'login',
    sources: everyProof(quoted('helseid-proof-claims')),
    fix: 'Set jti to a new UUID in each proof.',
  }),
  'dpop-htm': rule({
    title: 'DPoP proof for another method',
    type: 'login',
    sources: everyProof(quoted('dpop-htm')),
    fix: 'Set htm to the method in upper case, for example POST.',
  }),
  'dpop-htu': rule({
    title: 'DPoP proof for another URL',
    type: 'login',
    sources: everyProof(
      quoted(
        ['dpop-htu', 'dpop-htu-query'],
        `Compared as an exact string, as in ${VALIDATOR}; Duende's handler for APIs ignores case and query, and which of them JFT uses is assumed.`,
      ),
    ),
    fix: 'Set htu to the URL that you call, without ? and what follows. HelseID.Library for .NET (1.1.3) refuses to make a proof for a URL with a query: strip it yourself, or search with POST /_search. Behind a proxy, use the URL that the client typed.',
  }),
  'dpop-iat': rule({
    title: 'DPoP proof too old, or from the future',
    type: 'expired',
    sources: {
      ...forServices(
        ['jft', 'pit'],
        observed({
          document: 'helseid-samples',
          section: VALIDATOR,
          reasoning:
            'Valid for 1 second, clocks may differ by 5; iat is a whole number, and an exp is not looked at. NAV takes 10 seconds in production, so other windows are in use.',
        }),
      ),
      helseid: assumed({
        document: 'duende',
        reasoning: 'Clocks may differ by 5 minutes, as by default there; what HelseID allows is not documented.',
      }),
    },
    fix: 'Make a new proof for each request, with iat in whole seconds, and check the clock of the machine (or of the simulator).',
  }),
  'dpop-replay': rule({
    title: 'DPoP proof used twice',
    type: 'duplicate',
    sources: {
      helseid: quoted('helseid-proof-replay'),
      ...forServices(
        ['jft', 'pit'],
        observed({
          document: 'helseid-samples',
          section: VALIDATOR,
          reasoning: 'Remembers a jti for 11 seconds; RFC 9449, section 11.1, allows it.',
        }),
      ),
    },
    fix: 'Make a new proof, with a new jti, for each request and each retry.',
  }),
  'dpop-nonce': {
    ...rule({
      title: 'DPoP proof without a nonce that HelseID gave',
      type: 'login',
      sources: {
        helseid: documented({
          document: 'helseid-errors',
          section: 'use_dpop_nonce',
          reasoning: 'That a nonce is good for 60 seconds is the default of Duende IdentityServer.',
        }),
      },
      fix: 'This is the usual first answer: send the request again with a new proof whose nonce is the DPoP-Nonce header of this answer.',
    }),
    severity: 'information',
  },
} as const satisfies Record<string, Rule>

const ASSERTION_RULES = {
  'token-request': rule({
    title: 'Token request that is not a form sent with POST',
    type: 'invalid',
    sources: {
      helseid: documented({
        document: 'helseid-errors',
        section: 'invalid_request',
        reasoning: 'Wrong method or content type.',
      }),
    },
    fix: 'POST the parameters as application/x-www-form-urlencoded, each of them once.',
  }),
  'client-authentication': rule({
    title: 'Client without a client assertion',
    type: 'login',
    sources: { helseid: quoted('helseid-client-secret') },
    fix: 'Send client_assertion and client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer, and no client_secret.',
  }),
  'assertion-malformed': rule({
    title: 'Client assertion that is not a signed JWT',
    type: 'login',
    sources: { helseid: documented({ document: 'rfc-7523', section: 'section 3' }) },
    fix: 'Send the compact form: three base64url parts with dots between.',
  }),
  'assertion-client': rule({
    title: 'Client assertion with another client in iss or sub',
    type: 'login',
    sources: { helseid: documented({ document: 'helseid-client-assertion' }) },
    fix: 'Set iss, sub and client_id to the client id from self-service.',
  }),
  'client-unknown': rule({
    title: 'Unknown client',
    type: 'not-found',
    sources: { helseid: quoted('helseid-error-client-id') },
    fix: 'Register the client with its public key (POST /_sim/clients, or the configuration file), or use a ready-made one. The client ids of the real HelseID are not known here.',
  }),
  'assertion-alg': rule({
    title: 'Client assertion signed with an algorithm that HelseID does not take',
    type: 'login',
    sources: {
      helseid: observed({
        document: 'helseid-library-java',
        section: 'Algorithm',
        reasoning: 'The discovery document has the same names for request objects.',
      }),
    },
    fix: 'Sign with PS256, RS256 or ES256 (or their 384 and 512 forms).',
  }),
  'assertion-signature': rule({
    title: 'Client assertion signed with another key than the client’s',
    type: 'login',
    sources: { helseid: quoted('helseid-error-client-key') },
    fix: 'Sign with the private key whose public half is registered for this client; kid does not matter.',
  }),
  'assertion-audience': rule({
    title: 'Client assertion for another audience than HelseID',
    type: 'login',
    sources: {
      helseid: observed({
        document: 'duende',
        reasoning:
          'With typ client-authentication+jwt aud is the issuer alone; with other types endpoints are taken too.',
      }),
    },
    fix: 'Set aud to the issuer from the discovery document, as one string.',
  }),
  'assertion-expired': rule({
    title: 'Client assertion expired, or without exp',
    type: 'expired',
    sources: {
      helseid: documented({ document: 'helseid-client-assertion', reasoning: 'The leeway of 10 seconds is assumed.' }),
    },
    fix: 'Make a new assertion for each token request, and check the clock of the machine (or of the simulator).',
  }),
  'assertion-not-yet-valid': rule({
    title: 'Client assertion not valid yet',
    type: 'login',
    sources: {
      helseid: documented({
        document: 'rfc-7523',
        section: 'section 3',
        reasoning: 'The leeway of 10 seconds is assumed.',
      }),
    },
    fix: 'Check the clock of the machine (or of the simulator).',
  }),
  'assertion-lifetime': {
    ...rule({
      title: 'Client assertion that lives longer than 60 seconds',
      type: 'business-rule',
      sources: {
        helseid: quoted(
          'helseid-assertion-lifetime',
          'Whether HelseID refuses a longer one is not known; the simulator only warns.',
        ),
      },
      fix: 'Set exp to 60 seconds from now or less; NHN’s own libraries take 5 to 30.',
    }),
    severity: 'warning',
  },
  'assertion-reused': {
    ...rule({
      title: 'Client assertion used twice',
      type: 'duplicate',
      sources: {
        helseid: observed({
          document: 'duende-foss-323',
          reasoning:
            'HelseID has announced that it will require a new assertion per request; RFC 7523, section 3, allows it. When is not known: setting assertionReuse.',
        }),
      },
      fix: 'Make a new client assertion, with a new jti, for each token request: also for the second one, with the nonce.',
    }),
    severity: 'warning',
  },
  'assertion-jti': rule({
    title: 'Client assertion without an identifier',
    type: 'login',
    sources: {
      helseid: observed({
        document: 'duende',
        reasoning: 'NHN’s libraries all send jti; Duende refuses an assertion without.',
      }),
    },
    fix: 'Set jti to a new UUID in each assertion.',
  }),
} as const satisfies Record<string, Rule>

const GRANT_RULES = {
  'grant-type': rule({
    title: 'Missing or unknown grant type',
    type: 'invalid',
    sources: { helseid: quoted('helseid-error-grant-type') },
    fix: 'Send grant_type=client_credentials.',
  }),
  'grant-not-allowed': rule({
    title: 'Grant type not allowed for the client',
    type: 'forbidden',
    sources: { helseid: quoted('helseid-error-grant-not-allowed') },
    fix: 'Send grant_type=client_credentials. A token exchange needs a client that is registered for it; the simulator plays no other grant.',
  }),
  'subject-token': rule({
    title: 'Token exchange without an access token to exchange',
    type: 'invalid',
    sources: {
      helseid: documented({
        document: 'rfc-8693',
        section: 'sections 2.1 and 2.2.2',
        reasoning: 'HelseID.Samples sends the same parameters; which error HelseID answers is not documented.',
      }),
    },
    fix: 'Send the access token that you received as subject_token, with subject_token_type=urn:ietf:params:oauth:token-type:access_token.',
  }),
  'scope-not-allowed': rule({
    title: 'Scope not allowed for the client',
    type: 'forbidden',
    sources: { helseid: quoted('helseid-error-scope', 'Identity scopes without a user, too.') },
    fix: 'Ask for the scopes that the client is registered with; several are separated by a space. openid and profile need a user.',
  }),
  'resource-unknown': rule({
    title: 'resource that names no API of the scopes',
    type: 'invalid',
    sources: {
      helseid: observed({
        document: 'duende',
        reasoning: 'invalid_target for an unknown resource, or more than one at the token endpoint.',
      }),
    },
    fix: 'Leave resource out, or send the short name of one API, for example nhn:jft.',
  }),
  'organization-missing': {
    ...rule({
      title: 'Multi-tenant client without an organisation',
      type: 'business-rule',
      sources: {
        helseid: assumed({
          document: 'helseid-organizations',
          reasoning:
            'Documented as a must; that HelseID then gives a token without orgnr_parent, and no error, is assumed.',
        }),
      },
      fix: 'Send assertion_details with the parent organisation in the client assertion; JFT refuses a token without orgnr_parent.',
    }),
    severity: 'warning',
  },
  'assertion-details-type': {
    ...rule({
      title: 'Entry of unknown type in assertion_details',
      type: 'informational',
      sources: {
        helseid: observed({
          document: 'helseid-sfm-id',
          reasoning:
            'Has another type besides that of organisations. What other types do to an M2M token is not known.',
        }),
      },
      fix: 'Use helseid_authorization for organisations; other entries were left out of the token.',
    }),
    severity: 'warning',
  },
  'hid-1001': rule({
    title: 'HID-1001: parent organisation not allowed for the client',
    type: 'forbidden',
    sources: {
      helseid: quoted('helseid-hid-1001', 'The error code and the place of the number in the answer are assumed.'),
    },
    fix: 'Add the organisation to the client’s delegations; in the real Test a vendor delegates to itself in self-service.',
  }),
  'hid-1002': rule({
    title: 'HID-1002: child organisation not on the client’s list',
    type: 'forbidden',
    sources: {
      helseid: documented({
        document: 'helseid-error-numbers',
        reasoning: 'The error code and the place of the number in the answer are assumed.',
      }),
    },
    fix: 'Register the client with the child organisation, or leave it out.',
  }),
  'hid-1004': rule({
    title: 'HID-1004: organisation number without nine digits',
    type: 'value',
    sources: {
      helseid: quoted('helseid-hid-1004', 'The error code and the place of the number in the answer are assumed.'),
    },
    fix: 'Send nine digits without spaces: NO:ORGNR:313231593 or NO:ORGNR:<parent>:<child>.',
  }),
  'hid-1005': rule({
    title: 'HID-1005: parent organisation from a client that cannot name one',
    type: 'forbidden',
    sources: {
      helseid: documented({
        document: 'helseid-error-numbers',
        reasoning: 'That a single-tenant client gets this number, its own organisation included, is assumed.',
      }),
    },
    fix: 'A single-tenant client gets orgnr_parent from its registration: leave the structure out, or send a child only.',
  }),
  'hid-1006': rule({
    title: 'HID-1006: child organisation from a client that cannot name one',
    type: 'forbidden',
    sources: {
      helseid: documented({
        document: 'helseid-error-numbers',
        reasoning: 'That this is the number of a client without any child units is assumed.',
      }),
    },
    fix: 'Register the client with its child organisations, or leave the structure out.',
  }),
  'organization-structure': rule({
    title: 'Child organisation without its parent',
    type: 'structure',
    sources: {
      helseid: observed({
        document: 'forer-legeerklaering',
        reasoning:
          'HelseID in Test answers invalid_request, and that the client is set up for multi-tenancy, but is passing a single tenant organization structure.',
      }),
    },
    fix: 'Send the identifier with system urn:oid:1.0.6523 and value NO:ORGNR:<parent>:<child>, or register the client as single-tenant.',
  }),
  'hid-1007': rule({
    title: 'HID-1007: organisation structure not as specified',
    type: 'structure',
    sources: {
      helseid: documented({
        document: 'helseid-error-numbers',
        reasoning: 'Which faults of the structure get this number is assumed.',
      }),
    },
    fix: 'Send the claim assertion_details as HelseID’s page on organisation numbers shows it, and not authorization_details too.',
  }),
} as const satisfies Record<string, Rule>

const SIMULATOR_RULES = {
  'client-registration': rule({
    title: 'Wrong fields in the registration of a client',
    type: 'invalid',
    sources: {
      simulator: assumed({
        document: 'documentation',
        section: 'Configure a client',
        reasoning: 'The simulator’s own API.',
      }),
    },
    fix: 'Correct the fields that the message names.',
  }),
  'client-private-key': rule({
    title: 'Private key in the registration of a client',
    type: 'invalid',
    sources: {
      simulator: assumed({
        document: 'rfc-7517',
        section: 'section 9.2',
        reasoning: 'The simulator’s own API; self-service takes public keys only, too.',
      }),
    },
    fix: 'Remove d, p, q, dp, dq and qi (RSA) or d (EC) from the key. The private key stays with you.',
  }),
  'helseid-not-played': rule({
    title: 'Endpoint of HelseID that is not simulated',
    type: 'not-supported',
    sources: { helseid: assumed({ reasoning: 'The discovery document names it because the real one does.' }) },
    fix: 'Use client_credentials at /connect/token. JFT is for machines: it has no user login.',
  }),
  'ttt-request': rule({
    title: 'Wrong field or value in a request to the test token service',
    type: 'invalid',
    sources: {
      helseid: observed({
        document: 'helseid-samples',
        section: 'TestTokenDemo and TestTokenTool',
        reasoning: 'The names and their types come from there.',
      }),
    },
    fix: 'Correct the fields that the message names.',
  }),
  'ttt-unknown-field': {
    ...rule({
      title: 'Unknown field in a request to the test token service',
      type: 'informational',
      sources: {
        helseid: observed({
          document: 'hdir-ttt-request',
          reasoning:
            'A request that is published as a working example has a field client_id; ASP.NET passes over what it does not know.',
        }),
      },
      fix: 'Look for a slip in the name; otherwise leave the field out: it changed nothing.',
    }),
    severity: 'warning',
  },
  'ttt-not-played': {
    ...rule({
      title: 'Field of the test token service that is not simulated',
      type: 'not-supported',
      sources: { helseid: assumed({ reasoning: 'No API that the simulator plays looks at what the field makes.' }) },
      fix: 'Leave the field out; it changed nothing.',
    }),
    severity: 'warning',
  },
} as const satisfies Record<string, Rule>

/** Access tokens, DPoP proofs and client assertions. */
export const TOKEN_RULES = {
  ...ACCESS_TOKEN_RULES,
  ...PROOF_RULES,
  ...ASSERTION_RULES,
  ...GRANT_RULES,
  ...SIMULATOR_RULES,
} as const satisfies Record<string, Rule>
