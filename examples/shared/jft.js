// @ts-check
import { createPatience } from './patience.js'

/** @typedef {import('./patience.js').Answer} Answer */
/** @typedef {import('./patience.js').Options} Options */

/**
 * JFT's two APIs.
 * @typedef {import('./patience.js').Patience & { read: Client, write: Client }} Jft
 * @typedef {import('fhir-kit-client').Client} Client
 */

/**
 * @param {import('./program.js').Settings} settings
 * @param {import('./helseid.js').HelseId} helseid
 * @param {AbortSignal} stop ends all waiting
 * @returns {Jft}
 */
export function createJft({ readUrl, writeUrl }, helseid, stop) {
  const api = createPatience('JFT', helseid, stop)
  return Object.assign(api, { read: api.clientOf(`${readUrl}/v1`), write: api.clientOf(`${writeUrl}/v1`) })
}
