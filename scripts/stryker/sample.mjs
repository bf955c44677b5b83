import { createHash } from 'node:crypto'

/**
 * @typedef {{ line: number, column: number }} Position
 * @typedef {{ fileName: string, mutatorName: string, replacement?: string | undefined, location: { start: Position, end: Position } }} Mutant
 */

/**
 * Whether a mutant is in the sample: one in so many, always the same ones for a seed and a place.
 * @param {Mutant} mutant its file anywhere below a copy of the project; its place as Stryker has it within, from 0
 * @param {{ seed: string, oneIn: number }} sample
 */
export function isSampled({ fileName, mutatorName, replacement = '', location: { start, end } }, { seed, oneIn }) {
  const file = fileName.replaceAll('\\', '/').replace(/^.*\/(?=simulator\/)/, '')
  const place = [start.line, start.column, end.line, end.column]
  const key = JSON.stringify([seed, file, mutatorName, replacement, ...place])
  return createHash('sha256').update(key).digest().readUInt32BE() % oneIn === 0
}
