import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { parseTime } from '../time.ts'
import type { Sent } from './endpoint.ts'

/** The settings that decide how `_lastUpdated` is read. */
export interface LastUpdatedOptions {
  readonly lastUpdatedPrefix: 'required' | 'optional'
  readonly lastUpdatedPrecision: 'minute' | 'any'
  readonly lastUpdatedMeaning: 'instant' | 'range'
}

/** The bounds that all values of the parameter give together: repeating it narrows the range. */
export function readLastUpdated(sent: readonly Sent[], options: LastUpdatedOptions) {
  const bounds = sent.map((one) => readBound(one, options))
  const above = bounds.flatMap((bound) => bound.above ?? [])
  const below = bounds.flatMap((bound) => bound.below ?? [])
  return {
    search: {
      ...(above.length > 0 ? { above: above.reduce((one, other) => Math.max(one, other)) } : {}),
      ...(below.length > 0 ? { below: below.reduce((one, other) => Math.min(one, other)) } : {}),
    },
    issues: bounds.flatMap((bound) => bound.issues ?? []),
  }
}

/** Microseconds since the epoch, exclusive; or why the value has none. */
interface Bound {
  readonly above?: number
  readonly below?: number
  readonly issues?: readonly Issue[]
}

function readBound([name, value]: Sent, options: LastUpdatedOptions): Bound {
  const prefix = /^[a-z]{2}/.exec(value)?.[0]
  const refuse = (why: string) => ({
    issues: [issueOf('search-last-updated', `${name}=${value}: ${why}`, { evidence: { parameter: name } })],
  })
  if (prefix === undefined && options.lastUpdatedPrefix === 'required') {
    return refuse('it needs a prefix: gt, ge, lt or le.')
  }
  if (prefix !== undefined && !['gt', 'ge', 'lt', 'le', 'eq'].includes(prefix)) {
    return refuse(`the prefix ${prefix} is not one of gt, ge, lt, le.`)
  }
  if (prefix === 'eq' && options.lastUpdatedPrefix === 'required') return refuse('the prefix eq is not supported.')
  const time = parseTime(prefix === undefined ? value : value.slice(2))
  if (time === undefined) return refuse(hintForTime(value))
  if (options.lastUpdatedPrecision === 'minute' && !time.hasMinutes)
    return refuse('it needs at least hours and minutes.')
  const instant = options.lastUpdatedMeaning === 'instant' && time.hasMinutes
  return boundOf(prefix ?? 'eq', time.from, instant ? time.from + 1 : time.until)
}

/** A `+` in a query string is a blank, which is how offsets get lost. */
function hintForTime(value: string): string {
  return value.includes(' ')
    ? 'there is a blank in the time; a + in the offset must be sent as %2B.'
    : 'the time must look like 2026-01-01T12:00Z or 2026-01-01T12:00:00.5+01:00, on a real date and with an offset.'
}

/** Bounds for the instants from (inclusive) until (exclusive) that a time stands for (FHIR R4, section 3.1.1.4.5). */
function boundOf(prefix: string, from: number, until: number): Bound {
  if (prefix === 'gt') return { above: until - 1 }
  if (prefix === 'ge') return { above: from - 1 }
  if (prefix === 'lt') return { below: from }
  if (prefix === 'le') return { below: until }
  return { above: from - 1, below: until }
}
