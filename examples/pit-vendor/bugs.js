// @ts-check

/** @typedef {import('../shared/bugs.js').SharedParts & { mirror: import('./pit-vendor.js').Mirror }} Parts */

/**
 * Ways to break the contract as a vendor that mirrors patients, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'first-page-only': () => ({ mirror: { nextPage: async () => undefined } }),
  'cursor-with-filter': ({ mirror }) => ({ mirror: { follow: (url) => mirror.follow(`${url}&_count=10`) } }),
  'no-token-refresh': () => ({ api: { wantsToken: () => false } }),
  'give-up-on-503': ({ api }) => ({
    api: { isTemporary: (trouble) => trouble.status !== 503 && api.isTemporary(trouble) },
  }),
}
