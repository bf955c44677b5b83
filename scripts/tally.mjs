/**
 * What a run of tests came to.
 * @typedef {object} Tally
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 */

/**
 * Adds up the suites of a report in JUnit's format, as Vitest and Playwright write it.
 * @param {string} report
 * @returns {Tally}
 */
export function tallyOf(report) {
  const suites = [...report.matchAll(/<testsuite\s[^>]*>/g)].map(([tag]) => ({
    tests: count(tag, 'tests'),
    failed: count(tag, 'failures') + count(tag, 'errors'),
    skipped: count(tag, 'skipped'),
  }))
  return sum(suites.map(({ tests, failed, skipped }) => ({ passed: tests - failed - skipped, failed, skipped })))
}

/**
 * @param {string} tag
 * @param {string} attribute
 */
function count(tag, attribute) {
  return Number(new RegExp(`\\s${attribute}="(\\d+)"`).exec(tag)?.[1] ?? 0)
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sum(tallies) {
  const total = (/** @type {keyof Tally} */ member) => tallies.reduce((all, tally) => all + tally[member], 0)
  return { passed: total('passed'), failed: total('failed'), skipped: total('skipped') }
}
