// @ts-check

import { requireUrl } from './program.js'
import { RetryingClient } from './retrying-client.js'

/** Pasientinformasjonstjenesten. */
export class Pit extends RetryingClient {
  /**
   * @param {import('./program.js').Settings} settings
   * @param {import('./helseid.js').HelseId} helseid
   * @param {AbortSignal} stop ends all waiting
   */
  constructor(settings, helseid, stop) {
    super('PIT', helseid, stop)
    this.patients = this.clientOf(`${requireUrl(settings, 'pitUrl')}/v1`)
  }
}
