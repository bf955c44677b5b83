import type { Rule } from './rule.ts'

const PROXY = { page: 'VKP as reverse proxy', date: '2026-06-02' } as const
const SAMPLE = 'NorskHelsenett/VKP.Samples'
const GUIDE = 'utviklerportal.nhn.no, VKP, "Autentisering og autorisering med HelseID"'
const CODES = 'HL7Norway/Velferdsteknologi, code system vkp-operation-outcome-v090'
const PARTNERS = 'VKP on Confluence, page 9109552, "partnerprofil"'

const assumed = (page: string, reasoning: string) => ({ page, reasoning })
const rule = <R extends Omit<Rule, 'severity'>>(row: R) => ({ severity: 'error', ...row }) as const

const TOKEN_RULES = {
  'vkp-token-missing': rule({
    title: 'The request has an access token',
    type: 'login',
    certainty: 'observed',
    source: { page: `${SAMPLE}, 2025-04-10`, reasoning: 'The sample sends a Bearer token with each request.' },
    fix: 'Get a token from HelseID with a scope of nhn:vkp and send it as Authorization: Bearer <token>.',
  }),
  'vkp-token-scheme': rule({
    title: 'The Authorization header has the scheme Bearer',
    type: 'login',
    certainty: 'observed',
    source: { page: `${SAMPLE}, 2025-04-10`, reasoning: 'VKP takes Bearer tokens; only JFT takes DPoP.' },
    fix: 'Send Authorization: Bearer <token>, without a DPoP header.',
  }),
  'vkp-scope': rule({
    title: 'The access token has the scope of the resource',
    type: 'forbidden',
    certainty: 'documented',
    source: {
      page: 'portal.test.vkpnorge.no, "Selvbetjening"',
      reasoning: 'The form nhn:vkp/api/user/<resource>.<read|write|*> is documented, the status 403 is assumed.',
    },
    fix: 'Give the client the scope in self-service, and ask HelseID for it.',
  }),
  'vkp-client-amr': rule({
    title: 'The client authenticated to HelseID with private_key_jwt',
    type: 'forbidden',
    certainty: 'documented',
    source: { page: GUIDE, reasoning: 'The claim client_amr is required; that its absence is 1.5 is assumed.' },
    fix: 'Authenticate with a client assertion; HelseID then writes client_amr into the token.',
  }),
  'vkp-id': rule({
    title: 'The access token names the vendor’s system in vkp-id',
    type: 'forbidden',
    certainty: 'documented',
    source: {
      page: GUIDE,
      reasoning: 'The claim nhn:vkp/client/claims/vkp-id is required; that its absence is 1.5 is assumed.',
    },
    fix: 'Have the claim set on the HelseID client (here: apiClaims of the client, POST /_sim/clients).',
  }),
} as const satisfies Record<string, Rule>

const REGISTER_RULES = {
  'vkp-organization': rule({
    title: 'The organisation number in the path is that of a municipality that VKP knows',
    type: 'value',
    certainty: 'assumed',
    source: assumed(CODES, '2.2 InvalidOrg; the control digit is not checked, three numbers of NHN’s samples fail it.'),
    fix: 'Use the nine digits of a municipality in VKP’s register (GET /_sim/vkp/register).',
  }),
  'vkp-inactive': rule({
    title: 'The vendor’s system is active at the municipality',
    type: 'forbidden',
    certainty: 'assumed',
    source: assumed(CODES, '1.1 NotActive; when VKP answers it is not documented.'),
    fix: 'Have the connection switched on again (here: active in VKP’s register, PUT /_sim/vkp/register).',
  }),
  'vkp-not-allowed': rule({
    title: 'VKP’s register lets the vendor’s system call the municipality',
    type: 'forbidden',
    certainty: 'assumed',
    source: assumed('portal.test.vkpnorge.no, "how-to-api"', 'The pair of vkp-id and org.nr decides; 1.2 is assumed.'),
    fix: 'Have VKP register the pair (here: PUT /_sim/vkp/register, or vkp.register in the configuration).',
  }),
  'vkp-service-not-approved': rule({
    title: 'The municipality has approved the vendor for each service code',
    type: 'forbidden',
    certainty: 'assumed',
    source: assumed(PARTNERS, 'The approval is documented, the code 1.4 is assumed.'),
    fix: 'Send only the codes of services that you are approved for (here: serviceCodes in VKP’s register).',
  }),
} as const satisfies Record<string, Rule>

const SEARCH_RULES = {
  'vkp-service-codes': rule({
    title: 'A search names at least one service in the header ServiceCodes',
    type: 'required',
    certainty: 'documented',
    source: { page: PARTNERS, reasoning: 'That one is mandatory is documented, the code is a setting.' },
    fix: 'Send for example ServiceCodes: ta,gps.',
  }),
  'vkp-service-code-unknown': rule({
    title: 'Each service code is one that VKP has',
    type: 'code-invalid',
    certainty: 'assumed',
    source: assumed('vkp-test.developer.azure-api.net, "specification"', 'The codes are documented, 2.4 is assumed.'),
    fix: 'Use rt, ta, gps, md, dt or dho, separated by commas.',
  }),
  'vkp-identity-number': rule({
    title: 'An identity number in a search is a valid one, and bare',
    type: 'value',
    certainty: 'assumed',
    source: assumed(
      `${SAMPLE}, 2025-04-10`,
      'The sample sends the number without a system; 2.1 InvalidSsn is assumed.',
    ),
    fix: 'Send the eleven digits alone, without a system and a bar before them.',
  }),
  'vkp-parameter-count': rule({
    title: 'A search has the parameters that its resource needs, as often as it takes them',
    type: 'required',
    certainty: 'assumed',
    source: assumed(`${SAMPLE}, 2025-04-10`, 'The parameters are those of the sample, 2.3 is assumed.'),
    fix: 'Send the parameters that the message names.',
  }),
  'vkp-parameter-format': rule({
    title: 'A search is a form, and its dates are dates with a prefix',
    type: 'invalid',
    certainty: 'assumed',
    source: assumed(`${SAMPLE}, 2025-04-10`, 'The sample sends date=ge2024-05-17T07:08:09Z; 2.4 is assumed.'),
    fix: 'Send application/x-www-form-urlencoded, and dates as ge or le with an ISO 8601 time.',
  }),
} as const satisfies Record<string, Rule>

const DELIVERY_RULES = {
  'vkp-body-type': rule({
    title: 'The body is of the resource type that the path names',
    type: 'invalid',
    certainty: 'assumed',
    source: assumed(CODES, '2 Invalid; not documented.'),
    fix: 'Post the resource to the path of its own type, in lower case.',
  }),
  'vkp-type-not-forwarded': rule({
    title: 'VKP forwards to JFT what JFT has an endpoint for',
    type: 'not-supported',
    certainty: 'assumed',
    source: assumed(PROXY.page, 'JFT takes Bundle, Composition and MedicationDispense; what VKP does is a setting.'),
    fix: 'Put the resource into a Bundle, or see the setting vkpNotForwarded.',
  }),
  'vkp-corrected': rule({
    severity: 'information',
    title: 'VKP forwards a resource as it was sent',
    type: 'informational',
    certainty: 'documented',
    source: { ...PROXY, sentence: 'VKP corrects these structural errors before posting to JFT' },
    fix: 'Nothing now. Before you call JFT directly, send what stands under "after": JFT corrects nothing.',
  }),
  'vkp-jft-refused': rule({
    title: 'JFT accepts what VKP forwards',
    type: 'invalid',
    certainty: 'documented',
    source: { ...PROXY, sentence: 'some resources that were accepted by VKP were initially rejected when forwarded' },
    fix: 'Mend what JFT names: VKP corrects structure, and cannot invent what is missing.',
  }),
  'vkp-jft-failed': rule({
    title: 'VKP gets an answer from JFT that it can use',
    type: 'exception',
    certainty: 'assumed',
    source: assumed(CODES, '3 Other; what VKP answers then is not documented.'),
    fix: 'See the exchange with JFT that is nested under this one; send the event again later.',
  }),
  'vkp-token-exchange': rule({
    title: 'HelseID exchanges the vendor’s token for one for JFT',
    type: 'exception',
    certainty: 'assumed',
    source: assumed(`${PROXY.page}, step 3`, 'The exchange is documented, the answer to a failure is not.'),
    fix: 'See the exchanges with HelseID that are nested under this one.',
  }),
  'vkp-ehr-failed': rule({
    title: 'The EHR behind VKP takes what VKP hands it',
    type: 'exception',
    certainty: 'assumed',
    source: assumed(CODES, '3 Other; not documented.'),
    fix: 'See the exchange with the EHR that is nested under this one, or check ehrUrl of the route.',
  }),
  'vkp-timed-out': rule({
    title: 'What lies behind VKP answers in time',
    type: 'timeout',
    certainty: 'assumed',
    source: assumed(CODES, '3.1 TimedOut, added on 2022-05-23; when it is answered is not documented.'),
    fix: 'Send the event again later.',
  }),
  'vkp-undelivered': rule({
    severity: 'warning',
    title: 'What VKP took reaches its receiver',
    type: 'informational',
    certainty: 'assumed',
    source: assumed(
      'portal.test.vkpnorge.no, "Min side"',
      'The municipality sees failed messages there; the vendor got a 2xx.',
    ),
    fix: 'Mend what the message names and send a new event; this one is lost.',
  }),
} as const satisfies Record<string, Rule>

/** What VKP itself asks, beside the format of a resource. */
export const VKP_RULES = {
  ...TOKEN_RULES,
  ...REGISTER_RULES,
  ...SEARCH_RULES,
  ...DELIVERY_RULES,
} as const satisfies Record<string, Rule>

export type VkpRuleId = keyof typeof VKP_RULES
