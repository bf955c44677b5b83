// @ts-check
import { Trouble } from '../shared/trouble.js'

/** @typedef {import('../shared/bugs.js').SharedParts & { ehr: import('./pit-ehr.js').HandOver }} Parts */

/** How often a 503 is repeated at once. */
const IMMEDIATE = 30

/**
 * Ways to break the contract as a record system that hands its persons over, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'forget-one': ({ ehr }) => ({ ehr: { persons: async () => (await ehr.persons()).slice(1) } }),
  'first-version-only': () => {
    /** @type {Set<string>} */
    const done = new Set()
    return { ehr: { isSettled: (id) => done.size === done.add(id).size } }
  },
  'hand-over-twice': ({ ehr }) => ({
    ehr: {
      submit: async (patient) => {
        await ehr.submit(patient)
        return ehr.submit(patient)
      },
    },
  }),
  'lenient-payload': ({ ehr }) => ({
    ehr: { patientOf: (person) => ({ ...ehr.patientOf(person), name: { text: 'Somebody' } }) },
  }),
  'retry-400': ({ ehr }) => ({
    ehr: {
      submit: (patient) =>
        ehr.submit(patient).catch((error) => {
          if (error instanceof Trouble && error.status === 400) return ehr.submit(patient)
          throw error
        }),
    },
  }),
  'no-token-refresh': () => ({ api: { wantsToken: () => false } }),
  'no-backoff': ({ api }) => ({
    api: {
      waitFor: (trouble, attempt) =>
        trouble.service === 'PIT' && trouble.status === 503 && attempt < IMMEDIATE ? 0 : api.waitFor(trouble, attempt),
    },
  }),
}
