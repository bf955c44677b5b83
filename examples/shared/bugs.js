// @ts-check
import { nearest } from './nearest.mjs'
import { UsageError } from './program.js'

/**
 * A program is made of objects with methods. A bug replaces some of them; it is given them as they were.
 * @template {Record<string, object>} P
 * @typedef {Record<string, (good: P) => { [K in keyof P]?: Partial<P[K]> }>} Bugs
 */

/** @typedef {{ helseid: import('./helseid.js').HelseId, api: import('./retrying-client.js').RetryingClient }} SharedParts */

/** @type {Bugs<SharedParts>} */
const SHARED_BUGS = {
  'reuse-proof': ({ helseid }) => {
    /** @type {Map<string, Promise<string>>} */
    const proofs = new Map()
    /** @param {import('./helseid.js').ProofClaims} claims */
    const signProof = (claims) => {
      const proof = proofs.get(`${claims.htm} ${claims.htu}`) ?? helseid.signProof(claims)
      proofs.set(`${claims.htm} ${claims.htu}`, proof)
      return proof
    }
    return { helseid: { signProof } }
  },
  'wrong-htu': ({ helseid }) => ({
    helseid: {
      claimsOf: (method, url, token) => ({
        ...helseid.claimsOf(method, url, token),
        htu: `${url.split('?')[0]}?_count=20`,
      }),
    },
  }),
  'no-ath': ({ helseid }) => ({
    helseid: { claimsOf: (method, url, token) => ({ ...helseid.claimsOf(method, url, token), ath: undefined }) },
  }),
  'token-per-request': () => ({ helseid: { lasts: () => false } }),
  'ignore-nonce': () => ({ api: { wantsNonce: () => false }, helseid: { keepNonce: () => {} } }),
}

/**
 * Puts the bug of that name into a program, if any. Throws a `UsageError` when there is none of that name.
 * @template {SharedParts & Record<string, object>} P
 * @param {P} parts
 * @param {string | boolean | undefined} name
 * @param {Bugs<P>} ownBugs
 */
export function installBug(parts, name, ownBugs) {
  if (name === undefined) return
  const bugs = new Map(Object.entries(/** @type {Bugs<P>} */ ({ ...SHARED_BUGS, ...ownBugs })))
  const bug = bugs.get(String(name))
  if (!bug) throw new UsageError(unknownBug(String(name), [...bugs.keys()]))
  const good = /** @type {P} */ (Object.fromEntries(Object.entries(parts).map(([part, made]) => [part, asItIs(made)])))
  for (const [part, functions] of Object.entries(bug(good))) Object.assign(parts[part] ?? {}, functions)
}

/**
 * The methods and values of an object as they are now. What a method calls is what the object has by then.
 * @param {object} made
 */
function asItIs(made) {
  const values = /** @type {Record<string, unknown>} */ ({ ...made })
  for (let kind = Object.getPrototypeOf(made); kind !== Object.prototype; kind = Object.getPrototypeOf(kind))
    for (const name of Object.getOwnPropertyNames(kind)) values[name] ??= kind[name].bind(made)
  return values
}

/**
 * @param {string} name
 * @param {readonly string[]} known
 */
function unknownBug(name, known) {
  const guess = nearest(name, known)
  return `There is no bug ${name}. ${guess ? `Did you mean ${guess}?` : `There are ${known.join(', ')}.`}`
}
