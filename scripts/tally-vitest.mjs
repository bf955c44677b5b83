import { writeFileSync } from 'node:fs'
import { emptyTally, withReason } from './tally.mjs'

/** A Vitest reporter that writes a Tally as JSON: Vitest's own JSON reporter drops the reason given to `skip`. */
export class TallyReporter {
  #file

  /** @param {string} file */
  constructor(file) {
    this.#file = file
  }

  /**
   * @param {readonly import('vitest/node').TestModule[]} modules
   * @param {readonly unknown[]} unhandledErrors
   */
  onTestRunEnd(modules, unhandledErrors) {
    const tally = emptyTally()
    for (const module of modules) addModule(tally, module)
    tally.failed += unhandledErrors.length
    writeFileSync(this.#file, JSON.stringify(tally))
  }
}

/**
 * @param {import('./tally.mjs').Tally} tally
 * @param {import('vitest/node').TestModule} module
 */
function addModule(tally, module) {
  const groups = [module, ...module.children.allSuites()]
  tally.failed += groups.filter((group) => group.errors().length > 0).length
  for (const test of module.children.allTests()) {
    const result = test.result()
    if (result.state === 'passed') tally.passed += 1
    else if (result.state === 'failed') tally.failed += 1
    else tally.skipped.push(withReason(test.fullName, result.state === 'skipped' ? result.note : undefined))
  }
}
