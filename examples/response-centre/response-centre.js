// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'fhir-kit-client'
import { installBug } from '../shared/bugs.js'
import { HelseId } from '../shared/helseid.js'
import { Jft } from '../shared/jft.js'
import { numberOf, runProgram, say } from '../shared/program.js'
import { Trouble } from '../shared/trouble.js'
import { BUGS } from './bugs.js'
import { identifierOf, makeEvents } from './events.js'

/** How often JFT is searched for an event that it may have, before the event is sent again. */
const LOOKS = 3
/** Milliseconds between them: JFT may need a moment to register an event. */
const BETWEEN_LOOKS = 300
/** Milliseconds by which JFT's clock may be behind. */
const SKEW = 10_000

/** The members of a status, in the order in which they get a time. */
const STAGES = ['registered', 'read', 'journalingAcknowledged', 'failed']

/** @typedef {import('../shared/retrying-client.js').Answer} Answer */
/** @typedef {import('./events.js').Event} Event */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Event & { id: string } }[] }} Page */
/** @typedef {{ name: string, url: string, stage: string }} Submission `url`: of its status */

/**
 * Submits `--count` events, and follows the status of each until a record system has acknowledged it, or `--wait` seconds
 * are over.
 */
export class ResponseCentre {
  #jft
  #settings
  #stop
  /** Of a submission. @type {Record<string, string>} */
  headers = { 'nhn-source-system': 'Example response centre 1.0' }

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

  /**
   * Says whether it did all.
   * @param {Event[]} events
   * @param {number} waitSeconds
   */
  async run(events, waitSeconds) {
    const submissions = []
    for (const [index, event] of events.entries()) {
      const name = `${event.resourceType} ${index + 1}`
      const url = await this.submit(event).catch((error) => reportRefusal(name, error))
      if (url !== undefined) submissions.push({ name, url, stage: 'submitted' })
    }
    const areRegistered = await this.follow(submissions, Date.now() + waitSeconds * 1000)
    return areRegistered && submissions.length === events.length
  }

  /**
   * Gives the URL of the status. A broken connection does not tell whether JFT has the event: a second copy would stand in
   * the health record.
   * @param {Event} event
   */
  async submit(event) {
    const since = new Date(Date.now() - SKEW).toISOString()
    const url = await this.#jft.patiently(
      async () => locationOf(await this.#jft.send((options) => this.post(event, options))),
      async (trouble) => (trouble.isUnsure ? this.find(event, since) : undefined),
    )
    say(`submitted ${event.resourceType}: ${url}`)
    return url
  }

  /**
   * @param {Event} event
   * @param {import('../shared/retrying-client.js').Options} options
   */
  post(event, options) {
    const body = /** @type {Answer} */ (/** @type {unknown} */ (event))
    const { resourceType } = event
    return this.#jft.write.create({ resourceType, body, options: { ...options, headers: this.headers } })
  }

  /**
   * The URL of the status, where JFT has the event.
   * @param {Event} event
   * @param {string} since
   * @returns {Promise<string | undefined>}
   */
  async find(event, since) {
    for (let look = 1; look <= LOOKS; look += 1) {
      const id = await this.#findId(event, since)
      if (id !== undefined) {
        say(`JFT has the ${event.resourceType}: it is not sent again`)
        return `${this.#settings.readUrl}/v1/${event.resourceType}/${id}/$status`
      }
      await sleep(BETWEEN_LOOKS, undefined, { signal: this.#stop })
    }
    say(`JFT does not have the ${event.resourceType}: it is sent again`)
    return undefined
  }

  /**
   * Says whether JFT has registered all.
   * @param {Submission[]} submissions
   * @param {number} until
   */
  async follow(submissions, until) {
    const open = new Set(submissions)
    while (open.size > 0 && Date.now() < until && !this.#stop.aborted) {
      for (const submission of open) if (await this.#isSettled(submission)) open.delete(submission)
      if (open.size > 0) await sleep(this.#settings.pollSeconds * 1000, undefined, { signal: this.#stop })
    }
    for (const { name, stage } of open) say(`${name}: still ${stage}`)
    return submissions.every(({ stage }) => stage !== 'submitted' && stage !== 'failed')
  }

  /**
   * The id that JFT gave the event. JFT cannot search by identifier, and may count what a search finds as read: so only
   * the few events since then are looked through.
   * @param {Event} event
   * @param {string} since
   */
  async #findId(event, since) {
    const first = `${event.resourceType}?${new URLSearchParams({ _lastUpdated: `ge${since}` })}`
    for (let url = /** @type {string | undefined} */ (first); url !== undefined; ) {
      const { entry = [], link } = /** @type {Page} */ (await this.#read(url))
      const found = entry.find(({ resource }) => identifierOf(resource) === identifierOf(event))
      if (found) return found.resource.id
      url = link.find(({ relation }) => relation === 'next')?.url
    }
    return undefined
  }

  /**
   * Tells what is new, and whether there is no more to come.
   * @param {Submission} submission
   */
  async #isSettled(submission) {
    const status = await this.#read(submission.url).catch(absentWhereNotFound)
    const stage = STAGES.findLast((name) => status[name]) ?? submission.stage
    if (stage !== submission.stage) say(`${submission.name}: ${stage}`)
    submission.stage = stage
    return stage === 'journalingAcknowledged' || stage === 'failed'
  }

  /** @param {string} url */
  #read(url) {
    return this.#jft.patiently(() => this.#jft.send((options) => this.#jft.read.request(url, { options })))
  }
}

/** @param {Answer} accepted */
function locationOf(accepted) {
  const location = Client.httpFor(accepted).response?.headers.get('location')
  if (location) return location
  throw new Error('JFT accepted the event, and did not say where its status is.')
}

/**
 * What JFT refuses now it will refuse again: somebody must look at it.
 * @param {string} name
 * @param {unknown} error
 */
function reportRefusal(name, error) {
  if (!(error instanceof Trouble)) throw error
  say(`gave up ${name}: ${error.message}`)
  return undefined
}

/**
 * The status may be there a little later than the event.
 * @param {unknown} error
 * @returns {Answer}
 */
function absentWhereNotFound(error) {
  if (error instanceof Trouble && error.status === 404) return { resourceType: 'none' }
  throw error
}

await runProgram(['count', 'wait', 'bug'], async (settings, options, stop) => {
  const events = makeEvents(numberOf('--count', options.count, 5))
  const helseid = new HelseId(settings)
  const jft = new Jft(settings, helseid, stop)
  const centre = new ResponseCentre(jft, settings, stop)
  installBug({ helseid, api: jft, centre }, options.bug, BUGS)
  return centre.run(events, numberOf('--wait', options.wait, 10))
})
