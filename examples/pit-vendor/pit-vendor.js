// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { createHelseId } from '../shared/helseid.js'
import { createPit } from '../shared/pit.js'
import { runProgram, say } from '../shared/program.js'
import { BUGS } from './bugs.js'

/**
 * A vendor that mirrors a municipality's patients from PIT: all of them first, then what has changed. Runs until SIGTERM;
 * with `--until-empty`, until two rounds in a row bring nothing new.
 */

/** The most that PIT gives at a time. */
const COUNT = '50'

/** @typedef {import('../shared/patience.js').Answer} Answer */
/** @typedef {{ id: string, meta: { lastUpdated: string } }} Patient as far as it is looked at here */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Patient }[] }} Page */

/**
 * @typedef {object} Mirror
 * @property {(untilEmpty: boolean) => Promise<void>} run
 * @property {() => Promise<number>} round reads what has changed; gives how many versions were new
 * @property {(since: string | undefined) => Record<string, string>} filters
 * @property {(searchParams: Record<string, string>) => Promise<Page>} search the first page
 * @property {(page: Page) => Promise<Page | undefined>} nextPage
 * @property {(url: string) => Promise<Page>} follow
 * @property {(patient: Patient) => boolean} keep whether the version was new
 * @property {() => Promise<void>} rest
 */

/**
 * @param {import('../shared/pit.js').Pit} pit
 * @param {import('../shared/program.js').Settings} settings
 * @param {AbortSignal} stop
 * @returns {Mirror}
 */
function createMirror(pit, { pollSeconds }, stop) {
  /** A real vendor has these in its database: the version of each patient, by id. @type {Map<string, string>} */
  const versions = new Map()
  /** The newest stamp of the rounds that came to their end: from there on it is asked again. @type {string | undefined} */
  let since
  /** @type {Mirror} */
  const mirror = {
    async run(untilEmpty) {
      for (let emptyRounds = 0; !stop.aborted && emptyRounds < 2; await mirror.rest()) {
        const found = await mirror.round()
        emptyRounds = untilEmpty && found === 0 ? emptyRounds + 1 : 0
      }
    },

    async round() {
      let found = 0
      let newest = since
      /** @type {Page | undefined} */
      let page = await mirror.search(mirror.filters(since))
      while (page) {
        for (const { resource } of page.entry ?? []) {
          if (mirror.keep(resource)) found += 1
          if (newest === undefined || resource.meta.lastUpdated > newest) newest = resource.meta.lastUpdated
        }
        page = await mirror.nextPage(page)
      }
      since = newest
      if (found > 0) say(`mirrored ${found} versions, ${versions.size} patients in all`)
      return found
    },

    /** From the stamp itself on, since another patient may have the same one. */
    filters: (from) => ({ _count: COUNT, ...(from === undefined ? {} : { _lastUpdated: `ge${from}` }) }),

    search: (searchParams) =>
      readPage((options) => pit.patients.search({ resourceType: 'Patient', searchParams, options })),

    async nextPage({ link }) {
      const next = link.find(({ relation }) => relation === 'next')
      return next && mirror.follow(next.url)
    },

    /** The link is PIT's: it is followed as it is, with no look into the cursor and no parameter more. */
    follow: (url) => readPage((options) => pit.patients.request(url, { options })),

    keep({ id, meta }) {
      if (versions.get(id) === meta.lastUpdated) return false
      versions.set(id, meta.lastUpdated)
      return true
    },

    rest: () => sleep(pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined),
  }
  return mirror

  /** @param {Parameters<import('../shared/pit.js').Pit['send']>[0]} request */
  async function readPage(request) {
    return /** @type {Page} */ (await pit.patiently(() => pit.send(request)))
  }
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = createHelseId(settings)
  const pit = createPit(settings, helseid, stop)
  const mirror = createMirror(pit, settings, stop)
  installBug({ helseid, api: pit, mirror }, options.bug, BUGS)
  await mirror.run(options['until-empty'] === true)
  say('done: nothing has changed since')
  return true
})
