// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { HelseId } from '../shared/helseid.js'
import { Pit } from '../shared/pit.js'
import { runProgram, say } from '../shared/program.js'
import { BUGS } from './bugs.js'

/** The most that PIT gives at a time. */
const COUNT = '50'

/** @typedef {import('../shared/retrying-client.js').Answer} Answer */
/** @typedef {{ id: string, meta: { lastUpdated: string } }} Patient as far as it is looked at here */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Patient }[] }} Page */

/**
 * Mirrors a municipality's patients from PIT: all of them first, then what has changed. Runs until SIGTERM; with
 * `--until-empty`, until two rounds in a row bring nothing new.
 */
export class Mirror {
  #pit
  #settings
  #stop
  /** A real vendor has these in its database: the version of each patient, by id. @type {Map<string, string>} */
  #versions = new Map()
  /** The newest stamp of the rounds that came to their end: from there on it is asked again. @type {string | undefined} */
  #since

  /**
   * @param {Pit} pit
   * @param {import('../shared/program.js').Settings} settings
   * @param {AbortSignal} stop
   */
  constructor(pit, settings, stop) {
    this.#pit = pit
    this.#settings = settings
    this.#stop = stop
  }

  /** @param {boolean} untilEmpty */
  async run(untilEmpty) {
    for (let emptyRounds = 0; !this.#stop.aborted && emptyRounds < 2; await this.rest()) {
      const found = await this.round()
      emptyRounds = untilEmpty && found === 0 ? emptyRounds + 1 : 0
    }
  }

  /** Reads what has changed, and gives how many versions were new. */
  async round() {
    let found = 0
    let newest = this.#since
    /** @type {Page | undefined} */
    let page = await this.search(this.filters(this.#since))
    while (page) {
      for (const { resource } of page.entry ?? []) {
        if (this.keep(resource)) found += 1
        if (newest === undefined || resource.meta.lastUpdated > newest) newest = resource.meta.lastUpdated
      }
      page = await this.nextPage(page)
    }
    this.#since = newest
    if (found > 0) say(`mirrored ${found} versions, ${this.#versions.size} patients in all`)
    return found
  }

  /**
   * From the stamp itself on, since another patient may have the same one.
   * @param {string | undefined} from
   * @returns {Record<string, string>}
   */
  filters(from) {
    return { _count: COUNT, ...(from === undefined ? {} : { _lastUpdated: `ge${from}` }) }
  }

  /** The first page. @param {Record<string, string>} searchParams */
  search(searchParams) {
    return this.#readPage((options) => this.#pit.patients.search({ resourceType: 'Patient', searchParams, options }))
  }

  /** @param {Page} page */
  async nextPage({ link }) {
    const next = link.find(({ relation }) => relation === 'next')
    return next && this.follow(next.url)
  }

  /** The link is PIT's: it is followed as it is, with no look into the cursor and no parameter more. @param {string} url */
  follow(url) {
    return this.#readPage((options) => this.#pit.patients.request(url, { options }))
  }

  /** Says whether the version was new. @param {Patient} patient */
  keep({ id, meta }) {
    if (this.#versions.get(id) === meta.lastUpdated) return false
    this.#versions.set(id, meta.lastUpdated)
    return true
  }

  async rest() {
    await sleep(this.#settings.pollSeconds * 1000, undefined, { signal: this.#stop }).catch(() => undefined)
  }

  /** @param {Parameters<Pit['send']>[0]} request */
  async #readPage(request) {
    return /** @type {Page} */ (await this.#pit.patiently(() => this.#pit.send(request)))
  }
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = new HelseId(settings)
  const pit = new Pit(settings, helseid, stop)
  const mirror = new Mirror(pit, settings, stop)
  installBug({ helseid, api: pit, mirror }, options.bug, BUGS)
  await mirror.run(options['until-empty'] === true)
  say('done: nothing has changed since')
  return true
})
