// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { Client } from 'fhir-kit-client'
import { installBug } from '../shared/bugs.js'
import { createHelseId } from '../shared/helseid.js'
import { createJft } from '../shared/jft.js'
import { numberOf, runProgram, say } from '../shared/program.js'
import { Trouble } from '../shared/trouble.js'
import { BUGS } from './bugs.js'
import { identifierOf, makeEvents } from './events.js'

/**
 * A response centre: submits `--count` events, and follows the status of each until a record system has acknowledged it,
 * or `--wait` seconds are over.
 */

/** How often JFT is searched for an event that it may have, before the event is sent again. */
const LOOKS = 3
/** Milliseconds between them: JFT may need a moment to register an event. */
const BETWEEN_LOOKS = 300
/** Milliseconds by which JFT's clock may be behind. */
const SKEW = 10_000

/** The members of a status, in the order in which they get a time. */
const STAGES = ['registered', 'read', 'journalingAcknowledged', 'failed']

/** @typedef {import('../shared/jft.js').Answer} Answer */
/** @typedef {import('./events.js').Event} Event */
/** @typedef {Answer & { link: { relation: string, url: string }[], entry?: { resource: Event & { id: string } }[] }} Page */
/** @typedef {{ name: string, url: string, stage: string }} Submission `url`: of its status */

/**
 * @typedef {object} ResponseCentre
 * @property {Record<string, string>} headers of a submission
 * @property {(events: Event[], waitSeconds: number) => Promise<boolean>} run whether it did all
 * @property {(event: Event) => Promise<string>} submit gives the URL of the status
 * @property {(event: Event, options: import('../shared/jft.js').Options) => Promise<Answer>} post
 * @property {(event: Event, since: string) => Promise<string | undefined>} find the URL of the status, where JFT has it
 * @property {(submissions: Submission[], until: number) => Promise<boolean>} follow whether JFT has registered all
 */

/**
 * @param {import('../shared/jft.js').Jft} jft
 * @param {import('../shared/program.js').Settings} settings
 * @param {AbortSignal} stop
 * @returns {ResponseCentre}
 */
function createResponseCentre(jft, { readUrl, pollSeconds }, stop) {
  /** @type {ResponseCentre} */
  const centre = {
    headers: { 'nhn-source-system': 'Example response centre 1.0' },

    async run(events, waitSeconds) {
      const submissions = []
      for (const [index, event] of events.entries()) {
        const name = `${event.resourceType} ${index + 1}`
        const url = await centre.submit(event).catch((error) => reportRefusal(name, error))
        if (url !== undefined) submissions.push({ name, url, stage: 'submitted' })
      }
      const areRegistered = await centre.follow(submissions, Date.now() + waitSeconds * 1000)
      return areRegistered && submissions.length === events.length
    },

    /** A broken connection does not tell whether JFT has the event: a second copy would stand in the health record. */
    async submit(event) {
      const since = new Date(Date.now() - SKEW).toISOString()
      const url = await jft.patiently(
        async () => locationOf(await jft.send((options) => centre.post(event, options))),
        async (trouble) => (trouble.isUnsure ? centre.find(event, since) : undefined),
      )
      say(`submitted ${event.resourceType}: ${url}`)
      return url
    },

    post(event, options) {
      const body = /** @type {Answer} */ (/** @type {unknown} */ (event))
      const { resourceType } = event
      return jft.write.create({ resourceType, body, options: { ...options, headers: centre.headers } })
    },

    async find(event, since) {
      for (let look = 1; look <= LOOKS; look += 1) {
        const id = await findId(event, since)
        if (id !== undefined) {
          say(`JFT has the ${event.resourceType}: it is not sent again`)
          return `${readUrl}/v1/${event.resourceType}/${id}/$status`
        }
        await sleep(BETWEEN_LOOKS, undefined, { signal: stop })
      }
      say(`JFT does not have the ${event.resourceType}: it is sent again`)
      return undefined
    },

    async follow(submissions, until) {
      const open = new Set(submissions)
      while (open.size > 0 && Date.now() < until && !stop.aborted) {
        for (const submission of open) if (await isSettled(submission)) open.delete(submission)
        if (open.size > 0) await sleep(pollSeconds * 1000, undefined, { signal: stop })
      }
      for (const { name, stage } of open) say(`${name}: still ${stage}`)
      return submissions.every(({ stage }) => stage !== 'submitted' && stage !== 'failed')
    },
  }
  return centre

  /**
   * The id that JFT gave the event. JFT cannot search by identifier, and may count what a search finds as read: so only
   * the few events since then are looked through.
   * @param {Event} event
   * @param {string} since
   */
  async function findId(event, since) {
    const first = `${event.resourceType}?${new URLSearchParams({ _lastUpdated: `ge${since}` })}`
    for (let url = /** @type {string | undefined} */ (first); url !== undefined; ) {
      const { entry = [], link } = /** @type {Page} */ (await read(url))
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
  async function isSettled(submission) {
    const status = await read(submission.url).catch(absentWhereNotFound)
    const stage = STAGES.findLast((name) => status[name]) ?? submission.stage
    if (stage !== submission.stage) say(`${submission.name}: ${stage}`)
    submission.stage = stage
    return stage === 'journalingAcknowledged' || stage === 'failed'
  }

  /** @param {string} url */
  function read(url) {
    return jft.patiently(() => jft.send((options) => jft.read.request(url, { options })))
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
  const helseid = createHelseId(settings)
  const jft = createJft(settings, helseid, stop)
  const centre = createResponseCentre(jft, settings, stop)
  installBug({ helseid, api: jft, centre }, options.bug, BUGS)
  return centre.run(events, numberOf('--wait', options.wait, 10))
})
