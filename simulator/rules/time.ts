/** The instants that a written time stands for, in microseconds since the epoch: from (inclusive) until (exclusive). */
export interface TimeSpan {
  readonly from: number
  readonly until: number
  readonly hasMinutes: boolean
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,7}))?)?(Z|[+-]\d\d:\d\d))?$/

const MINUTE = 60_000_000
const SECOND = 1_000_000

/**
 * Reads a date, or a date and time with an offset. `undefined`: another form, or no real date. A time with a fraction
 * stands for that one microsecond, since JFT leaves trailing zeros of its own stamps out.
 */
export function parseTime(text: string): TimeSpan | undefined {
  const match = TIME.exec(text)
  if (!match) return undefined
  const [, year, month, day, hour, minute, second, fraction, zone] = match
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day))
  if (new Date(midnight).toISOString().slice(0, 10) !== `${year}-${month}-${day}`) return undefined
  if (hour === undefined) return { from: midnight * 1000, until: (midnight + 86_400_000) * 1000, hasMinutes: false }
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second ?? 0) > 59) return undefined
  const offset = offsetOf(zone ?? 'Z')
  if (offset === undefined) return undefined
  const whole = midnight * 1000 + (Number(hour) * 60 + Number(minute) - offset) * MINUTE + Number(second ?? 0) * SECOND
  if (fraction !== undefined) {
    const from = whole + Math.floor(Number(`0.${fraction}`) * SECOND + 1e-6)
    return { from, until: from + 1, hasMinutes: true }
  }
  return { from: whole, until: whole + (second === undefined ? MINUTE : SECOND), hasMinutes: true }
}

/** Minutes east of UTC; FHIR allows up to 14:00. */
function offsetOf(zone: string): number | undefined {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  if (minutes > 14 * 60 || Number(zone.slice(4)) > 59) return undefined
  return zone.startsWith('-') ? -minutes : minutes
}
