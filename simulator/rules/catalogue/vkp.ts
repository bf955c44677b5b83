import { EVENT_TYPES } from '../../ground/event-types.ts'
import { enumerated } from '../../ground/text/enumerate.ts'
import type { Rule, Source } from './rule.ts'
import { assumed, documented, forServices, observed, quoted } from './source.ts'

/** VKP's searches, and those of the EHR stand-in, which gets them as they are. */
const search = (source: Source) => forServices(['vkp', 'ehr'], source)
const rule = <R extends Omit<Rule, 'severity'>>(row: R) => ({ severity: 'error', ...row }) as const

const TOKEN_RULES = {
  'vkp-token-missing': rule({
    title: 'Missing access token for VKP',
    type: 'login',
    sources: {
      vkp: observed({ document: 'vkp-samples', reasoning: 'The sample sends a Bearer token with each request.' }),
    },
    fix: 'Get a token from HelseID with a scope of nhn:vkp and send it as Authorization: Bearer <token>.',
  }),
  'vkp-token-scheme': rule({
    title: 'Authorization header without the scheme Bearer',
    type: 'login',
    sources: { vkp: quoted('vkp-bearer', 'Only JFT takes DPoP.') },
    fix: 'Send Authorization: Bearer <token>, without a DPoP header.',
  }),
  'vkp-token-bound': {
    title: 'Bearer token bound to a DPoP key',
    type: 'informational',
    severity: 'warning',
    sources: {
      vkp: assumed({
        document: 'rfc-9449',
        section: 'section 7.1',
        reasoning:
          'VKP’s pages know no DPoP, and NHN’s sample API for Bearer tokens takes a bound one, so it is taken. A service that knows DPoP must refuse it.',
      }),
    },
    fix: 'Ask HelseID for the token of VKP without a DPoP proof, with a client that does not require one.',
  },
  'vkp-scope': rule({
    title: 'Access token without the scope of the resource',
    type: 'forbidden',
    sources: { vkp: quoted('vkp-scope-per-endpoint', 'The status 403 is assumed.') },
    fix: 'Give the client the scope in self-service, and ask HelseID for it.',
  }),
  'vkp-client-amr': rule({
    title: 'Client not authenticated with private_key_jwt',
    type: 'forbidden',
    sources: { vkp: quoted('vkp-client-amr', 'The claim client_amr is required; that its absence is 1.5 is assumed.') },
    fix: 'Authenticate with a client assertion; HelseID then writes client_amr into the token.',
  }),
  'vkp-id': rule({
    title: 'Access token without the vendor’s system in vkp-id',
    type: 'forbidden',
    sources: { vkp: quoted('vkp-id', 'The claim is required; that its absence is 1.5 is assumed.') },
    fix: 'Have the claim set on the HelseID client (here: apiClaims of the client, POST /_sim/clients).',
  }),
} as const satisfies Record<string, Rule>

const REGISTER_RULES = {
  'vkp-organization': rule({
    title: 'Municipality unknown to VKP',
    type: 'value',
    sources: {
      vkp: assumed({
        document: 'vkp-outcome-codes',
        reasoning: '2.2 InvalidOrg; the control digit is not checked, three numbers of NHN’s samples fail it.',
      }),
    },
    fix: 'Use the nine digits of a municipality in VKP’s register (GET /_sim/vkp/register).',
  }),
  'vkp-inactive': rule({
    title: 'Vendor’s system inactive at the municipality',
    type: 'forbidden',
    sources: {
      vkp: assumed({
        document: 'vkp-outcome-codes',
        reasoning: '1.1 NotActive; when VKP answers it is not documented.',
      }),
    },
    fix: 'Have the connection switched on again (here: active in VKP’s register, PUT /_sim/vkp/register).',
  }),
  'vkp-not-allowed': rule({
    title: 'Vendor’s system not allowed to call the municipality',
    type: 'forbidden',
    sources: {
      vkp: assumed({ document: 'vkp-how-to', reasoning: 'The pair of vkp-id and org.nr decides; 1.2 is assumed.' }),
    },
    fix: 'Have VKP register the pair (here: PUT /_sim/vkp/register, or vkp.register in the configuration).',
  }),
  'vkp-service-not-approved': rule({
    title: 'Service code not approved for the vendor',
    type: 'forbidden',
    sources: {
      vkp: assumed({
        document: 'vkp-services',
        section: 'partnerprofil',
        reasoning: 'The approval is documented, the code 1.4 is assumed.',
      }),
    },
    fix: 'Send only the codes of services that you are approved for (here: serviceCodes in VKP’s register).',
  }),
} as const satisfies Record<string, Rule>

const SEARCH_RULES = {
  'vkp-service-codes': rule({
    title: 'Search without a service in the header ServiceCodes',
    type: 'required',
    sources: search(
      documented({
        document: 'vkp-services',
        section: 'partnerprofil',
        reasoning: 'That one is mandatory is documented, the code is a setting.',
      }),
    ),
    fix: 'Send for example ServiceCodes: ta,gps.',
  }),
  'vkp-service-code-unknown': rule({
    title: 'Unknown service code',
    type: 'code-invalid',
    sources: search(assumed({ document: 'vkp-specification', reasoning: 'The codes are documented, 2.4 is assumed.' })),
    fix: 'Use rt, ta, gps, md, dt or dho, separated by commas.',
  }),
  'vkp-identity-number': rule({
    title: 'Invalid identity number in a search, or one with something next to it',
    type: 'value',
    sources: search(
      assumed({
        document: 'vkp-samples',
        reasoning: 'The sample sends the number without a system; 2.1 InvalidSsn is assumed.',
      }),
    ),
    fix: 'Send the eleven digits of a synthetic number alone, without a system and a bar before them.',
  }),
  'vkp-parameter-count': rule({
    title: 'Missing search parameter, or one sent too often',
    type: 'required',
    sources: search(
      assumed({ document: 'vkp-samples', reasoning: 'The parameters are those of the sample, 2.3 is assumed.' }),
    ),
    fix: 'Send the parameters that the message names.',
  }),
  'vkp-parameter-format': rule({
    title: 'Search that is not a form, or with a malformed date',
    type: 'invalid',
    sources: search(
      assumed({ document: 'vkp-samples', reasoning: 'The sample sends date=ge2024-05-17T07:08:09Z; 2.4 is assumed.' }),
    ),
    fix: 'Send application/x-www-form-urlencoded, and dates as ge or le with an ISO 8601 time.',
  }),
} as const satisfies Record<string, Rule>

const DELIVERY_RULES = {
  'vkp-body-type': rule({
    title: 'Body of another resource type than the path',
    type: 'invalid',
    sources: { vkp: assumed({ document: 'vkp-outcome-codes', reasoning: '2 Invalid; not documented.' }) },
    fix: 'Post the resource to the path of its own type, in lower case.',
  }),
  'vkp-type-not-forwarded': rule({
    title: 'Resource type without an endpoint at JFT, not forwarded',
    type: 'not-supported',
    sources: {
      vkp: assumed({
        document: 'vkp-reverse-proxy',
        reasoning: `JFT takes ${enumerated(EVENT_TYPES, 'and')}; what VKP does is a setting.`,
      }),
    },
    fix: 'Put the resource into a Bundle, or see the setting vkpNotForwarded.',
  }),
  'vkp-corrected': rule({
    severity: 'information',
    title: 'Error that VKP corrected',
    type: 'informational',
    sources: { vkp: quoted('proxy-corrects') },
    fix: 'Nothing now. Before you call JFT directly, send what stands under "after": JFT corrects nothing.',
  }),
  'vkp-value-changed': rule({
    severity: 'warning',
    title: 'Value changed by VKP on the way',
    type: 'informational',
    sources: {
      vkp: observed({
        document: 'firely-parser',
        section: 'PrimitiveTypeConverter.cs',
        reasoning:
          'The library reads values into .NET types and writes them again: decimals hold 28 digits, instants have seven digits of a second and an offset, 010 is octal. That VKP forwards what this library writes is an inference.',
      }),
    },
    fix: 'Send the value so that it survives: an instant with seconds and offset and seven digits of a second at most, a number of 28 digits at most and without zeros in front, text in whole characters.',
  }),
  'vkp-jft-refused': rule({
    title: 'Forwarded resource rejected by JFT',
    type: 'invalid',
    sources: { vkp: quoted('proxy-lenient') },
    fix: 'Mend what JFT names: VKP corrects structure, and cannot invent what is missing.',
  }),
  'vkp-jft-failed': rule({
    title: 'No usable answer from JFT to VKP',
    type: 'exception',
    sources: {
      vkp: assumed({ document: 'vkp-outcome-codes', reasoning: '3 Other; what VKP answers then is not documented.' }),
    },
    fix: 'See the exchange with JFT that is nested under this one; send the event again later.',
  }),
  'vkp-token-exchange': rule({
    title: 'Token exchange rejected by HelseID',
    type: 'exception',
    sources: {
      vkp: assumed({
        document: 'vkp-reverse-proxy',
        section: 'Submitting events',
        reasoning: 'The exchange is documented (step 3), the answer to a failure is not.',
      }),
    },
    fix: 'See the exchanges with HelseID that are nested under this one.',
  }),
  'vkp-ehr-failed': rule({
    title: 'No success from the EHR behind VKP',
    type: 'exception',
    sources: { vkp: assumed({ document: 'vkp-outcome-codes', reasoning: '3 Other; not documented.' }) },
    fix: 'See the exchange with the EHR that is nested under this one, or check ehrUrl of the route.',
  }),
  'vkp-timed-out': rule({
    title: 'No answer in time from behind VKP',
    type: 'timeout',
    sources: {
      vkp: assumed({
        document: 'vkp-outcome-codes',
        reasoning: '3.1 TimedOut, added on 2022-05-23; when it is answered is not documented.',
      }),
    },
    fix: 'Send the event again later.',
  }),
  'vkp-undelivered': rule({
    severity: 'warning',
    title: 'Accepted by VKP, but lost before the receiver',
    type: 'informational',
    sources: {
      vkp: assumed({
        document: 'vkp-my-page',
        reasoning: 'The municipality sees failed messages there; the vendor got a 2xx.',
      }),
    },
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
