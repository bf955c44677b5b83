// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'fhir-kit-client'
import { say } from './program.js'
import { Trouble } from './trouble.js'

/** @typedef {Awaited<ReturnType<Client['search']>>} Answer */
/** @typedef {{ signal: AbortSignal }} Options of one request */

/** Milliseconds that a request may take, its body included. */
const TIME_OUT = 5_000

/** Seconds before the first repetition, and the most before a later one. */
const FIRST_WAIT = 0.2
const LONGEST_WAIT = 10

/**
 * What every client of NHN's APIs needs: a token and a proof, and patience.
 * @typedef {object} Patience
 * @property {(baseUrl: string) => Client} clientOf a client whose requests are signed
 * @property {(request: (options: Options) => Promise<Answer>) => Promise<Answer>} send
 *   sends a request, and once more where the API wants a nonce or a new token; rejects with a `Trouble`
 * @property {<T>(work: () => Promise<T>, done?: (trouble: Trouble) => Promise<T | undefined>) => Promise<T>} patiently
 *   repeats the work until it succeeds or is refused for good; after each wait, `done` may find that it was done already
 * @property {(trouble: Trouble) => boolean} wantsNonce
 * @property {(trouble: Trouble) => boolean} wantsToken
 * @property {(trouble: Trouble) => boolean} isTemporary
 * @property {(trouble: Trouble, attempt: number) => number} waitFor seconds
 */

/**
 * @param {import('./trouble.js').Service} service whose APIs they are
 * @param {import('./helseid.js').HelseId} helseid
 * @param {AbortSignal} stop ends all waiting
 * @returns {Patience}
 */
export function createPatience(service, helseid, stop) {
  /** @param {string} url @param {RequestInit} init */
  const requestSigner = async (url, init) => {
    const headers = /** @type {Headers} */ (init.headers)
    await helseid.authorize(init.method ?? 'GET', url, headers).catch(throwTrouble)
  }
  /** @type {Patience} */
  const api = {
    clientOf(baseUrl) {
      // The signer is awaited, though the type of the configuration does not say so.
      const config = { baseUrl, requestSigner }
      return new Client(config)
    },

    async send(request) {
      const cured = { nonce: false, token: false }
      for (;;) {
        try {
          const answer = await readWhole(request)
          helseid.keepNonce(Client.httpFor(answer).response)
          return answer
        } catch (error) {
          const trouble = error instanceof Trouble ? error : new Trouble(service, error)
          const cure = api.wantsNonce(trouble) ? 'nonce' : api.wantsToken(trouble) ? 'token' : undefined
          if (cure === undefined || cured[cure]) throw trouble
          cured[cure] = true
          helseid.keepNonce(trouble)
          if (cure === 'token') helseid.forgetToken()
          say(`${trouble.message}; once more with a new ${cure}`)
        }
      }
    },

    async patiently(work, done = async () => undefined) {
      for (let attempt = 0; ; attempt += 1) {
        try {
          return await work()
        } catch (error) {
          if (!(error instanceof Trouble && api.isTemporary(error))) throw error
          const seconds = api.waitFor(error, attempt)
          say(`${error.message}; waits ${seconds.toFixed(1)} s`)
          await sleep(seconds * 1000, undefined, { signal: stop })
          const found = await done(error)
          if (found !== undefined) return found
        }
      }
    },

    wantsNonce: (trouble) => trouble.asksForNonce,
    wantsToken: ({ service: of, status }) => of === service && status === 401,
    isTemporary: (trouble) => trouble.isTemporary,
    waitFor({ retryAfter = 0 }, attempt) {
      const jitter = 0.75 + Math.random() / 2
      return Math.max(retryAfter, Math.min(FIRST_WAIT * 2 ** attempt, LONGEST_WAIT) * jitter)
    },
  }
  return api
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
