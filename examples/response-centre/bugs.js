// @ts-check
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
  'no-backoff': ({ api }) => ({
    api: {
      waitFor: (trouble, attempt) =>
        trouble.status === 503 && attempt < IMMEDIATE ? 0 : api.waitFor(trouble, attempt),
    },
  }),
  'give-up-on-503': ({ api }) => ({
    api: { isTemporary: (trouble) => trouble.status !== 503 && api.isTemporary(trouble) },
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

/** Weights of the first control digit. */
const K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]

/**
 * The first control digit is right neither by today's rule nor by that of 2032 (which takes a remainder of 0 to 3), so that
 * nobody has the number or will have it.
 * @param {string} number of a synthetic series: 80 or 65 is added to the month
 */
function inRealSeries(number) {
  const month = Number(number.slice(2, 4))
  const nine = number.slice(0, 2) + String(month - (month > 80 ? 80 : 65)).padStart(2, '0') + number.slice(4, 9)
  const sum = K1.reduce((total, weight, index) => total + weight * Number(nine[index]), 0)
  const wrong = [...'0123456789'].find((digit) => (sum + Number(digit)) % 11 > 3)
  return `${nine}${wrong}${number.slice(10)}`
}
