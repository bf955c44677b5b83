/** A span in which whoever watches stood still for a while: what happened in it was seen, and perhaps done, late. */
export interface Stall {
  readonly from: number
  readonly until: number
  /** Milliseconds of it that were too many. */
  readonly late: number
}

/** Milliseconds that a turn of watching may take beside its sleep, on a machine that has time. */
const USUAL = 30

/** The stall that a turn had, which began then and should have taken so long. */
export function stallOf(from: number, until: number, expected: number): Stall[] {
  const late = until - from - expected
  return late > USUAL ? [{ from, until, late }] : []
}

/** A program has to wait for the machine as its judge has, and after it for its judge. */
const TWICE = 2

/** Milliseconds by which a time measured in a span may be wrong, as far as stalls show. */
export function blur(stalls: readonly Stall[], from: number, until: number): number {
  let sum = 0
  for (const stall of stalls) {
    const shared = Math.min(stall.until, until) - Math.max(stall.from, from)
    if (shared > 0) sum += Math.min(stall.late, shared)
  }
  return TWICE * sum
}

/** Milliseconds of all stalls since then. */
export function lateSince(stalls: readonly Stall[], since: number): number {
  return stalls.reduce((sum, { until, late }) => (until > since ? sum + late : sum), 0)
}
