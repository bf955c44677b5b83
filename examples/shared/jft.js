// @ts-check
import { RetryingClient } from './retrying-client.js'

/** @typedef {import('./retrying-client.js').Answer} Answer */
/** @typedef {import('./retrying-client.js').Options} Options */

/** JFT's two APIs. */
export class Jft extends RetryingClient {
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
