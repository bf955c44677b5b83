// @ts-check
import { setTimeout as sleep } from 'node:timers/promises'
import { installBug } from '../shared/bugs.js'
import { HelseId } from '../shared/helseid.js'
import { Pit } from '../shared/pit.js'
import { requireUrl, runProgram, say } from '../shared/program.js'
import { Trouble } from '../shared/trouble.js'
import { BUGS } from './bugs.js'

/** What PIT answers to a person that it does not take; anything else is no matter of the person. */
const REFUSALS = [400, 413]

/** @typedef {{ id: string, resourceType: 'Patient' }} Person as the record system has it */

/**
 * Hands the persons of a record system over to PIT: all of them first, then whoever has changed. Runs until SIGTERM; with
 * `--until-empty`, until two rounds in a row find nothing that changed.
 */
export class HandOver {
  #pit
  #settings
  #personsUrl
  #stop
  /** What PIT took or refused last, by person: a real record system has it in its database. @type {Map<string, string>} */
  #settled = new Map()
  /** Ids of the persons whose newest version PIT did not take. @type {Set<string>} */
  refused = new Set()

  /**
   * @param {Pit} pit
   * @param {import('../shared/program.js').Settings} settings
   * @param {AbortSignal} stop
   */
  constructor(pit, settings, stop) {
    this.#pit = pit
    this.#settings = settings
    this.#personsUrl = requireUrl(settings, 'personsUrl')
    this.#stop = stop
  }

  /** @param {boolean} untilEmpty */
  async run(untilEmpty) {
    for (let emptyRounds = 0; !this.#stop.aborted && emptyRounds < 2; await this.rest()) {
      let changed = 0
      for (const person of await this.persons()) if (await this.handOver(person)) changed += 1
      emptyRounds = untilEmpty && changed === 0 ? emptyRounds + 1 : 0
    }
  }

  /** Those of the record system. */
  async persons() {
    const answer = await fetch(this.#personsUrl, { signal: this.#stop })
    const { entry = [] } = /** @type {{ entry?: { resource: Person }[] }} */ (await answer.json())
    return entry.map(({ resource }) => resource)
  }

  /** Says whether there was something to hand over. @param {Person} person */
  async handOver(person) {
    const patient = this.patientOf(person)
    const version = JSON.stringify(patient)
    if (this.isSettled(person.id, version)) return false
    try {
      await this.submit(patient)
      this.refused.delete(person.id)
      say(`handed over ${person.id}`)
    } catch (error) {
      if (!(error instanceof Trouble && error.service === 'PIT' && REFUSALS.includes(error.status))) throw error
      // The same again would be refused again: somebody has to look at it.
      this.refused.add(person.id)
      say(`${person.id} was refused: ${error.message}`)
    }
    this.#settled.set(person.id, version)
    return true
  }

  /** What PIT gets of a person. @param {Person} person @returns {object} */
  patientOf({ id: _id, ...patient }) {
    return patient
  }

  /** What PIT has of the person is replaced: to send it twice does no harm. @param {object} patient */
  submit(patient) {
    const body = { resourceType: 'Patient', ...patient }
    return this.#pit.patiently(() =>
      this.#pit.send((options) => this.#pit.patients.create({ resourceType: 'Patient', body, options })),
    )
  }

  /**
   * @param {string} id
   * @param {string} version
   */
  isSettled(id, version) {
    return this.#settled.get(id) === version
  }

  async rest() {
    await sleep(this.#settings.pollSeconds * 1000, undefined, { signal: this.#stop }).catch(() => undefined)
  }
}

await runProgram(['until-empty', 'bug'], async (settings, options, stop) => {
  const helseid = new HelseId(settings)
  const pit = new Pit(settings, helseid, stop)
  const ehr = new HandOver(pit, settings, stop)
  installBug({ helseid, api: pit, ehr }, options.bug, BUGS)
  await ehr.run(options['until-empty'] === true)
  say(`done: ${ehr.refused.size === 0 ? 'PIT took everybody' : `PIT refused ${[...ehr.refused].join(', ')}`}`)
  return ehr.refused.size === 0
})
