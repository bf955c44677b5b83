import { FHIR_JSON } from '../../http/fhir/api.ts'
import { defineSurface } from '../../http/surface.ts'
import { vkpOutcome } from '../../rules/vkp/outcome.ts'
import { PERSON_CHANGES } from '../../state/population.ts'
import { addNote, listNotes, readNote } from './journal.ts'
import { changePerson, listPersons } from './persons.ts'
import { SEARCH_STEPS, SEARCH_TYPES, searchPatients } from './search.ts'

/**
 * The EHR of a municipality, as a stand-in: what VKP asks for patient information and, on its classic route, hands events
 * to. How VKP reaches a real EHR is not published, so the paths are this project's own, and no token is asked for.
 */
export const ehr = defineSurface({
  journaled: true,
  anyPathCase: true,
  refusal: ({ status, issues }) => ({
    status,
    headers: { 'content-type': FHIR_JSON },
    body: JSON.stringify(vkpOutcome(issues, 'ehr')),
  }),
  routes: [
    {
      method: 'POST',
      path: '/epj/r4/:orgnr/:type/_search',
      summary: 'Search for patient information',
      steps: SEARCH_STEPS,
      handler: searchPatients,
      operation: {
        pathValues: { type: SEARCH_TYPES },
        headers: [{ name: 'ServiceCodes', description: 'One or more of RT, TA, GPS, MD, DT, DHO', example: 'ta,gps' }],
        body: { 'application/x-www-form-urlencoded': 'patient.identifier=02850097219' },
        responses: { '200': 'A searchset Bundle', '400': 'An OperationOutcome with a code of VKP’s, 1.3 to 2.4' },
      },
    },
    {
      method: 'POST',
      path: '/journal/:orgnr/:type',
      summary: 'Write a journal note',
      steps: ['organization', 'body', 'resource', 'note'],
      handler: addNote,
      operation: { responses: { '201': 'Location is the URL of the note', '400': 'Not a resource of that type' } },
    },
    {
      method: 'GET',
      path: '/persons',
      summary: 'The persons of the record system, as it hands them over to PIT',
      steps: ['resource'],
      handler: listPersons,
      operation: { responses: { '200': 'A Bundle of Patients' } },
    },
    {
      method: 'POST',
      path: '/persons/:id/:change',
      summary: 'Let something happen to a person',
      steps: ['resource'],
      handler: changePerson,
      operation: {
        pathValues: { change: PERSON_CHANGES },
        responses: { '200': 'The person as it is then', '404': 'Nobody is there with that id, or not any more' },
      },
    },
    {
      method: 'GET',
      path: '/journal/:orgnr',
      summary: 'Read the journal notes of a municipality',
      steps: ['organization'],
      handler: listNotes,
      operation: { responses: { '200': 'The notes, newest first' } },
    },
    {
      method: 'GET',
      path: '/journal/:orgnr/:noteId',
      summary: 'Read one journal note',
      steps: ['organization'],
      handler: readNote,
      operation: { responses: { '200': 'The note', '404': 'No such note' } },
    },
  ],
})
