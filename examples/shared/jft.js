// @ts-check
import { Patience } from './patience.js'

/** @typedef {import('./patience.js').Answer} Answer */
/** @typedef {import('./patience.js').Options} Options */

/** JFT's two APIs. */
export class Jft extends Patience {
  /**
   * @param {import('./program.js').Settings} settings
   * @param {import('./helseid.js').HelseId} helseid
   * @param {AbortSignal} stop ends all waiting
   */
  constructor({ readUrl, writeUrl }, helseid, stop) {
    super('JFT', helseid, stop)
    this.read = this.clientOf(`${readUrl}/v1`)
    this.write = this.clientOf(`${writeUrl}/v1`)
  }
}
