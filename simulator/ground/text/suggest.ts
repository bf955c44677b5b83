/** The candidate that is nearest to what was typed, when one is near enough to be meant. */
export function nearest(typed: string, candidates: readonly string[]): string | undefined {
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distance(typed.toLowerCase(), candidate.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
  const [best] = ranked
  return best && best.distance <= Math.max(2, Math.floor(best.candidate.length / 3)) ? best.candidate : undefined
}

/** What helps with a name that there is none of: the one that was meant, or `others`, by default all that there are. */
export function suggest(name: string, known: readonly string[], others = thereAre(known)): string {
  const guess = nearest(name, known)
  return guess === undefined ? others : `Did you mean ${guess}?`
}

/** The sentence for a name that there is none of: `There is no pack jft-raed. Did you mean jft-read?` */
export function unknownName(kind: string, name: string, known: readonly string[], others?: string): string {
  return `There is no ${kind} ${name}. ${suggest(name, known, others)}`
}

function thereAre(known: readonly string[]): string {
  return known.length === 0 ? 'There are none.' : `There are ${known.join(', ')}.`
}

/** Levenshtein distance of the first 200 characters. */
function distance(a: string, b: string): number {
  const left = a.slice(0, 200)
  const right = b.slice(0, 200)
  let previous = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i += 1) {
    const current = [i]
    for (let j = 1; j <= right.length; j += 1) {
      const substitution = (previous[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      current.push(Math.min(substitution, (previous[j] ?? 0) + 1, (current[j - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[right.length] ?? 0
}
