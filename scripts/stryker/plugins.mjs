import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isSampled } from './sample.mjs'

/*
 * Plugins of Stryker: the packs as its tests, and a sample of its mutants. Stryker takes them by their shape, so that
 * nothing of it has to be installed beside them.
 */

/** @typedef {import('./packs.ts').Scenarios} Scenarios */
/** @typedef {{ activeMutant?: string, currentTestId?: string, mutantCoverage?: object, hitLimit?: number, hitCount?: number }} Switches */
/** @typedef {{ testFilter?: readonly string[], activeMutant: { id: string }, hitLimit?: number }} MutantRun */

/** Where mutated code looks for which mutant is on (INSTRUMENTER_CONSTANTS of Stryker's API). */
const NAMESPACE = '__stryker__'

/** A scenario is a test. The code of the sandbox runs in this process: a switch tells which mutant of it is on. */
class PacksRunner {
  constructor() {
    /** @type {Record<string, Switches>} */
    const space = /** @type {never} */ (globalThis)
    space[NAMESPACE] ??= {}
    /** @type {Switches} */
    this.switches = space[NAMESPACE]
  }

  /** What is made once in a process may have been made with another mutant: such mutants get a process of their own. */
  capabilities() {
    return { reloadEnvironment: false }
  }

  async init() {
    const file = pathToFileURL(resolve('scripts/stryker/packs.ts')).href
    /** @type {Scenarios} */
    this.scenarios = await (await import(file)).openScenarios()
  }

  async dryRun() {
    const tests = []
    for (const id of this.scenarios?.ids ?? []) {
      this.switches.currentTestId = id
      const began = performance.now()
      const failure = await this.play(id)
      const timeSpentMs = performance.now() - began
      const outcome = failure === undefined ? { status: 0 } : { status: 1, failureMessage: failure }
      tests.push({ id, name: id, timeSpentMs, ...outcome })
    }
    delete this.switches.currentTestId
    return { status: 'complete', tests, mutantCoverage: this.switches.mutantCoverage }
  }

  /** Up to the first scenario that fails. @param {MutantRun} run */
  async mutantRun({ testFilter, activeMutant, hitLimit }) {
    Object.assign(this.switches, { activeMutant: activeMutant.id, hitLimit, hitCount: hitLimit && 0 })
    const ids = testFilter ?? this.scenarios?.ids ?? []
    let nrOfTests = 0
    for (const id of ids) {
      nrOfTests += 1
      const failureMessage = await this.play(id)
      if (failureMessage !== undefined) return { status: 'killed', killedBy: [id], failureMessage, nrOfTests }
    }
    return { status: 'survived', nrOfTests }
  }

  /** @param {string} id */
  async play(id) {
    try {
      return await this.scenarios?.play(id)
    } catch (error) {
      return String(error)
    }
  }
}

/** Lets the mutants of the sample through, and no others. */
class Sample {
  static inject = /** @type {const} */ (['options'])

  /** @param {{ sample: { seed: string, oneIn: number } }} options */
  constructor({ sample }) {
    this.sample = sample
  }

  async init() {}

  /** @param {readonly (import('./sample.mjs').Mutant & { id: string })[]} mutants */
  async check(mutants) {
    const { sample } = this
    return Object.fromEntries(
      mutants.map((mutant) => [
        mutant.id,
        isSampled(mutant, sample) ? { status: 'passed' } : { status: 'compileError', reason: 'not in the sample' },
      ]),
    )
  }
}

export const strykerPlugins = [
  { kind: 'TestRunner', name: 'packs', injectableClass: PacksRunner },
  { kind: 'Checker', name: 'sample', injectableClass: Sample },
]
