// @ts-check
import { createPatience } from './patience.js'
import { requireUrl } from './program.js'

/**
 * Pasientinformasjonstjenesten.
 * @typedef {import('./patience.js').Patience & { patients: import('fhir-kit-client').Client }} Pit
 */

/**
 * @param {import('./program.js').Settings} settings
 * @param {import('./helseid.js').HelseId} helseid
 * @param {AbortSignal} stop ends all waiting
 * @returns {Pit}
 */
export function createPit(settings, helseid, stop) {
  const api = createPatience('PIT', helseid, stop)
  return Object.assign(api, { patients: api.clientOf(`${requireUrl(settings, 'pitUrl')}/v1`) })
}
