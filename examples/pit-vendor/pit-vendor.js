// @ts-check
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { connectToPit } from '../shared/pit.js'
import { runProgram, say } from '../shared/program.js'
import { BUGS } from './bugs.js'

/**
 * A vendor that mirrors the patients of a municipality: reads all of them, and then again and again what has changed since
 * the newest time that it has seen. `--state FILE` keeps the mirror over a restart. Runs until SIGTERM.
 */

/** @typedef {import('../shared/jft.js').Answer} Answer */
/** @typedef {import('fhir/r4.js').Patient} Patient */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Patient }[] }} Page */
/** @typedef {{ newest: string | undefined, patients: Record<string, Patient> }} Mirror */

/**
 * @typedef {object} Vendor
 * @property {Mirror} mirror
 * @property {() => Promise<void>} run
 * @property {() => Promise<void>} poll
 * @property {() => Record<string, string>} filters of a search
 * @property {(searchParams: Record<string, string>) => Promise<Page>} search the first page
 * @property {(page: Page) => Promise<Page | undefined>} nextPage
 * @property {(url: string) => Promise<Page>} follow
 * @property {(patient: Patient) => void} keep
 * @property {() => void} save
 * @property {() => Promise<void>} rest
 */

/**
 * @param {import('../shared/jft.js').Jft} pit
 * @param {import('../shared/program.js').Settings} settings
 * @param {string | undefined} file
 * @param {AbortSignal} stop
 * @returns {Vendor}
 */
function createVendor(pit, { pollSeconds }, file, stop) {
  /** @type {Vendor} */
  const vendor = {
    mirror: file && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : { newest: undefined, patients: {} },

    async run() {
      while (!stop.aborted) {
        await vendor.poll()
        await vendor.rest()
      }
    },

    async poll() {
      /** @type {Page | undefined} */
      let page = await vendor.search(vendor.filters())
      while (page) {
        for (const { resource } of page.entry ?? []) vendor.keep(resource)
        vendor.save()
        page = await vendor.nextPage(page)
      }
    },

    /** From the newest time on, and with it: another patient may have the same. */
    filters: () => (vendor.mirror.newest === undefined ? {} : { _lastUpdated: `ge${vendor.mirror.newest}` }),

    search: (searchParams) =>
      readPage((options) => pit.read.search({ resourceType: 'Patient', searchParams, options })),

    async nextPage({ link }) {
      const next = link.find(({ relation }) => relation === 'next')
      return next && vendor.follow(next.url)
    },

    /** The link is PIT's: it is followed as it is, with no look into the cursor and no parameter more. */
    follow: (url) => readPage((options) => pit.read.request(url, { options })),

    /** PIT's id of a person stays the same; a later version takes the place of the earlier. */
    keep(patient) {
      const { id = '', meta } = patient
      if (vendor.mirror.patients[id]?.meta?.lastUpdated !== meta?.lastUpdated)
        say(`Patient/${id} is new or has changed`)
      vendor.mirror.patients[id] = patient
      vendor.mirror.newest = meta?.lastUpdated
    },

    save() {
      if (file) writeFileSync(file, JSON.stringify(vendor.mirror))
    },

    rest: () => sleep(pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined),
  }
  return vendor

  /** @param {Parameters<import('../shared/jft.js').Jft['send']>[0]} request */
  async function readPage(request) {
    return /** @type {Page} */ (await pit.patiently(() => pit.send(request)))
  }
}

await runProgram(['state', 'bug'], async (settings, options, stop) => {
  const { helseid, jft } = connectToPit(settings, stop)
  const file = options.state === undefined ? undefined : String(options.state)
  const vendor = createVendor(jft, settings, file, stop)
  installBug({ helseid, jft, vendor }, options.bug, BUGS)
  await vendor.run()
  say(`done: has ${Object.keys(vendor.mirror.patients).length} patients`)
  return true
})
