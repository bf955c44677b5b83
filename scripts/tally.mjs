/**
 * What a run of tests came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed tests that failed, and whatever failed outside any test
 * @property {string[]} skipped names, each followed by the reason given for skipping it
 */

/** @returns {Tally} */
export function emptyTally() {
  return { passed: 0, failed: 0, skipped: [] }
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  return {
    passed: tallies.reduce((total, { passed }) => total + passed, 0),
    failed: tallies.reduce((total, { failed }) => total + failed, 0),
    skipped: tallies.flatMap(({ skipped }) => skipped),
  }
}

/**
 * The closing lines of a run: what was skipped and why, if anything, and last exactly `N passed, N failed`.
 * @param {Tally} tally
 * @returns {string[]}
 */
export function closingLines({ passed, failed, skipped }) {
  const summary = `${passed} passed, ${failed} failed`
  return skipped.length > 0 ? [`${skipped.length} skipped: ${skipped.join('; ')}`, summary] : [summary]
}

/**
 * @param {string} name
 * @param {string} [reason]
 */
export function withReason(name, reason) {
  return reason ? `${name} (${reason})` : name
}
