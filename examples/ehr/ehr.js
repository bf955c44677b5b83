// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { HelseId } from '../shared/helseid.js'
import { Jft } from '../shared/jft.js'
import { runProgram, say } from '../shared/program.js'
import { BUGS } from './bugs.js'

const TYPES = ['Bundle', 'Composition', 'MedicationDispense']

/** @typedef {import('../shared/retrying-client.js').Answer} Answer */
/** @typedef {{ resourceType: string, id: string }} Event as far as it is looked at here */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Event }[] }} Page */

/**
 * Fetches the events that are not acknowledged, journals each once, and acknowledges it. Runs until SIGTERM; with
 * `--until-empty`, until two rounds in a row find nothing new.
 */
export class RecordSystem {
  #jft
  #settings
  #stop
  /** A real record system has these ids in its database. @type {Set<string>} */
  #journaled = new Set()

  /**
   * @param {Jft} jft
   * @param {import('../shared/program.js').Settings} settings
   * @param {AbortSignal} stop
   */
  constructor(jft, settings, stop) {
    this.#jft = jft
    this.#settings = settings
    this.#stop = stop
  }

  /** @param {boolean} untilEmpty */
  async run(untilEmpty) {
    for (let emptyRounds = 0; !this.#stop.aborted && emptyRounds < 2; await this.rest()) {
      let found = 0
      for (const type of TYPES) {
        const events = await this.poll(type)
        for (const event of events) await this.acknowledge(event)
        found += events.length
      }
      emptyRounds = untilEmpty && found === 0 ? emptyRounds + 1 : 0
    }
  }

  /** Journals the new events of the type, and gives them. @param {string} type */
  async poll(type) {
    const found = []
    /** @type {Page | undefined} */
    let page = await this.search(type, this.filters())
    while (page) {
      found.push(...this.eventsOf(page).filter((event) => this.journal(event)))
      page = await this.nextPage(page)
    }
    return found
  }

  /** @returns {Record<string, string>} */
  filters() {
    return { '_tag:not': this.#settings.acknowledgedTag }
  }

  /**
   * The first page.
   * @param {string} type
   * @param {Record<string, string>} searchParams
   */
  search(type, searchParams) {
    return this.#readPage((options) => this.#jft.read.search({ resourceType: type, searchParams, options }))
  }

  /** @param {Page} page */
  async nextPage({ link }) {
    const next = link.find(({ relation }) => relation === 'next')
    return next && this.follow(next.url)
  }

  /** The link is JFT's: it is followed as it is, with no look into the cursor and no parameter more. @param {string} url */
  follow(url) {
    return this.#readPage((options) => this.#jft.read.request(url, { options }))
  }

  /** @param {Page} page */
  eventsOf({ entry = [] }) {
    return entry.map(({ resource }) => resource)
  }

  /** Says whether the event was new: a page may have one that was on another page before. @param {Event} event */
  journal({ resourceType, id }) {
    if (this.#journaled.has(id)) return false
    this.#journaled.add(id)
    say(`journaled ${resourceType}/${id}`)
    return true
  }

  /** @param {Event} event */
  async acknowledge(event) {
    const { resourceType, id } = event
    const name = '$journaling-acknowledged'
    await this.#jft.patiently(
      () => this.#jft.send((options) => this.#jft.write.operation({ resourceType, id, name, options })),
      async (trouble) => (trouble.isUnsure ? this.findAcknowledgement(event) : undefined),
    )
    say(`acknowledged ${resourceType}/${id}`)
  }

  /** The status, where it has an acknowledgement. @param {Event} event */
  async findAcknowledgement({ resourceType, id }) {
    const call = { resourceType, id, name: '$status', method: /** @type {const} */ ('GET') }
    const status = await this.#jft.patiently(() =>
      this.#jft.send((options) => this.#jft.read.operation({ ...call, options })),
    )
    return status.journalingAcknowledged ? status : undefined
  }

  async rest() {
    await sleep(this.#settings.pollSeconds * 1000, undefined, { signal: this.#stop }).catch(() => undefined)
  }

  /** @param {Parameters<Jft['send']>[0]} request */
  async #readPage(request) {
    return /** @type {Page} */ (await this.#jft.patiently(() => this.#jft.send(request)))
  }
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = new HelseId(settings)
  const jft = new Jft(settings, helseid, stop)
  const ehr = new RecordSystem(jft, settings, stop)
  installBug({ helseid, api: jft, ehr }, options.bug, BUGS)
  await ehr.run(options['until-empty'] === true)
  say('done: all that was fetched is journaled and acknowledged')
  return true
})
