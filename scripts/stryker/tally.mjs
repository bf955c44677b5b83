import { isSampled } from './sample.mjs'

/**
 * @typedef {{ line: number, column: number }} Position
 * @typedef {{ id: string, mutatorName: string, replacement?: string, status: string, location: { start: Position, end: Position } }} Reported
 * @typedef {{ files: Record<string, { source: string, mutants: readonly Reported[] }> }} StrykerReport
 * @typedef {{ file: string, line: number, column: number, before: string, after: string, mutator: string, covered: boolean }} Survivor
 * @typedef {{ tried: number, caught: number, explained: number, unexplained: readonly Survivor[] }} Tally
 */

/** Where a scenario noticed: it failed, it took for ever, or the program broke. */
const CAUGHT = ['Killed', 'Timeout', 'RuntimeError']

/**
 * What became of the mutants of the sample. `reasons`: why a survivor may live, by what `keyOf` says of it, or for all of a file,
 * `simulator/x.ts: *`.
 * @param {StrykerReport} report
 * @param {{ seed: string, oneIn: number }} sample
 * @param {Record<string, string>} reasons
 * @returns {Tally}
 */
export function tally({ files }, sample, reasons) {
  const all = Object.entries(files).flatMap(([file, { source, mutants }]) =>
    mutants.map((mutant) => ({ file, source, mutant })),
  )
  const tried = all.filter(({ file, mutant }) => isTried(file, mutant, sample))
  const survivors = tried.filter(({ mutant }) => !CAUGHT.includes(mutant.status)).map(survivorOf)
  const unexplained = survivors.filter((one) => (reasons[keyOf(one)] ?? reasons[`${one.file}: *`]) === undefined)
  return {
    tried: tried.length,
    caught: tried.length - survivors.length,
    explained: survivors.length - unexplained.length,
    unexplained,
  }
}

/**
 * What no scenario comes near is not asked for by Stryker, and counts.
 * @param {string} fileName @param {Reported} mutant @param {{ seed: string, oneIn: number }} sample
 */
function isTried(fileName, { status, mutatorName, replacement = '', location }, sample) {
  if (status !== 'NoCoverage') return [...CAUGHT, 'Survived'].includes(status)
  // A report counts from 1.
  const start = { line: location.start.line - 1, column: location.start.column - 1 }
  const end = { line: location.end.line - 1, column: location.end.column - 1 }
  return isSampled({ fileName, mutatorName, replacement, location: { start, end } }, sample)
}

/** @param {{ file: string, source: string, mutant: Reported }} found @returns {Survivor} */
function survivorOf({ file, source, mutant: { status, mutatorName, replacement = '', location } }) {
  const { start } = location
  return {
    file,
    ...start,
    before: textAt(source, location),
    after: replacement,
    mutator: mutatorName,
    covered: status !== 'NoCoverage',
  }
}

/** @param {string} source @param {Reported['location']} location lines and columns from 1 */
function textAt(source, { start, end }) {
  const lines = source.split('\n').slice(start.line - 1, end.line)
  const last = lines.length - 1
  return lines
    .map((line, index) => line.slice(index === 0 ? start.column - 1 : 0, index === last ? end.column - 1 : undefined))
    .join('\n')
}

/** The change itself, wherever it stands in its file: a line more above it makes no other of it. @param {Survivor} one */
export function keyOf({ file, before, after }) {
  const flat = (/** @type {string} */ text) => text.replace(/\s+/g, ' ').slice(0, 80)
  return `${file}: ${flat(before)} => ${flat(after)}`
}

/** @param {Tally} result */
export function describe({ tried, caught, explained, unexplained }) {
  const share = ((100 * caught) / Math.max(1, tried)).toFixed(1)
  const lines = unexplained.map(
    (one) => `${one.covered ? 'survived' : 'not met '} ${one.line}:${one.column} ${keyOf(one)}`,
  )
  const sum = `${tried} mutants tried, ${caught} caught by packs (${share} %), ${explained} with a reason, ${unexplained.length} without.`
  return [...lines, sum].join('\n')
}
