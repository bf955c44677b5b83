import {
  ACCESS_TOKEN,
  acknowledging,
  asserting,
  CHILD,
  calling,
  client,
  control,
  controlling,
  credentialsFor,
  DEEP,
  defect,
  details,
  EXCHANGE,
  extension,
  helseid,
  identityNumber,
  injecting,
  jft,
  NOT_UTF_8,
  NOTE,
  NOW,
  nextPage,
  ORGANIZATION,
  organization,
  PARENT,
  PERSON,
  PROXIED,
  type Provocation,
  patient,
  READ,
  r4,
  reading,
  register,
  SDK_6,
  SDK_6_STRICT,
  search,
  send,
  spoilt,
  submission,
  submitted,
  TEXT,
  testToken,
  throughVkp,
  toClassic,
  token,
  toVkp,
  ttt,
  typed,
  unreachable,
  vkpSearch,
  WRITE,
  withFault,
} from './provoke.fixture.ts'
import type { RuleId } from './rules/catalogue.ts'
import { realIdentityNumber } from './rules/identifiers.fixture.ts'
import { syntheticIdentityNumber } from './state/memory/population/identity-number.ts'
import { StoreLost } from './state/store-lost.ts'
import { BASE, fetchToken, MUNICIPALITY, newKey, VENDOR } from './surfaces/helseid/helseid.fixture.ts'

/** A single-tenant client with those child units names another. */
const namingAChild = (children: readonly string[]): Provocation => ({
  act: async (simulator) => {
    const own = { ...(await newKey()), clientId: 'own' }
    const { publicJwk } = own
    const body = { ...client, tenancy: 'single-tenant', children, publicKeys: [publicJwk] }
    await control(simulator, 'POST', '/clients', body)
    const identifier = { system: CHILD, type: 'ENH', value: '994598759' }
    const entry = { type: 'helseid_authorization', practitioner_role: { organization: { identifier } } }
    return fetchToken(simulator, own, own, { assertion_details: entry })
  },
})

/** A synthetic number that no person of the EHR has. */
const NOBODY = syntheticIdentityNumber({ date: '1961-09-09', gender: 'female', series: 80 })

/** For every rule, a request in which it finds something: alone, as far as it can be alone. */
export const PROVOCATIONS: Readonly<Record<RuleId, Provocation>> = {
  'http-host': calling('http://evil.example/'),
  'http-request': {
    act: ({ refuseUnread }) =>
      refuseUnread({ status: 400, message: 'This is not a request of HTTP/1.1.', received: '' }),
  },
  'http-path': calling(`${BASE}/read/v2`),
  'http-path-form': { act: (simulator) => jft(simulator, '/read/v1/composition/') },
  'http-header-without-effect': submission(TEXT, {}, { headers: { 'if-none-exist': 'identifier=x|1' } }),
  'http-method': calling(`${BASE}/_sim/info`, { method: 'POST' }),
  'http-size': submission(TEXT, { assumptions: { sizeLimitBytes: 100 } }),
  'http-content-type': submission(TEXT, {}, { headers: { 'content-type': 'text/plain' } }),
  'http-content-coding': submission(TEXT, {}, { headers: { 'content-encoding': 'gzip' } }),
  'http-body': calling(`${BASE}/_sim/clients`, { method: 'POST', body: '{' }),
  'http-encoding': submission('', {}, { body: NOT_UTF_8 }),
  'http-parameter': controlling('GET', '/events?limit=many'),
  'http-origin': controlling('GET', '/info', undefined, { origin: 'http://evil.example' }),
  'sim-sandbox': calling(`${BASE}/s/nowhere/_sim/info`),
  'sim-event-memory': submission(TEXT, { limits: { eventBytes: 1 } }),
  'sim-store': {
    platform: { keys: { get: () => Promise.reject(new StoreLost('The database does not answer.')) } },
    act: (simulator) => send(simulator, '/helseid/.well-known/openid-configuration/jwks'),
  },
  'sim-fault': {
    platform: { keys: { get: () => Promise.reject(new Error('no keys')) } },
    act: (simulator) => send(simulator, '/helseid/.well-known/openid-configuration/jwks'),
  },

  'token-missing': spoilt(({ dpop = '' }) => ({ dpop })),
  'token-scheme': spoilt((credentials) => ({
    ...credentials,
    authorization: (credentials.authorization ?? '').replace('DPoP', 'Bearer'),
  })),
  'token-malformed': spoilt((credentials) => ({ ...credentials, authorization: 'DPoP abc' })),
  'token-signature': reading({ token: { signJwtWithInvalidSigningKey: true } }),
  'token-alg': {
    act: async (simulator) => {
      const { accessToken } = await testToken(simulator, { audience: 'nhn:vkp' })
      const [, payload, signature] = accessToken.split('.')
      const header = btoa(JSON.stringify({ alg: 'ES256', typ: 'at+jwt' })).replace(/=+$/, '')
      const headers = { authorization: `Bearer ${header}.${payload}.${signature}` }
      return send(simulator, `/vkp/epj/r4/${ORGANIZATION}/composition`, { method: 'POST', headers })
    },
  },
  'token-typ': reading({ token: { headerParameters: { typ: 'id+jwt' } } }),
  'token-issuer': reading({ token: { setInvalidIssuer: true } }),
  'token-audience': reading({ token: { setInvalidAudience: true } }),
  'token-expired': reading({ token: { expirationParameters: { setExpirationTimeAsExpired: true } } }),
  'token-not-yet-valid': reading({ token: { apiSpecificClaims: [{ type: 'nbf', value: NOW + 60 }] } }),
  'token-binding': reading({ token: { apiSpecificClaims: [{ type: 'cnf', value: {} }] } }),
  'token-scope': reading({ claims: { scope: [] } }),

  'dpop-missing': spoilt(({ authorization = '' }) => ({ authorization })),
  'dpop-multiple': spoilt(({ dpop, ...rest }) => ({ ...rest, dpop: `${dpop}, ${dpop}` })),
  'dpop-malformed': spoilt((credentials) => ({ ...credentials, dpop: 'abc' })),
  'dpop-typ': defect('SetInvalidTypHeaderValue'),
  'dpop-alg': defect('DontSetAlgHeader'),
  'dpop-jwk': defect('DontSetJwkHeader'),
  'dpop-private-key': defect('SetPrivateKeyInJwkHeader'),
  'dpop-thumbprint': defect('SetAnInvalidJktValueInToken'),
  'dpop-signature': defect('SetAnInvalidSignature'),
  'dpop-ath': defect('DontSetAthClaimValue'),
  'dpop-jti': defect('DontSetJtiClaim'),
  'dpop-htm': defect('DontSetHtmClaimValue'),
  'dpop-htu': defect('DontSetHtuClaimValue'),
  'dpop-iat': defect('SetIatValueInThePast'),
  'dpop-replay': {
    act: async (simulator) => {
      const headers = await credentialsFor(simulator, READ, {})
      await send(simulator, READ, { headers })
      return send(simulator, READ, { headers })
    },
  },
  'dpop-nonce': helseid({ nonce: false }),

  'token-request': helseid({ form: (form) => form.append('client_id', 'again') }),
  'client-authentication': helseid({ form: (form) => form.set('client_assertion_type', 'secret') }),
  'assertion-malformed': helseid({ form: (form) => form.set('client_assertion', 'abc') }),
  'assertion-client': asserting({ iss: 'me' }),
  'client-unknown': {
    act: async (simulator) => {
      const stranger = { ...(await newKey()), clientId: 'stranger' }
      return fetchToken(simulator, stranger)
    },
  },
  'assertion-alg': {
    act: (simulator) =>
      token(simulator, {
        form: (form) => {
          const [, payload] = (form.get('client_assertion') ?? '').split('.')
          const none = btoa(JSON.stringify({ alg: 'none', typ: 'client-authentication+jwt' })).replace(/=+$/, '')
          form.set('client_assertion', `${none}.${payload}.`)
        },
      }),
  },
  'assertion-signature': {
    act: async (simulator) => fetchToken(simulator, { ...(await newKey('RS256')), clientId: VENDOR }),
  },
  'assertion-audience': asserting({ aud: 'somebody else' }),
  'assertion-expired': asserting({ exp: NOW - 60 }),
  'assertion-not-yet-valid': asserting({ nbf: NOW + 60 }),
  'assertion-lifetime': asserting({ exp: NOW + 3_600 }),
  'assertion-jti': asserting({ jti: undefined }),
  'assertion-reused': {
    act: async (simulator) => {
      await token(simulator, { assertion: { payload: { jti: 'once' } } })
      return token(simulator, { assertion: { payload: { jti: 'once' } } })
    },
  },
  'grant-type': helseid({ form: (form) => form.set('grant_type', 'password') }),
  'grant-not-allowed': helseid({ form: (form) => form.set('grant_type', 'authorization_code') }),
  'subject-token': {
    act: async (simulator) => {
      const own = { ...(await newKey()), clientId: 'own' }
      const { privateKey: _key, publicJwk, ...rest } = own
      const grantTypes = [EXCHANGE]
      await control(simulator, 'POST', '/clients', {
        ...client,
        ...rest,
        alg: undefined,
        grantTypes,
        publicKeys: [publicJwk],
      })
      return fetchToken(simulator, own, own, {}, { grant_type: EXCHANGE, subject_token_type: ACCESS_TOKEN })
    },
  },
  'scope-not-allowed': helseid({ more: { scope: 'nhn:jft/other' } }),
  'resource-unknown': helseid({ more: { resource: 'nhn:other' } }),
  'organization-missing': asserting({ assertion_details: undefined }),
  'assertion-details-type': details({ type: 'something' }),
  'hid-1001': organization(PARENT, 'NO:ORGNR:994598759:'),
  'hid-1002': namingAChild(['312232324']),
  'hid-1004': organization(PARENT, 'NO:ORGNR:12:'),
  'hid-1005': organization(PARENT, 'NO:ORGNR:994598759:', MUNICIPALITY),
  'hid-1006': namingAChild([]),
  'organization-structure': organization(CHILD, '994598759'),
  'hid-1007': details('text'),
  'client-registration': controlling('POST', '/clients', { name: 'x' }),
  'client-private-key': controlling('POST', '/clients', { ...client, publicKeys: [{ kty: 'EC', d: 'x' }] }),
  'helseid-not-played': calling(`${BASE}/helseid/connect/authorize`),
  'ttt-request': ttt({ audience: 'nhn:jft', createDPoPTokenWithDPoPProof: true }),
  'ttt-unknown-field': ttt({ audience: 'nhn:jft', colour: 'red' }),
  'ttt-not-played': ttt({ audience: 'nhn:jft', setPidPseudonym: true }),

  'json-syntax': submission('{'),
  'json-too-deep': submission(DEEP),
  'json-surrogate': submission(TEXT.replace('{', '{"language":"\\ud800",')),
  'firely-throws': r4({ '': 1 }),
  'r4-object-expected': r4({ type: 'x' }),
  'r4-value-is-object': r4({ title: { x: 1 } }),
  'r4-value-is-array': r4({ title: ['x'] }),
  'r4-array-expected': r4({ author: NOTE.author[0] }),
  'r4-nested-array': r4({ author: [NOTE.author] }, SDK_6),
  'r4-companion-not-object': r4({ title: undefined, _title: 'x' }, SDK_6),
  'r4-name-case': r4({ Language: 'nb' }, SDK_6_STRICT),
  'r4-resource-type-case': submission(TEXT.replace('"Composition"', '"composition"'), SDK_6_STRICT),
  'r4-null-value': r4({ language: null }),
  'r4-wrong-json-type': r4({ title: 5 }),
  'r4-wrong-native-type': r4({ type: { id: 5, text: 'x' } }),
  'r4-resource-type-missing': typed(undefined),
  'r4-resource-type-not-string': typed(5),
  'r4-resource-type-unknown': typed('Bot'),
  'r4-resource-type-not-resource': submission('{"resourceType":"Meta","source":"x"}'),
  'r4-unknown-element': r4({ colour: 'red' }),
  'r4-underscore-not-allowed': r4({ _custodian: { display: 'x' } }),
  'r4-choice-without-type': extension({ value: 'x' }),
  'r4-choice-type-unknown': extension({ valueSuperDecimal: 1 }),
  'r4-choice-type-not-allowed': patient({ deceasedString: 'x' }),
  'r4-choice-repeated': extension({ valueString: 'x', valueCode: 'x' }),
  'r4-duplicate-property': submission(TEXT.replace('{', '{"title":"a",')),
  'r4-empty-object': r4({ type: {} }),
  'r4-empty-array': r4({ section: [] }),
  'r4-only-nulls': patient({ name: [{ given: [null] }] }),
  'r4-null-in-array': patient({ name: [{ given: ['a', null] }] }),
  'r4-empty-string': r4({ title: '' }),
  'r4-blank-string': r4({ title: ' ' }, { assumptions: { whitespaceOnlyStrings: 'rejected' } }),
  'r4-missing-element': r4({ title: undefined }),
  'r4-nested-contained': patient({ contained: [{ resourceType: 'Patient', active: true }] }),
  'r4-number-out-of-range': patient({ multipleBirthInteger: 2 ** 40 }),
  'r4-bad-base64': extension({ valueBase64Binary: '!' }),
  'r4-bad-instant': r4({ meta: { lastUpdated: '2026-01-01T08:00+0100' } }),
  'r4-bad-date': extension({ valueDate: '2026-02-30' }),
  'r4-bad-datetime': r4({ date: '2026-02-30' }),
  'r4-bad-time': extension({ valueTime: '25:00:00' }),
  'r4-bad-code': r4({ language: 'nb ' }),
  'r4-bad-id': r4({ id: 'a_1' }),
  'r4-bad-oid': extension({ valueOid: 'x' }),
  'r4-bad-uri': extension({ valueUri: 'urn:uuid:1' }),
  'r4-bad-uuid': extension({ valueUuid: 'x' }),
  'r4-not-positive': extension({ valuePositiveInt: 0 }, SDK_6),
  'r4-negative': extension({ valueUnsignedInt: -1 }, SDK_6),
  'r4-code-not-in-value-set': r4({ status: 'ferdig' }),
  'r4-string-too-long': r4({ title: 'x'.repeat(1_048_577) }, { assumptions: { sizeLimitBytes: 4_000_000 } }),

  'jft-municipality': reading({ claims: { orgnrParent: undefined } }),
  'organization-number-real': reading({ orgnr: '994598759' }),
  'organization-number-synthetic': search('', { environment: 'prod' }),
  'organization-number-invalid': reading({ orgnr: '313231594' }),
  'identity-number-real': identityNumber(realIdentityNumber(), 'test', ORGANIZATION),
  'identity-number-synthetic': identityNumber('02850097219', 'prod', '994598759'),
  'identity-number-invalid': identityNumber('02850097210', 'test', ORGANIZATION),
  'identity-number-masked': submission(JSON.stringify({ ...NOTE, title: realIdentityNumber() })),
  'jft-resource-type': submission(TEXT, {}, {}, '/write/v1/Bundle'),
  'jft-endpoint-type': submission(TEXT, {}, {}, '/write/v1/Patient'),
  'pit-resource-type': submission(
    TEXT,
    {},
    { token: { audience: 'nhn:pit' }, claims: { scope: ['nhn:pit/api.write'] } },
    '/pit/v1/Patient',
  ),
  'jft-bundle-type': submission(
    '{"resourceType":"Bundle","type":"batch"}',
    { assumptions: { bundleType: 'document' } },
    {},
    '/write/v1/Bundle',
  ),
  'jft-dispense-status': submission(
    '{"resourceType":"MedicationDispense","status":"stopped","medicationCodeableConcept":{"text":"x"}}',
    {},
    {},
    '/write/v1/MedicationDispense',
  ),
  'jft-no-identity-number': submission('{"resourceType":"Bundle","type":"document"}', {}, {}, '/write/v1/Bundle'),
  'jft-source-system': submission(
    TEXT,
    { assumptions: { sourceSystemLength: 'reject' } },
    { headers: { 'nhn-source-system': 'x' } },
  ),
  'jft-event-unknown': {
    act: async (simulator) => jft(simulator, `${READ}/${await submitted(simulator, PROXIED)}/$status`),
  },
  'jft-duplicate': {
    input: { assumptions: { duplicateSubmission: 'conflict' } },
    act: async (simulator) => {
      await submitted(simulator)
      return jft(simulator, WRITE, { method: 'POST', body: TEXT })
    },
  },
  'jft-acknowledge-role': acknowledging({ acknowledgeBy: 'other-than-submitter' }),
  'jft-acknowledge-unread': acknowledging({ acknowledgeBeforeRead: 'reject' }),
  'jft-rate': {
    input: { assumptions: { requestsPerMinute: 1 } },
    act: async (simulator) => {
      await jft(simulator, READ)
      return jft(simulator, READ)
    },
  },
  'search-parameter': search('colour=red'),
  'search-count': search('_count=0'),
  'search-sort': search('_sort=title'),
  'search-last-updated': search('_lastUpdated=2026'),
  'search-tag': search('_tag=mine'),
  'search-cursor': search('cursor=abc'),
  'search-cursor-filter': {
    act: async (simulator) => jft(simulator, `${await nextPage(simulator)}&_tag=true`),
  },
  'search-cursor-ignored': {
    act: async (simulator) => jft(simulator, `${await nextPage(simulator)}&_count=5`),
  },

  'vkp-token-missing': calling(`${BASE}/vkp/epj/r4/${ORGANIZATION}/composition`, { method: 'POST', body: TEXT }),
  'vkp-token-scheme': {
    act: async (simulator) => {
      const { accessToken } = await testToken(simulator, { audience: 'nhn:vkp' })
      const headers = { authorization: `DPoP ${accessToken}` }
      return send(simulator, `/vkp/epj/r4/${ORGANIZATION}/composition`, { method: 'POST', headers, body: TEXT })
    },
  },
  'vkp-token-bound': toVkp(`${ORGANIZATION}/composition`, { claims: { cnfJkt: 'a-key' } }),
  'vkp-scope': toVkp(`${ORGANIZATION}/composition`, { claims: { scope: [] } }),
  'vkp-client-amr': toVkp(`${ORGANIZATION}/composition`, {
    claims: { clientAuthenticationMethodsReferences: 'client_secret' },
  }),
  'vkp-id': toVkp(`${ORGANIZATION}/composition`, { vkpId: null }),
  'vkp-organization': toVkp('123456789/composition'),
  'vkp-inactive': toVkp(`${ORGANIZATION}/composition`, {}, { vkp: register({ active: false }) }),
  'vkp-not-allowed': toVkp(`${ORGANIZATION}/composition`, { vkpId: 'Somebody_Else_Here' }),
  'vkp-service-not-approved': vkpSearch('patient', '', {}, { vkp: register({ serviceCodes: ['gps'] }) }),
  'vkp-service-codes': vkpSearch('patient', '', { headers: { servicecodes: '' } }),
  'vkp-service-code-unknown': vkpSearch('patient', '', { headers: { servicecodes: 'ta,xx' } }),
  'vkp-identity-number': vkpSearch('condition', 'patient.identifier=02850097210'),
  'vkp-parameter-count': vkpSearch('condition', ''),
  'vkp-parameter-format': vkpSearch('condition', PERSON, { headers: { 'content-type': 'text/plain' } }),
  'vkp-body-type': toVkp(`${ORGANIZATION}/bundle`),
  'vkp-type-not-forwarded': toVkp(
    `${PROXIED}/encounter`,
    { body: '{"resourceType":"Encounter","status":"finished","class":{"code":"HH"}}' },
    { assumptions: { vkpNotForwarded: 'reject' } },
  ),
  'vkp-corrected': throughVkp({}, JSON.stringify({ ...NOTE, author: NOTE.author[0] })),
  'vkp-value-changed': throughVkp({}, JSON.stringify({ ...NOTE, meta: { lastUpdated: '2026-05-26' } })),
  'vkp-jft-refused': throughVkp({ assumptions: { errorBody: 'problem-json' } }, TEXT.replace(/"title":"[^"]*",?/g, '')),
  'vkp-jft-failed': withFault(injecting(500, 'jft-write'), throughVkp()),
  'vkp-token-exchange': withFault(injecting(500, 'helseid'), throughVkp()),
  'vkp-ehr-failed': withFault(injecting(500, 'ehr'), toVkp(`${ORGANIZATION}/composition`)),
  'vkp-timed-out': unreachable('TimeoutError'),
  'vkp-undelivered': withFault(
    injecting(503, 'jft-write'),
    throughVkp({ assumptions: { vkpJftDown: 'store-and-forward' } }),
  ),
  'vkp-json': toVkp(`${ORGANIZATION}/composition`, { body: '{"resourceType":' }),
  'vkp-resource-type': toVkp(`${ORGANIZATION}/composition`, { body: '{"id":"x"}' }),
  'vkp-resource-type-unexpected': toClassic({ type: { resourceType: 'Patient' } }),
  'vkp-unknown-element': toClassic({ colour: 'red' }),
  'vkp-choice-type': toClassic({ extension: [{ url: 'x', value: 'x' }] }),
  'vkp-must-not-repeat': toClassic({ status: ['final', 'amended'] }),
  'vkp-value-not-allowed': toClassic({ type: 'x' }),
  'vkp-object-not-allowed': toClassic({ extension: [{ url: { id: 'x' } }] }),
  'vkp-companion': toClassic({ _status: 'x' }),
  'vkp-literal': toClassic({ date: 'x' }),
  'vkp-code': toClassic({ status: 'ferdig' }),
  'vkp-endpoint-type': toVkp(`${ORGANIZATION}/observation`),
  'vkp-profile-element': throughVkp(
    { assumptions: { vkpProfileCheck: 'reject' } },
    JSON.stringify({ ...NOTE, category: undefined }),
  ),
  'vkp-not-forwarded': controlling('POST', '/check', { ...NOTE, status: 'ferdig' }),
  'ehr-organization': calling(`${BASE}/ehr/journal/kommune`),
  'ehr-nothing-found': vkpSearch('condition', `patient.identifier=${NOBODY}`),
  'ehr-service': vkpSearch('condition', PERSON, { headers: { servicecodes: 'gps' } }),

  'injected-400': withFault(injecting(400), search('')),
  'injected-401': withFault(injecting(401), search('')),
  'injected-403': withFault(injecting(403), search('')),
  'injected-404': withFault(injecting(404), search('')),
  'injected-413': withFault(injecting(413), search('')),
  'injected-429': withFault(injecting(429), search('')),
  'injected-500': withFault(injecting(500), search('')),
  'injected-502': withFault(injecting(502), search('')),
  'injected-503': withFault(injecting(503), search('')),
  'injected-507': withFault(injecting(507), search('')),
  'injected-call': withFault(injecting(503, 'ttt'), controlling('GET', '/curl')),
  'injected-nonce': withFault({ surface: 'jft-read', effect: { kind: 'dpop-nonce' } }, search('')),
}
