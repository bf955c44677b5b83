/** The candidate that was probably meant, and how sure that is. */
export interface Nearest {
  readonly name: string
  /** Nothing else is as near, and few letters differ: it may be written without asking. */
  readonly sure: boolean
}

/** Longer names are not compared: whoever misspells one of this length is not helped by a guess. */
const LONGEST = 100

/**
 * The candidate nearest to a name, letter case and the characters between words aside; undefined when none is near. Counts
 * insertions, deletions, substitutions and neighbours that changed places.
 */
export function nearestTo(name: string, candidates: Iterable<string>): Nearest | undefined {
  if (name.length > LONGEST) return undefined
  const plain = plainly(name)
  let best: { readonly name: string; readonly distance: number } | undefined
  let second = Number.POSITIVE_INFINITY
  for (const candidate of candidates) {
    const other = plainCandidate(candidate)
    // As many letters have to be put in or taken out: it can be neither the nearest nor the second.
    if (Math.abs(plain.length - other.length) >= second) continue
    const distance = editDistance(plain, other)
    if (best === undefined || distance < best.distance) {
      second = best?.distance ?? second
      best = { name: candidate, distance }
    } else second = Math.min(second, distance)
  }
  if (best === undefined || best.distance > Math.max(2, Math.floor(best.name.length / 3))) return undefined
  const few = best.distance === 0 || best.distance <= Math.min(2, Math.floor((plain.length - 1) / 3))
  return { name: best.name, sure: few && best.distance < second }
}

const plainly = (text: string): string => text.trim().toLowerCase().replace(/[-_ ]/g, '')

/** Candidates are names of R4's table, of which there are some thousands. */
const PLAIN = new Map<string, string>()
const MOST_PLAIN = 20_000

function plainCandidate(candidate: string): string {
  const known = PLAIN.get(candidate)
  if (known !== undefined) return known
  const plain = plainly(candidate)
  if (PLAIN.size < MOST_PLAIN) PLAIN.set(candidate, plain)
  return plain
}

/** Rows of the table of distances: of the letter before the last, of the last, and of this one. They are used again. */
let rows: readonly [Uint16Array, Uint16Array, Uint16Array] = newRows(2 * LONGEST)

function newRows(room: number): typeof rows {
  return [new Uint16Array(room), new Uint16Array(room), new Uint16Array(room)]
}

/** Optimal string alignment distance. */
function editDistance(one: string, other: string): number {
  const width = other.length + 1
  if (width > rows[0].length) rows = newRows(2 * width)
  let [before, above, current] = rows
  for (let column = 0; column < width; column++) above[column] = column
  for (let row = 1; row <= one.length; row++) {
    const letter = one.charCodeAt(row - 1)
    const earlier = one.charCodeAt(row - 2)
    current[0] = row
    for (let column = 1; column < width; column++) {
      const against = other.charCodeAt(column - 1)
      let least = (above[column - 1] ?? 0) + (letter === against ? 0 : 1)
      least = Math.min(least, (above[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1)
      const isSwapped = row > 1 && column > 1 && letter === other.charCodeAt(column - 2) && earlier === against
      if (isSwapped) least = Math.min(least, (before[column - 2] ?? 0) + 1)
      current[column] = least
    }
    ;[before, above, current] = [above, current, before]
  }
  return above[other.length] ?? 0
}
