import type { Rule } from './rule.ts'
import { assumed } from './source.ts'

/** VKP passes the EHR's refusal on. */
const SERVICE = assumed({
  document: 'vkp-services',
  reasoning:
    'A patient without a matching active service is not returned, and 1.3 is the code for it (documented). That a search by identifier gets it with status 400, while a list leaves the patient out, is assumed.',
})

/** What the EHR stand-in asks beyond what VKP has looked at before. */
export const EHR_RULES = {
  'ehr-organization': {
    title: 'Organisation number without nine digits in the path',
    type: 'value',
    severity: 'error',
    sources: {
      ehr: assumed({
        document: 'vkp-outcome-codes',
        reasoning: 'The paths of the EHR stand-in are this project’s own; code 2.2, ugyldig systemidentifikator, fits.',
      }),
    },
    fix: 'Put the organisation number of the municipality in the path.',
  },
  'ehr-nothing-found': {
    title: 'Search without a result',
    type: 'informational',
    severity: 'warning',
    sources: {
      ehr: assumed({ reasoning: 'An empty answer is right where nobody is there; mostly a person was meant who is.' }),
      vkp: assumed({ reasoning: 'An empty answer is right where nobody is there; mostly a person was meant who is.' }),
    },
    fix: 'Search for the person, or in the dates, that the message names.',
  },
  'ehr-service': {
    title: 'Patient without an active service among the service codes of the search',
    type: 'forbidden',
    severity: 'error',
    sources: {
      ehr: SERVICE,
      vkp: SERVICE,
    },
    fix: 'Send the code of a service that the patient has; an EpisodeOfCare search shows them.',
  },
} as const satisfies Record<string, Rule>
