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

/** Optimal string alignment distance. */
function editDistance(one: string, other: string): number {
  let before: number[] = []
  let above = Array.from({ length: other.length + 1 }, (_, index) => index)
  for (let row = 1; row <= one.length; row++) {
    const current = [row]
    for (let column = 1; column <= other.length; column++) {
      const same = one[row - 1] === other[column - 1]
      let least = Math.min(
        (above[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (above[column - 1] ?? 0) + (same ? 0 : 1),
      )
      const swapped = row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (swapped) least = Math.min(least, (before[column - 2] ?? 0) + 1)
      current.push(least)
    }
    before = above
    above = current
  }
  return above[other.length] ?? 0
}
