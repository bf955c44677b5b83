import type { IssueType, Rule, Source } from './rule.ts'

const VALIDATION = { page: 'HelseID, "Validering av access token"' } as const
const PROOF = { page: 'HelseID, "Formatering av DPoP-bevis"' } as const
const VALIDATOR = 'HelseID.Samples, Common/ApiDPoPValidation/DPoPProofValidator.cs'
const ASSERTION = 'HelseID, "Bruk av client assertion"'
const DUENDE = 'Duende IdentityServer, which HelseID appears to be'
const ORGANIZATION = 'HelseID, "Organisasjonsnumre"'
const NUMBERS = 'HelseID on Confluence, page 750616578, "Error number"'

type Row = { readonly title: string; readonly type: IssueType; readonly source: Source; readonly fix: string }

const documented = <R extends Row>(row: R) => ({ severity: 'error', certainty: 'documented', ...row }) as const
const observed = <R extends Row>(row: R) => ({ severity: 'error', certainty: 'observed', ...row }) as const
const assumed = <R extends Row>(row: R) => ({ severity: 'error', certainty: 'assumed', ...row }) as const

const ACCESS_TOKEN_RULES = {
  'token-missing': documented({
    title: 'The request has an access token',
    type: 'login',
    source: {
      page: 'JFT introduction',
      date: '2026-02-26',
      sentence: 'Only requests including DPoP-tokens are accepted',
      reasoning: 'The form of the 401 is RFC 9449, section 7.1; what JFT answers is not documented.',
    },
    fix: 'Get a token from HelseID and send it as Authorization: DPoP <token>, with a proof in the DPoP header.',
  }),
  'token-scheme': documented({
    title: 'The Authorization header has the scheme DPoP',
    type: 'login',
    source: {
      page: 'JFT introduction',
      date: '2026-02-26',
      sentence: 'Only requests including DPoP-tokens are accepted',
    },
    fix: 'Send Authorization: DPoP <token>, not Bearer. Most HTTP libraries write Bearer unless told otherwise.',
  }),
  'token-malformed': documented({
    title: 'The access token is a signed JWT',
    type: 'login',
    source: VALIDATION,
    fix: 'Send the value of access_token from the token answer, unchanged: three parts with dots between.',
  }),
  'token-signature': documented({
    title: 'HelseID signed the access token',
    type: 'login',
    source: VALIDATION,
    fix: 'Get the token from this simulator (/connect/token), not from the real HelseID, and get a new one after a reset.',
  }),
  'token-alg': documented({
    title: 'The access token is signed with the algorithm of the issuer’s key, never none',
    type: 'login',
    source: VALIDATION,
    fix: 'Send the token as HelseID made it.',
  }),
  'token-typ': documented({
    title: 'The access token has typ at+jwt or JWT',
    type: 'login',
    source: VALIDATION,
    fix: 'Send the access token, not an id_token, a client assertion or a proof.',
  }),
  'token-issuer': documented({
    title: 'The access token comes from HelseID of the same environment',
    type: 'login',
    source: VALIDATION,
    fix: 'Use the HelseID of the environment that the API belongs to: test with test, production with production.',
  }),
  'token-audience': documented({
    title: 'The access token is meant for this API',
    type: 'login',
    source: {
      ...VALIDATION,
      reasoning: 'That the short name is nhn:jft follows from the JFT page on HelseID (02.06.2026).',
    },
    fix: 'Ask HelseID for a scope of this API, nhn:jft/api for JFT; HelseID puts the API into aud by itself.',
  }),
  'token-expired': documented({
    title: 'The access token has not expired',
    type: 'expired',
    source: { ...VALIDATION, reasoning: 'The leeway of 5 seconds is that of NHN’s sample code.' },
    fix: 'Get a new token before expires_in has passed, and check the clock of the machine (or of the simulator).',
  }),
  'token-not-yet-valid': documented({
    title: 'The access token is valid already',
    type: 'login',
    source: VALIDATION,
    fix: 'Check the clock of the machine (or of the simulator).',
  }),
  'token-binding': documented({
    title: 'The access token is bound to a DPoP key',
    type: 'login',
    source: {
      page: 'RFC 9449, section 6',
      date: '2023-09-01',
      reasoning: 'NHN’s validator: Missing ‘cnf’ claim in access token.',
    },
    fix: 'Send a DPoP header to the token endpoint too; only then does HelseID bind the token to your key.',
  }),
  'token-scope': assumed({
    title: 'The access token has the scope of the API',
    type: 'forbidden',
    source: {
      page: 'JFT introduction',
      date: '2026-02-26',
      reasoning: 'The scope nhn:jft/api is documented, the status is not; EDI 2.0 says 403.',
    },
    fix: 'Ask HelseID for the scope, and give the client that scope in self-service.',
  }),
} as const satisfies Record<string, Rule>

const PROOF_RULES = {
  'dpop-missing': documented({
    title: 'The request has a DPoP proof',
    type: 'login',
    source: {
      page: 'JFT introduction',
      date: '2026-02-26',
      sentence: 'Only requests including DPoP-tokens are accepted',
    },
    fix: 'Send a new proof in the DPoP header of each request, to the token endpoint and to the API.',
  }),
  'dpop-multiple': documented({
    title: 'The request has one DPoP header only',
    type: 'login',
    source: { page: 'RFC 9449, section 4.3, check 1', date: '2023-09-01' },
    fix: 'Set the header, do not add to it: a retry must replace the proof of the first try.',
  }),
  'dpop-malformed': documented({
    title: 'The proof is a signed JWT',
    type: 'login',
    source: { page: 'RFC 9449, section 4.3, check 2', date: '2023-09-01' },
    fix: 'Send the compact form of the proof: three base64url parts with dots between, no prefix.',
  }),
  'dpop-typ': documented({
    title: 'The proof has typ dpop+jwt',
    type: 'login',
    source: PROOF,
    fix: 'Set the header member typ to dpop+jwt; libraries write JWT by default.',
  }),
  'dpop-alg': documented({
    title: 'The proof is signed with an asymmetric algorithm that HelseID takes',
    type: 'login',
    source: { ...PROOF, reasoning: 'The nine names stand in HelseID’s discovery document.' },
    fix: 'Sign with one of the algorithms of dpop_signing_alg_values_supported, for example ES256 or PS256.',
  }),
  'dpop-jwk': documented({
    title: 'The proof has its public key in the header',
    type: 'login',
    source: PROOF,
    fix: 'Put the public key into the header member jwk, as a JSON object (not as a string, not as a kid).',
  }),
  'dpop-private-key': documented({
    title: 'The proof does not give the private key away',
    type: 'login',
    source: { page: 'RFC 9449, section 4.3, check 7', date: '2023-09-01' },
    fix: 'Put only kty, crv, x, y (EC) or kty, n, e (RSA) into jwk, and make a new key.',
  }),
  'dpop-thumbprint': documented({
    title: 'The proof is signed with the key that the access token is bound to',
    type: 'login',
    source: { page: 'RFC 9449, section 4.3, check 12', date: '2023-09-01' },
    fix: 'Use one DPoP key for the token request and for the calls with that token; get a new token after changing the key.',
  }),
  'dpop-signature': documented({
    title: 'The signature of the proof fits its key',
    type: 'login',
    source: { page: 'RFC 9449, section 4.3, check 6', date: '2023-09-01' },
    fix: 'Sign with the private key of the jwk in the header; an ES256 signature is 64 bytes r|s, not DER.',
  }),
  'dpop-ath': documented({
    title: 'The proof names the access token that it goes with',
    type: 'login',
    source: PROOF,
    fix: 'Set ath to base64url(SHA-256(access token)), without padding, over the token’s ASCII text.',
  }),
  'dpop-jti': documented({
    title: 'The proof has an identifier',
    type: 'login',
    source: PROOF,
    fix: 'Set jti to a new UUID in each proof.',
  }),
  'dpop-htm': documented({
    title: 'The proof names the method of the request',
    type: 'login',
    source: PROOF,
    fix: 'Set htm to the method in upper case, for example POST.',
  }),
  'dpop-htu': documented({
    title: 'The proof names the URL of the request, without query and fragment',
    type: 'login',
    source: { ...PROOF, reasoning: `Compared as an exact string, as in ${VALIDATOR}.` },
    fix: 'Set htu to the URL that you call, without ? and what follows. HelseID.Library for .NET (1.1.3) refuses to make a proof for a URL with a query: strip it yourself, or search with POST /_search. Behind a proxy, use the URL that the client typed.',
  }),
  'dpop-iat': observed({
    title: 'The proof was made just now',
    type: 'expired',
    source: {
      page: VALIDATOR,
      reasoning: 'At an API: valid for 1 second, clocks may differ by 5. At the token endpoint 5 minutes are assumed.',
    },
    fix: 'Make a new proof for each request, with iat in whole seconds, and check the clock of the machine (or of the simulator).',
  }),
  'dpop-replay': documented({
    title: 'The proof was not used before',
    type: 'duplicate',
    source: {
      ...PROOF,
      sentence: 'HelseID will reject a request with a jti that has been seen before.',
      reasoning: `An API remembers a jti for 11 seconds, as ${VALIDATOR} does.`,
    },
    fix: 'Make a new proof, with a new jti, for each request and each retry.',
  }),
  'dpop-nonce': {
    ...documented({
      title: 'A proof for the token endpoint has a nonce that HelseID gave',
      type: 'login',
      source: {
        page: 'HelseID, "Feilmeldinger"',
        reasoning: 'That a nonce is good for 60 seconds is the default of Duende IdentityServer.',
      },
      fix: 'This is the usual first answer: send the request again with a new proof whose nonce is the DPoP-Nonce header of this answer.',
    }),
    severity: 'information',
  },
} as const satisfies Record<string, Rule>

const ASSERTION_RULES = {
  'token-request': documented({
    title: 'A token request is a form, sent with POST',
    type: 'invalid',
    source: { page: 'HelseID, "Feilmeldinger"', reasoning: 'invalid_request: wrong method or content type.' },
    fix: 'POST the parameters as application/x-www-form-urlencoded, each of them once.',
  }),
  'client-authentication': documented({
    title: 'The client authenticates with a client assertion',
    type: 'login',
    source: {
      page: ASSERTION,
      sentence: 'HelseID will not authenticate clients by means of any other authentication method',
    },
    fix: 'Send client_assertion and client_assertion_type=urn:ietf:params:oauth:client-assertion-type:jwt-bearer, and no client_secret.',
  }),
  'assertion-malformed': documented({
    title: 'The client assertion is a signed JWT',
    type: 'login',
    source: { page: 'RFC 7523, section 3', date: '2015-05-01' },
    fix: 'Send the compact form: three base64url parts with dots between.',
  }),
  'assertion-client': documented({
    title: 'The client assertion names the client in iss and sub, as client_id does',
    type: 'login',
    source: { page: ASSERTION },
    fix: 'Set iss, sub and client_id to the client id from self-service.',
  }),
  'client-unknown': documented({
    title: 'The client is registered',
    type: 'not-found',
    source: { page: 'HelseID, "Feilmeldinger"', reasoning: 'invalid_client: unknown client id.' },
    fix: 'Register the client with its public key (POST /_sim/clients, or the configuration file), or use a ready-made one. The client ids of the real HelseID are not known here.',
  }),
  'assertion-alg': observed({
    title: 'The client assertion is signed with an algorithm that HelseID takes',
    type: 'login',
    source: {
      page: 'HelseID.Library.Java, Algorithm',
      reasoning: 'The discovery document has the same names for request objects.',
    },
    fix: 'Sign with PS256, RS256 or ES256 (or their 384 and 512 forms).',
  }),
  'assertion-signature': documented({
    title: 'The client assertion is signed with a key of the client',
    type: 'login',
    source: {
      page: 'HelseID, "Feilmeldinger"',
      reasoning: 'invalid_client: client assertion signed with an invalid key.',
    },
    fix: 'Sign with the private key whose public half is registered for this client; kid does not matter.',
  }),
  'assertion-audience': observed({
    title: 'The client assertion is meant for HelseID',
    type: 'login',
    source: {
      page: DUENDE,
      reasoning:
        'With typ client-authentication+jwt aud is the issuer alone; with other types endpoints are taken too.',
    },
    fix: 'Set aud to the issuer from the discovery document, as one string.',
  }),
  'assertion-expired': documented({
    title: 'The client assertion has an exp, and has not expired',
    type: 'expired',
    source: { page: ASSERTION, reasoning: 'The leeway of 10 seconds is assumed.' },
    fix: 'Make a new assertion for each token request, and check the clock of the machine (or of the simulator).',
  }),
  'assertion-not-yet-valid': documented({
    title: 'The client assertion is valid already',
    type: 'login',
    source: { page: 'RFC 7523, section 3', date: '2015-05-01', reasoning: 'The leeway of 10 seconds is assumed.' },
    fix: 'Check the clock of the machine (or of the simulator).',
  }),
  'assertion-lifetime': {
    ...documented({
      title: 'The client assertion lives for 60 seconds at most',
      type: 'business-rule',
      source: {
        page: 'HelseID on Confluence, pages 541982723 and 154894358',
        sentence: 'Must be no more than 60 seconds in the future',
        reasoning: 'Whether HelseID refuses a longer one is not known; the simulator only warns.',
      },
      fix: 'Set exp to 60 seconds from now or less; NHN’s own libraries take 5 to 30.',
    }),
    severity: 'warning',
  },
  'assertion-jti': observed({
    title: 'The client assertion has an identifier',
    type: 'login',
    source: { page: DUENDE, reasoning: 'NHN’s libraries all send jti; Duende refuses an assertion without.' },
    fix: 'Set jti to a new UUID in each assertion.',
  }),
} as const satisfies Record<string, Rule>

const GRANT_RULES = {
  'grant-type': documented({
    title: 'The request names a grant type of HelseID’s',
    type: 'invalid',
    source: { page: 'HelseID, "Feilmeldinger"', reasoning: 'unsupported_grant_type: missing or invalid grant_type.' },
    fix: 'Send grant_type=client_credentials.',
  }),
  'grant-not-allowed': documented({
    title: 'The client may use the grant type',
    type: 'forbidden',
    source: {
      page: 'HelseID, "Feilmeldinger"',
      reasoning: 'unauthorized_client: grant type not allowed for the client.',
    },
    fix: 'Send grant_type=client_credentials. A token exchange needs a client that is registered for it; the simulator plays no other grant.',
  }),
  'subject-token': documented({
    title: 'A token exchange hands in an access token',
    type: 'invalid',
    source: {
      page: 'RFC 8693, sections 2.1 and 2.2.2',
      date: '2020-01-01',
      reasoning: 'HelseID.Samples sends the same parameters; which error HelseID answers is not documented.',
    },
    fix: 'Send the access token that you received as subject_token, with subject_token_type=urn:ietf:params:oauth:token-type:access_token.',
  }),
  'scope-not-allowed': documented({
    title: 'The client may ask for the scope',
    type: 'forbidden',
    source: {
      page: 'HelseID, "Feilmeldinger"',
      reasoning: 'invalid_scope: scope not allowed, or identity scopes without a user.',
    },
    fix: 'Ask for the scopes that the client is registered with; several are separated by a space. openid and profile need a user.',
  }),
  'resource-unknown': observed({
    title: 'resource names one API of the scopes',
    type: 'invalid',
    source: {
      page: DUENDE,
      reasoning: 'invalid_target for an unknown resource, or more than one at the token endpoint.',
    },
    fix: 'Leave resource out, or send the short name of one API, for example nhn:jft.',
  }),
  'organization-missing': {
    ...assumed({
      title: 'A multi-tenant client says which organisation it acts for',
      type: 'business-rule',
      source: {
        page: ORGANIZATION,
        reasoning:
          'Documented as a must; that HelseID then gives a token without orgnr_parent, and no error, is assumed.',
      },
      fix: 'Send assertion_details with the parent organisation in the client assertion; JFT refuses a token without orgnr_parent.',
    }),
    severity: 'warning',
  },
  'assertion-details-type': {
    ...observed({
      title: 'Every entry of assertion_details has a type that is known here',
      type: 'informational',
      source: {
        page: 'HelseID, "SFM-id" and "Organisasjonsnumre"',
        reasoning: 'What other types do to an M2M token is not known.',
      },
      fix: 'Use helseid_authorization for organisations; other entries were left out of the token.',
    }),
    severity: 'warning',
  },
  'hid-1001': documented({
    title: 'HID-1001: the client may act for the parent organisation',
    type: 'forbidden',
    source: { page: NUMBERS, reasoning: 'The error code and the place of the number in the answer are assumed.' },
    fix: 'Add the organisation to the client’s delegations; in the real Test a vendor delegates to itself in self-service.',
  }),
  'hid-1002': documented({
    title: 'HID-1002: the child organisation is on the client’s list',
    type: 'forbidden',
    source: { page: NUMBERS, reasoning: 'The error code and the place of the number in the answer are assumed.' },
    fix: 'Register the client with the child organisation, or leave it out.',
  }),
  'hid-1004': documented({
    title: 'HID-1004: an organisation number has nine digits',
    type: 'value',
    source: { page: NUMBERS, reasoning: 'The error code and the place of the number in the answer are assumed.' },
    fix: 'Send nine digits without spaces: NO:ORGNR:313231593 or NO:ORGNR:<parent>:<child>.',
  }),
  'hid-1005': documented({
    title: 'HID-1005: the client may name a parent organisation',
    type: 'forbidden',
    source: {
      page: NUMBERS,
      reasoning: 'That a single-tenant client gets this number, its own organisation included, is assumed.',
    },
    fix: 'A single-tenant client gets orgnr_parent from its registration: leave the structure out, or send a child only.',
  }),
  'hid-1006': documented({
    title: 'HID-1006: the client may name a child organisation',
    type: 'forbidden',
    source: { page: NUMBERS, reasoning: 'That this is the number of a client without any child units is assumed.' },
    fix: 'Register the client with its child organisations, or leave the structure out.',
  }),
  'hid-1007': documented({
    title: 'HID-1007: the organisation structure follows the specification',
    type: 'structure',
    source: { page: NUMBERS, reasoning: 'Which faults of the structure get this number is assumed.' },
    fix: 'Send the claim assertion_details as HelseID’s page on organisation numbers shows it, and not authorization_details beside it.',
  }),
} as const satisfies Record<string, Rule>

const SIMULATOR_RULES = {
  'client-registration': assumed({
    title: 'A client is registered with the fields of the control API',
    type: 'invalid',
    source: { page: 'README, "Configure a client"', reasoning: 'The simulator’s own API.' },
    fix: 'Correct the fields that the message names.',
  }),
  'client-private-key': assumed({
    title: 'A client is registered with public keys only',
    type: 'invalid',
    source: {
      page: 'RFC 7517, section 9.2',
      reasoning: 'The simulator’s own API; self-service takes public keys only, too.',
    },
    fix: 'Remove d, p, q, dp, dq and qi (RSA) or d (EC) from the key. The private key stays with you.',
  }),
  'helseid-not-played': assumed({
    title: 'The endpoint is one that the simulator plays',
    type: 'not-supported',
    source: { page: 'The simulator', reasoning: 'The discovery document names it because the real one does.' },
    fix: 'Use client_credentials at /connect/token. JFT is for machines: it has no user login.',
  }),
  'ttt-request': observed({
    title: 'A request to the test token service has fields that it knows, with values that it takes',
    type: 'invalid',
    source: {
      page: 'HelseID.Samples, TestTokenDemo and TestTokenTool',
      reasoning: 'The names come from there; that the real service refuses an unknown one is not known.',
    },
    fix: 'Correct the fields that the message names.',
  }),
  'ttt-not-played': {
    ...assumed({
      title: 'The field of the test token service is one that the simulator plays',
      type: 'not-supported',
      source: { page: 'The simulator', reasoning: 'No API that the simulator plays looks at what the field makes.' },
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
