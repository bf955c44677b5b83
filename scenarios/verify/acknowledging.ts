import { combined, type Judge, listed } from './judgment.ts'
import { firstReadings } from './reading.ts'
import { acknowledgements, eventOf } from './requests.ts'

const acknowledgesEach: Judge = (evidence) => {
  const read = [...firstReadings(evidence).keys()]
  const done = new Set(
    acknowledgements(evidence)
      .filter(({ status }) => status === 202)
      .map(eventOf),
  )
  const missing = read.filter((event) => !done.has(event) && !evidence.acknowledgedByOthers.has(event))
  const readings = firstReadings(evidence)
  const calls = [...new Set(missing.slice(0, 3).flatMap((event) => readings.get(event) ?? []))]
  const message = `${missing.length} of ${read.length} events that it read were never acknowledged: ${listed(missing)}.`
  return { exercised: read.length, findings: missing.length === 0 ? [] : [{ message, calls, absent: 'all' }] }
}

const acknowledgesOnce: Judge = (evidence) => {
  const answered = acknowledgements(evidence).filter(({ status, whole }) => status === 202 && whole)
  const events = [...new Set(answered.map(eventOf))]
  const findings = events.flatMap((event) => {
    const all = answered.filter((call) => eventOf(call) === event)
    return all.length < 2 ? [] : [{ message: `${event} was acknowledged ${all.length} times.`, calls: all }]
  })
  return {
    exercised: events.length,
    findings: combined(findings, (count) => `${count} events were acknowledged more than once.`),
  }
}

const acknowledgesAfterReading: Judge = (evidence) => {
  const first = firstReadings(evidence)
  const all = acknowledgements(evidence)
  const findings = all.flatMap((call) => {
    const reading = first.get(eventOf(call))
    if (reading && reading.ended <= call.ended) return []
    const when = reading ? 'before it was read' : 'though it was never read'
    return [{ message: `${eventOf(call)} was acknowledged ${when}.`, calls: [call] }]
  })
  return { exercised: all.length, findings: combined(findings, (count) => `${count} acknowledgements came too early.`) }
}

/** Requirements on a record system that acknowledges. */
export const ACKNOWLEDGING = {
  'acknowledges-each': acknowledgesEach,
  'acknowledges-once': acknowledgesOnce,
  'acknowledges-after-reading': acknowledgesAfterReading,
} as const satisfies Record<string, Judge>
