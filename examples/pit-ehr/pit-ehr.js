// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { connectToPit, environment } from '../shared/pit.js'
import { runProgram, say } from '../shared/program.js'
import { Trouble } from '../shared/trouble.js'
import { BUGS } from './bugs.js'

/**
 * A record system that hands the persons of a municipality over to PIT: all of them, and again whoever has changed. Whom it
 * has, and what happens to them, it reads from `EHR_PERSONS_URL`; a real one has them in its database. Runs until SIGTERM.
 */

/** @typedef {import('../shared/jft.js').Answer} Answer */
/** @typedef {import('fhir/r4.js').Patient} Patient */

/**
 * @typedef {object} Ehr
 * @property {() => Promise<void>} run
 * @property {() => Promise<Patient[]>} persons as they are now
 * @property {(patient: Patient) => boolean} isSettled whether PIT has, or has refused, just that
 * @property {(patient: Patient) => Promise<void>} handOver
 * @property {(patient: Patient) => Promise<Answer>} send
 * @property {() => Promise<void>} rest
 */

/**
 * @param {import('../shared/jft.js').Jft} pit
 * @param {import('../shared/program.js').Settings} settings
 * @param {string} source
 * @param {AbortSignal} stop
 * @returns {Ehr}
 */
function createEhr(pit, { pollSeconds }, source, stop) {
  /** What PIT was told last, by the EHR's own id. A real record system has it in its database. @type {Map<string, string>} */
  const settled = new Map()
  /** @type {Ehr} */
  const ehr = {
    async run() {
      while (!stop.aborted) {
        for (const patient of await ehr.persons()) if (!ehr.isSettled(patient)) await ehr.handOver(patient)
        await ehr.rest()
      }
    },

    async persons() {
      const answer = await fetch(source, { signal: stop })
      const { entry } = /** @type {import('fhir/r4.js').Bundle<Patient>} */ (await answer.json())
      return (entry ?? []).flatMap(({ resource }) => resource ?? [])
    },

    isSettled: (patient) => settled.get(patient.id ?? '') === JSON.stringify(patient),

    /** What PIT refuses now it will refuse again, until the person changes: somebody must look at it. */
    async handOver(patient) {
      const accepted = await pit
        .patiently(() => ehr.send(patient))
        .then(() => true)
        .catch(refused)
      settled.set(patient.id ?? '', JSON.stringify(patient))
      say(`${accepted ? 'handed over' : 'could not hand over'} ${patient.id}`)
    },

    /** Sent again, it takes the place of what PIT has: no answer, no harm. */
    send({ id: _own, ...patient }) {
      const body = /** @type {Answer} */ (/** @type {unknown} */ (patient))
      return pit.send((options) => pit.write.create({ resourceType: 'Patient', body, options }))
    },

    rest: () => sleep(pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined),
  }
  return ehr
}

/** Any other trouble is not about the patient, and ends the program. @param {unknown} error */
function refused(error) {
  if (!(error instanceof Trouble && [400, 413].includes(error.status))) throw error
  say(error.message)
  return false
}

await runProgram(['bug'], async (settings, options, stop) => {
  const { helseid, jft } = connectToPit(settings, stop)
  const ehr = createEhr(jft, settings, environment('EHR_PERSONS_URL'), stop)
  installBug({ helseid, jft, ehr }, options.bug, BUGS)
  await ehr.run()
  return true
})
