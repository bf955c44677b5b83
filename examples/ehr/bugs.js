// @ts-check
import { Client } from 'fhir-kit-client'
import { Trouble } from '../shared/trouble.js'

/** @typedef {import('../shared/bugs.js').SharedParts & { api: import('../shared/jft.js').Jft, ehr: import('./ehr.js').RecordSystem }} Parts */
/** @typedef {import('./ehr.js').Page} Page */

/** How often a 429 is repeated at once. */
const IMMEDIATE = 20

/**
 * Ways to break the contract as a record system, one each.
 * @type {import('../shared/bugs.js').Bugs<Parts>}
 */
export const BUGS = {
  'skip-last-page': ({ ehr }) => ({
    ehr: { eventsOf: (page) => (hasNext(page) ? ehr.eventsOf(page) : []) },
  }),
  refetch: () => ({ ehr: { filters: () => ({}) } }),
  offset: ({ ehr }) => ({
    ehr: {
      nextPage: async (page) => {
        const type = page.entry?.[0]?.resource.resourceType
        if (!type || !hasNext(page) || isLater(page)) return ehr.nextPage(page)
        return ehr.search(type, { ...ehr.filters(), _count: '50' })
      },
    },
  }),
  'cursor-decoded': ({ ehr }) => ({ ehr: { follow: (url) => ehr.follow(withChangedCursor(url)) } }),
  'cursor-with-filter': ({ ehr }) => ({
    ehr: { follow: (url) => ehr.follow(`${url}&${new URLSearchParams(ehr.filters())}`) },
  }),
  'acknowledge-twice': ({ ehr }) => ({
    ehr: {
      acknowledge: async (event) => {
        await ehr.acknowledge(event)
        await ehr.acknowledge(event)
      },
    },
  }),
  'acknowledge-unread': ({ ehr, api }) => {
    let isDone = false
    /** The only ids that it can have without a search are those of events of its own. @param {string} type */
    const poll = async (type) => {
      if (!isDone) await ehr.acknowledge(await submitNote(api))
      isDone = true
      return ehr.poll(type)
    }
    return { ehr: { poll } }
  },
  'never-acknowledge': () => ({ ehr: { acknowledge: async () => {} } }),
  'no-token-refresh': () => ({ api: { wantsToken: () => false } }),
  'ignore-retry-after': ({ api }) => ({
    api: {
      waitFor: (trouble, attempt) =>
        trouble.status === 429 && attempt < IMMEDIATE ? 0 : api.waitFor(trouble, attempt),
    },
  }),
  'give-up-on-503': ({ api }) => ({
    api: { isTemporary: (trouble) => trouble.status !== 503 && api.isTemporary(trouble) },
  }),
  'give-up-on-reset': ({ api }) => ({
    api: { isTemporary: (trouble) => (!trouble.isBroken || trouble.isCut) && api.isTemporary(trouble) },
  }),
  'drop-cut-page': ({ ehr, api }) => ({
    api: { isTemporary: (trouble) => !trouble.isCut && api.isTemporary(trouble) },
    ehr: {
      search: (type, searchParams) => ehr.search(type, searchParams).catch(emptyWhereCut),
      follow: (url) => ehr.follow(url).catch(emptyWhereCut),
    },
  }),
  'poll-too-fast': () => ({ ehr: { rest: async () => {} } }),
}

/** @param {Page} page */
function hasNext({ link }) {
  return link.some(({ relation }) => relation === 'next')
}

/** Not the first page as JFT makes it on its own. @param {Page} page */
function isLater({ link }) {
  return link.some(({ relation, url }) => relation === 'self' && /[?&](_count|cursor)=/.test(url))
}

/** JSON in base64 twice is what NHN's example of a cursor looks like. @param {string} text */
function withChangedCursor(text) {
  const url = new URL(text)
  const members = JSON.parse(atob(atob(url.searchParams.get('cursor') ?? '')))
  url.searchParams.set('cursor', btoa(btoa(JSON.stringify({ ...members, Count: 50 }))))
  return url.href
}

/**
 * @param {unknown} error
 * @returns {Page}
 */
function emptyWhereCut(error) {
  if (!(error instanceof Trouble && error.isCut)) throw error
  return { resourceType: 'Bundle', link: [] }
}

/** @param {import('../shared/jft.js').Jft} jft */
async function submitNote(jft) {
  const body = {
    resourceType: 'Composition',
    status: 'final',
    type: { text: 'Note' },
    date: new Date().toISOString(),
    author: [{ display: 'Example record system' }],
    title: 'A note that is acknowledged without being read',
  }
  const answer = await jft.send((options) => jft.write.create({ resourceType: 'Composition', body, options }))
  const status = Client.httpFor(answer).response?.headers.get('location') ?? ''
  return { resourceType: 'Composition', id: status.split('/').at(-2) ?? '' }
}
