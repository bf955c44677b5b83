// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { createHelseId } from '../shared/helseid.js'
import { createPit } from '../shared/pit.js'
import { requireUrl, runProgram, say } from '../shared/program.js'
import { Trouble } from '../shared/trouble.js'
import { BUGS } from './bugs.js'

/**
 * A record system that hands its persons over to PIT: all of them first, then whoever has changed. Runs until SIGTERM; with
 * `--until-empty`, until two rounds in a row find nothing that changed. Its exit code is 1 when PIT refused somebody.
 */

/** What PIT answers to a person that it does not take; anything else is no matter of the person. */
const REFUSALS = [400, 413]

/** @typedef {{ id: string, resourceType: 'Patient' }} Person as the record system has it */

/**
 * @typedef {object} HandOver
 * @property {(untilEmpty: boolean) => Promise<void>} run
 * @property {() => Promise<Person[]>} persons of the record system
 * @property {(person: Person) => Promise<boolean>} handOver whether there was something to hand over
 * @property {(person: Person) => object} patientOf what PIT gets of a person
 * @property {(patient: object) => Promise<unknown>} submit
 * @property {(id: string, version: string) => boolean} isSettled
 * @property {() => Promise<void>} rest
 * @property {Set<string>} refused ids of the persons whose newest version PIT did not take
 */

/**
 * @param {import('../shared/pit.js').Pit} pit
 * @param {import('../shared/program.js').Settings} settings
 * @param {AbortSignal} stop
 * @returns {HandOver}
 */
function createHandOver(pit, settings, stop) {
  const personsUrl = requireUrl(settings, 'personsUrl')
  /** What PIT took or refused last, by person: a real record system has it in its database. @type {Map<string, string>} */
  const settled = new Map()
  /** @type {HandOver} */
  const ehr = {
    refused: new Set(),

    async run(untilEmpty) {
      for (let emptyRounds = 0; !stop.aborted && emptyRounds < 2; await ehr.rest()) {
        let changed = 0
        for (const person of await ehr.persons()) if (await ehr.handOver(person)) changed += 1
        emptyRounds = untilEmpty && changed === 0 ? emptyRounds + 1 : 0
      }
    },

    async persons() {
      const answer = await fetch(personsUrl, { signal: stop })
      const { entry = [] } = /** @type {{ entry?: { resource: Person }[] }} */ (await answer.json())
      return entry.map(({ resource }) => resource)
    },

    async handOver(person) {
      const patient = ehr.patientOf(person)
      const version = JSON.stringify(patient)
      if (ehr.isSettled(person.id, version)) return false
      try {
        await ehr.submit(patient)
        ehr.refused.delete(person.id)
        say(`handed over ${person.id}`)
      } catch (error) {
        if (!(error instanceof Trouble && error.service === 'PIT' && REFUSALS.includes(error.status))) throw error
        // The same again would be refused again: somebody has to look at it.
        ehr.refused.add(person.id)
        say(`${person.id} was refused: ${error.message}`)
      }
      settled.set(person.id, version)
      return true
    },

    patientOf: ({ id: _id, ...patient }) => patient,

    /** What PIT has of the person is replaced: to send it twice does no harm. */
    submit: (body) =>
      pit.patiently(() =>
        pit.send((options) =>
          pit.patients.create({ resourceType: 'Patient', body: { resourceType: 'Patient', ...body }, options }),
        ),
      ),

    isSettled: (id, version) => settled.get(id) === version,

    rest: () => sleep(settings.pollSeconds * 1000, undefined, { signal: stop }).catch(() => undefined),
  }
  return ehr
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = createHelseId(settings)
  const pit = createPit(settings, helseid, stop)
  const ehr = createHandOver(pit, settings, stop)
  installBug({ helseid, api: pit, ehr }, options.bug, BUGS)
  await ehr.run(options['until-empty'] === true)
  say(`done: ${ehr.refused.size === 0 ? 'PIT took everybody' : `PIT refused ${[...ehr.refused].join(', ')}`}`)
  return ehr.refused.size === 0
})
