// @ts-check
import { inRealSeries } from '../shared/real-number.js'
import { Trouble } from '../shared/trouble.js'

/** @typedef {import('../shared/bugs.js').SharedParts & { centre: import('./response-centre.js').ResponseCentre }} Parts */
/** @typedef {import('./events.js').Event} Event */

/** How often a 503 is repeated at once. */
const IMMEDIATE = 30

/** How often a refused event is sent. */
const TIMES = 3

/**
 * Ways to break the contract as a response centre, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'lenient-payload': ({ centre }) => ({
    centre: { post: (event, options) => centre.post(withSingleAuthor(event), options) },
  }),
  'no-source-system': () => ({ centre: { headers: {} } }),
  'retry-202': ({ centre }) => ({
    centre: {
      submit: async (event) => {
        await centre.submit(event)
        return centre.submit(event)
      },
    },
  }),
  'retry-400': ({ centre }) => ({
    centre: {
      post: (event, options) => centre.post(withSingleAuthor(event), options),
      submit: async (event) => {
        for (let time = 1; time < TIMES; time += 1) await centre.submit(event).catch(overlook400)
        return centre.submit(event)
      },
    },
  }),
  'no-backoff': ({ jft }) => ({
    jft: {
      waitFor: (trouble, attempt) =>
        trouble.status === 503 && attempt < IMMEDIATE ? 0 : jft.waitFor(trouble, attempt),
    },
  }),
  'give-up-on-503': ({ jft }) => ({
    jft: { isTemporary: (trouble) => trouble.status !== 503 && jft.isTemporary(trouble) },
  }),
  'blind-retry': () => ({ centre: { find: async () => undefined } }),
  'no-status': () => ({ centre: { follow: async () => true } }),
  'real-number': ({ centre }) => ({
    centre: { post: (event, options) => centre.post(withRealNumber(event), options) },
  }),
}

/**
 * One object where R4 has a list, as VKP took it. In a Bundle it is the note that is changed.
 * @param {Event} event
 * @returns {Event}
 */
function withSingleAuthor(event) {
  return JSON.parse(JSON.stringify(event), (name, value) =>
    (name === 'author' || name === 'performer') && Array.isArray(value) ? value[0] : value,
  )
}

/** @param {unknown} error */
function overlook400(error) {
  if (!(error instanceof Trouble && error.status === 400)) throw error
}

/**
 * The patient's number with a month of the calendar, as real ones have.
 * @param {Event} event
 * @returns {Event}
 */
function withRealNumber(event) {
  return JSON.parse(JSON.stringify(event), (name, value) =>
    name === 'value' && /^\d{11}$/.test(value) ? inRealSeries(value) : value,
  )
}
