import { SUBMISSION_TYPES } from '../../ground/event-types.ts'
import { defineSurface } from '../../http/surface.ts'
import { vkpRefusal } from './refusal.ts'
import { SEARCH_STEPS, SEARCH_TYPES, search } from './search.ts'
import { SUBMISSION_STEPS, submit } from './submission.ts'

const refusals = {
  '400': 'An OperationOutcome with a code of vkp-operation-outcome-v090, 1.1 to 3.1',
  '401': 'No valid Bearer token',
  '403': 'No scope',
}

/** VKP, real host `api.test.vkpnorge.no`. Paths are lower case in NHN's samples, and taken in any case. */
export const vkp = defineSurface({
  journaled: true,
  pathForms: true,
  anyPathCase: true,
  refusal: vkpRefusal,
  routes: [
    {
      method: 'POST',
      path: '/epj/r4/:orgnr/:type',
      summary: 'Submit an event',
      steps: SUBMISSION_STEPS,
      handler: submit,
      operation: {
        pathValues: { type: SUBMISSION_TYPES.map((type) => type.toLowerCase()) },
        body: { 'application/json': { resourceType: 'Bundle' } },
        responses: { '200': 'Taken, and delivered into the EHR or to JFT', ...refusals },
      },
    },
    {
      method: 'POST',
      path: '/epj/r4/:orgnr/:type/_search',
      summary: 'Search for patient information',
      steps: SEARCH_STEPS,
      handler: search,
      operation: {
        pathValues: { type: SEARCH_TYPES },
        headers: [{ name: 'ServiceCodes', description: 'One or more of rt, ta, gps, md, dt, dho', example: 'ta,gps' }],
        body: { 'application/x-www-form-urlencoded': 'patient.identifier=02850097219' },
        responses: { '200': 'The answer of the EHR, as it is', ...refusals },
      },
    },
  ],
})
