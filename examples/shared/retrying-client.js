// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'fhir-kit-client'
import { say } from './program.js'
import { Trouble } from './trouble.js'

/** @typedef {Awaited<ReturnType<Client['search']>>} Answer */
/** @typedef {{ signal: AbortSignal }} Options of one request */

/** Milliseconds that a request may take, its body included. */
const TIME_OUT = 20_000

/** Seconds before the first repetition, and the most before a later one. */
const FIRST_WAIT = 0.2
const LONGEST_WAIT = 10

/** What every client of NHN's APIs needs: a token and a proof, and further attempts. */
export class RetryingClient {
  #service
  #helseid
  #stop

  /**
   * @param {import('./trouble.js').Service} service whose APIs they are
   * @param {import('./helseid.js').HelseId} helseid
   * @param {AbortSignal} stop ends all waiting
   */
  constructor(service, helseid, stop) {
    this.#service = service
    this.#helseid = helseid
    this.#stop = stop
  }

  /** A client whose requests are signed. @param {string} baseUrl */
  clientOf(baseUrl) {
    /** @param {string} url @param {RequestInit} init */
    const requestSigner = async (url, init) => {
      const headers = /** @type {Headers} */ (init.headers)
      await this.#helseid.authorize(init.method ?? 'GET', url, headers).catch(throwTrouble)
    }
    // The signer is awaited, though the type of the configuration does not say so.
    const config = { baseUrl, requestSigner }
    return new Client(config)
  }

  /**
   * Sends a request, and once more where the API wants a nonce or a new token. Rejects with a `Trouble`.
   * @param {(options: Options) => Promise<Answer>} request
   */
  async send(request) {
    const cured = { nonce: false, token: false }
    for (;;) {
      try {
        const answer = await readWhole(request)
        this.#helseid.keepNonce(Client.httpFor(answer).response)
        return answer
      } catch (error) {
        const trouble = error instanceof Trouble ? error : new Trouble(this.#service, error)
        const cure = this.wantsNonce(trouble) ? 'nonce' : this.wantsToken(trouble) ? 'token' : undefined
        if (cure === undefined || cured[cure]) throw trouble
        cured[cure] = true
        this.#helseid.keepNonce(trouble)
        if (cure === 'token') this.#helseid.forgetToken()
        say(`${trouble.message}; once more with a new ${cure}`)
      }
    }
  }

  /**
   * Repeats the work until it succeeds or is refused for good; after each wait, `done` may find that it was done already.
   * @template T
   * @param {() => Promise<T>} work
   * @param {(trouble: Trouble) => Promise<T | undefined>} done
   * @returns {Promise<T>}
   */
  async patiently(work, done = async () => undefined) {
    for (let attempt = 0; ; attempt += 1) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Trouble && this.isTemporary(error))) throw error
        const seconds = this.waitFor(error, attempt)
        say(`${error.message}; waits ${seconds.toFixed(1)} s`)
        await sleep(seconds * 1000, undefined, { signal: this.#stop })
        const found = await done(error)
        if (found !== undefined) return found
      }
    }
  }

  /** @param {Trouble} trouble */
  wantsNonce(trouble) {
    return trouble.asksForNonce
  }

  /** @param {Trouble} trouble */
  wantsToken({ service, status }) {
    return service === this.#service && status === 401
  }

  /** @param {Trouble} trouble */
  isTemporary(trouble) {
    return trouble.isTemporary
  }

  /**
   * In seconds.
   * @param {Trouble} trouble
   * @param {number} attempt
   */
  waitFor({ retryAfter = 0 }, attempt) {
    const jitter = 0.75 + Math.random() / 2
    return Math.max(retryAfter, Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT) * jitter)
  }
}

/**
 * Trusts no answer that says it is something else than JSON, as a proxy's page of errors does.
 * @param {(options: Options) => Promise<Answer>} request
 */
async function readWhole(request) {
  const answer = await request({ signal: AbortSignal.timeout(TIME_OUT) })
  const { response } = Client.httpFor(answer)
  const type = response?.headers.get('content-type') ?? 'json'
  if (!type.includes('json')) throw Object.assign(new Error(`The answer is ${type}.`), { response })
  return answer
}

/**
 * @param {unknown} error
 * @returns {never}
 */
function throwTrouble(error) {
  throw new Trouble('HelseID', error)
}
