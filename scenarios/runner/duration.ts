const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/
const UNITS = [86_400_000, 3_600_000, 60_000, 1_000]

/** Milliseconds of an ISO 8601 duration in days to seconds. Throws when it is none. */
export function milliseconds(duration: string): number {
  const parts = DURATION.exec(duration)?.slice(1)
  if (!parts || parts.every((part) => part === undefined)) {
    throw new Error(`${duration} is no duration such as PT10M.`)
  }
  return UNITS.reduce((sum, unit, index) => sum + unit * Number(parts[index] ?? 0), 0)
}
