import { z } from 'zod'

const pairs = z.array(z.tuple([z.string(), z.string()]))
const message = { headers: pairs, body: z.string().optional() }

/** One exchange that shows a value, masked and without secrets. Headers as pairs; `body` is cut at 4,000 characters. */
const evidence = z.object({
  request: z.object({ method: z.string(), url: z.string(), ...message }),
  response: z.object({ status: z.int(), ...message }),
})

const observation = z.strictObject({
  value: z.unknown(),
  certainty: z.literal('observed'),
  confidence: z.enum(['high', 'medium']),
  date: z.iso.datetime(),
  environment: z.string().min(1),
  evidence: z.array(evidence),
})

/** What a service did that no value of a setting plays. */
const unlike = z.strictObject({
  what: z.string(),
  /** The requirement that it is about, where that is not the setting's own. */
  requirement: z.string().optional(),
  date: z.iso.datetime(),
  environment: z.string().min(1),
  evidence: z.array(evidence),
})

/** What `jftsim calibrate` writes: what was seen of an environment, and why the rest is not decided. */
export const calibrationSchema = z.strictObject({
  settings: z.record(z.string(), observation),
  undecided: z.record(z.string(), z.string()),
  /** Of some that are undecided: the service was seen, and the simulator cannot play it. */
  unlike: z.record(z.string(), unlike).optional(),
})

export type Calibration = z.output<typeof calibrationSchema>
export type Observation = Calibration['settings'][string]
export type Unlike = z.output<typeof unlike>
export type ProbeEvidence = z.output<typeof evidence>

/** The values of the settings that were observed. */
export function valuesOf({ settings }: Calibration): Record<string, unknown> {
  return Object.fromEntries(Object.entries(settings).map(([name, { value }]) => [name, value]))
}

/** Two calibrations as one. Where they contradict each other the setting is undecided, and both values are named. */
export function mergeCalibrations(one: Calibration, other: Calibration): Calibration {
  const names = new Set([...Object.keys(one.settings), ...Object.keys(other.settings)])
  const settings: Calibration['settings'] = {}
  const undecided = { ...one.undecided, ...other.undecided }
  for (const name of names) {
    const [first, second] = [one.settings[name], other.settings[name]]
    delete undecided[name]
    if (first && second && !isSame(first.value, second.value)) undecided[name] = contradiction(first, second)
    else if (first ?? second) settings[name] = newerOf(first, second)
  }
  const differs = Object.entries({ ...one.unlike, ...other.unlike }).filter(([name]) => undecided[name] !== undefined)
  return { settings, undecided, ...(differs.length === 0 ? {} : { unlike: Object.fromEntries(differs) }) }
}

function newerOf(first: Observation | undefined, second: Observation | undefined): Observation {
  const [newest] = [first, second].flatMap((one) => one ?? []).sort((a, b) => b.date.localeCompare(a.date))
  if (!newest) throw new TypeError('one of the two is there')
  return newest
}

function contradiction(first: Observation, second: Observation): string {
  const told = ({ value, environment, date }: Observation) => `${JSON.stringify(value)} (${environment}, ${date})`
  return `Contradiction: ${told(first)} and ${told(second)}.`
}

/** Whether two values of settings are the same; the order of a list does not count. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  return Array.isArray(value) ? value.map(String).sort() : value
}
