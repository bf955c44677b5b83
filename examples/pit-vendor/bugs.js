// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {import('../shared/bugs.js').SharedParts & { vendor: import('./pit-vendor.js').Vendor }} Parts */

/** Milliseconds between two polls, whatever was told. */
const TOO_SHORT = 20

/** How often a 429 is repeated at once. */
const IMMEDIATE = 20

/**
 * Ways to lose somebody on the way from PIT, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'first-page-only': () => ({ vendor: { nextPage: async () => undefined } }),
  'cursor-decoded': ({ vendor }) => ({ vendor: { follow: (url) => vendor.follow(withChangedCursor(url)) } }),
  'cursor-with-filter': ({ vendor }) => ({
    vendor: { follow: (url) => vendor.follow(`${url}&_lastUpdated=ge2024-01-01T12:00Z`) },
  }),
  'from-own-clock': ({ vendor }) => ({
    vendor: {
      filters: () => (vendor.mirror.newest === undefined ? {} : { _lastUpdated: `ge${new Date().toISOString()}` }),
    },
  }),
  'forget-stamp': () => ({ vendor: { filters: () => ({}) } }),
  'ignore-retry-after': ({ jft }) => ({
    jft: {
      waitFor: (trouble, attempt) =>
        trouble.status === 429 && attempt < IMMEDIATE ? 0 : jft.waitFor(trouble, attempt),
    },
  }),
  'give-up-on-503': ({ jft }) => ({
    jft: { isTemporary: (trouble) => trouble.status !== 503 && jft.isTemporary(trouble) },
  }),
  'give-up-on-reset': ({ jft }) => ({
    jft: { isTemporary: (trouble) => (!trouble.isBroken || trouble.isCut) && jft.isTemporary(trouble) },
  }),
  'poll-too-fast': () => ({ vendor: { rest: () => sleep(TOO_SHORT) } }),
}

/** JSON in base64 twice is what NHN's example of a cursor looks like. @param {string} text */
function withChangedCursor(text) {
  const url = new URL(text)
  const members = JSON.parse(atob(atob(url.searchParams.get('cursor') ?? '')))
  url.searchParams.set('cursor', btoa(btoa(JSON.stringify({ ...members, Count: 50 }))))
  return url.href
}
