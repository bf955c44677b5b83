// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { createHelseId } from '../shared/helseid.js'
import { createJft } from '../shared/jft.js'
import { runProgram, say } from '../shared/program.js'
import { BUGS } from './bugs.js'

/**
 * A record system: fetches the events that are not acknowledged, journals each once, and acknowledges it. Runs until
 * SIGTERM; with `--until-empty`, until two rounds in a row find nothing new.
 */

const TYPES = ['Bundle', 'Composition', 'MedicationDispense']

/** @typedef {import('../shared/jft.js').Answer} Answer */
/** @typedef {{ resourceType: string, id: string }} Event as far as it is looked at here */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Event }[] }} Page */

/**
 * @typedef {object} Ehr
 * @property {(untilEmpty: boolean) => Promise<void>} run
 * @property {(type: string) => Promise<Event[]>} poll journals the new events of the type, and gives them
 * @property {() => Record<string, string>} filters of a search
 * @property {(type: string, searchParams: Record<string, string>) => Promise<Page>} search the first page
 * @property {(page: Page) => Promise<Page | undefined>} nextPage
 * @property {(url: string) => Promise<Page>} follow
 * @property {(page: Page) => Event[]} eventsOf
 * @property {(event: Event) => boolean} journal whether the event was new
 * @property {(event: Event) => Promise<void>} acknowledge
 * @property {(event: Event) => Promise<Answer | undefined>} findAcknowledgement the status, where it has one
 * @property {() => Promise<void>} rest
 */

/**
 * @param {import('../shared/jft.js').Jft} jft
 * @param {import('../shared/program.js').Settings} settings
 * @param {AbortSignal} stop
 * @returns {Ehr}
 */
function createEhr(jft, { acknowledgedTag, pollSeconds }, stop) {
  /** A real record system has these ids in its database. @type {Set<string>} */
  const journaled = new Set()
  /** @type {Ehr} */
  const ehr = {
    async run(untilEmpty) {
      for (let emptyRounds = 0; !stop.aborted && emptyRounds < 2; await ehr.rest()) {
        let found = 0
        for (const type of TYPES) {
          const events = await ehr.poll(type)
          for (const event of events) await ehr.acknowledge(event)
          found += events.length
        }
        emptyRounds = untilEmpty && found === 0 ? emptyRounds + 1 : 0
      }
    },

    async poll(type) {
      const found = []
      /** @type {Page | undefined} */
      let page = await ehr.search(type, ehr.filters())
      while (page) {
        found.push(...ehr.eventsOf(page).filter(ehr.journal))
        page = await ehr.nextPage(page)
      }
      return found
    },

    filters: () => ({ '_tag:not': acknowledgedTag }),

    search: (type, searchParams) =>
      readPage((options) => jft.read.search({ resourceType: type, searchParams, options })),

    async nextPage({ link }) {
      const next = link.find(({ relation }) => relation === 'next')
      return next && ehr.follow(next.url)
    },

    /** The link is JFT's: it is followed as it is, with no look into the cursor and no parameter more. */
    follow: (url) => readPage((options) => jft.read.request(url, { options })),

    eventsOf: ({ entry = [] }) => entry.map(({ resource }) => resource),

    /** A page may have an event that was on another page before. */
    journal({ resourceType, id }) {
      if (journaled.has(id)) return false
      journaled.add(id)
      say(`journaled ${resourceType}/${id}`)
      return true
    },

    async acknowledge(event) {
      const { resourceType, id } = event
      const name = '$journaling-acknowledged'
      await jft.patiently(
        () => jft.send((options) => jft.write.operation({ resourceType, id, name, options })),
        async (trouble) => (trouble.isUnsure ? ehr.findAcknowledgement(event) : undefined),
      )
      say(`acknowledged ${resourceType}/${id}`)
    },

    async findAcknowledgement({ resourceType, id }) {
      const call = { resourceType, id, name: '$status', method: /** @type {const} */ ('GET') }
      const status = await jft.patiently(() => jft.send((options) => jft.read.operation({ ...call, options })))
      return status.journalingAcknowledged ? status : undefined
    },

    rest: () => sleep(pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined),
  }
  return ehr

  /** @param {Parameters<import('../shared/jft.js').Jft['send']>[0]} request */
  async function readPage(request) {
    return /** @type {Page} */ (await jft.patiently(() => jft.send(request)))
  }
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = createHelseId(settings)
  const jft = createJft(settings, helseid, stop)
  const ehr = createEhr(jft, settings, stop)
  installBug({ helseid, api: jft, ehr }, options.bug, BUGS)
  await ehr.run(options['until-empty'] === true)
  say('done: all that was fetched is journaled and acknowledged')
  return true
})
