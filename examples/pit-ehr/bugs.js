// @ts-check
import { inRealSeries } from '../shared/real-number.js'
import { Trouble } from '../shared/trouble.js'

/** @typedef {import('../shared/bugs.js').SharedParts & { ehr: import('./pit-ehr.js').Ehr }} Parts */
/** @typedef {import('fhir/r4.js').Patient} Patient */

/** How often a 429 is repeated at once. */
const IMMEDIATE = 20

/**
 * Ways to leave vendors with a wrong picture of the persons, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'skip-last': ({ ehr }) => ({ ehr: { persons: async () => (await ehr.persons()).slice(0, -1) } }),
  'first-version-only': ({ ehr }) => {
    /** @type {Set<string | undefined>} */
    const known = new Set()
    const handOver = async (/** @type {Patient} */ patient) => {
      await ehr.handOver(patient)
      known.add(patient.id)
    }
    return { ehr: { handOver, isSettled: ({ id }) => known.has(id) } }
  },
  'hand-over-twice': ({ ehr }) => ({
    ehr: {
      handOver: async (patient) => {
        await ehr.handOver(patient)
        await ehr.handOver(patient)
      },
    },
  }),
  'lenient-payload': ({ ehr }) => ({
    ehr: { send: onFirst(ehr, (patient) => ({ ...patient, name: /** @type {any} */ (patient.name?.[0]) })) },
  }),
  'retry-400': ({ ehr }) => ({
    ehr: { send: (patient) => ehr.send(patient).catch((error) => onceMoreAfter400(error, () => ehr.send(patient))) },
  }),
  'take-silence-for-202': ({ ehr }) => ({
    ehr: { send: (patient) => ehr.send(patient).catch(takenFor202) },
  }),
  'no-token-refresh': () => ({ jft: { wantsToken: () => false } }),
  'ignore-retry-after': ({ jft }) => ({
    jft: {
      waitFor: (trouble, attempt) =>
        trouble.status === 429 && attempt < IMMEDIATE ? 0 : jft.waitFor(trouble, attempt),
    },
  }),
  'give-up-on-503': ({ jft }) => ({
    jft: { isTemporary: (trouble) => trouble.status !== 503 && jft.isTemporary(trouble) },
  }),
  'give-up-on-reset': ({ jft }) => ({
    jft: { isTemporary: (trouble) => !trouble.isBroken && jft.isTemporary(trouble) },
  }),
  'real-number': ({ ehr }) => ({
    ehr: {
      send: onFirst(ehr, ({ identifier = [], ...patient }) => ({
        ...patient,
        identifier: identifier.map((one) => ({ ...one, value: inRealSeries(one.value ?? '') })),
      })),
    },
  }),
}

/**
 * Spoils the first version of the first patient, however often it is sent.
 * @param {Parts['ehr']} ehr
 * @param {(patient: Patient) => Patient} spoil
 * @returns {Parts['ehr']['send']}
 */
function onFirst(ehr, spoil) {
  /** @type {string | undefined} */
  let first
  return (patient) => {
    first ??= JSON.stringify(patient)
    return ehr.send(first === JSON.stringify(patient) ? spoil(patient) : patient)
  }
}

/**
 * @template T
 * @param {unknown} error
 * @param {() => Promise<T>} again
 */
function onceMoreAfter400(error, again) {
  if (error instanceof Trouble && error.status === 400) return again()
  throw error
}

/**
 * Nothing came back.
 * @param {unknown} error
 * @returns {import('./pit-ehr.js').Answer}
 */
function takenFor202(error) {
  if (error instanceof Trouble && error.isBroken) return { resourceType: 'none' }
  throw error
}
