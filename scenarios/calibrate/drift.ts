import { ABOUT } from './about.ts'
import { type Calibration, isSame, type ProbeEvidence } from './calibration.ts'

/** One thing that a service did and the simulator, told nothing, would not. */
export interface Departure {
  /** Settings whose probes saw it. */
  readonly settings: readonly string[]
  /** What was observed, where a value of the setting plays it. */
  readonly value?: unknown
  /** What was seen, where none does. */
  readonly what?: string
  /** The exchange that shows it, the last of its probe. */
  readonly shownBy?: ProbeEvidence
}

/** What differs by requirement; `undefined`: no requirement is about it. */
export type Drift = ReadonlyMap<string | undefined, readonly Departure[]>

/** What of a calibration the simulator would not have done on its own. `assumed`: the value of a setting that nobody changed. */
export function driftOf(calibration: Calibration, assumed: (name: string) => unknown): Drift {
  const drift = new Map<string | undefined, Departure[]>()
  const add = (requirement: string | undefined, departure: Departure) => {
    const known = drift.get(requirement) ?? []
    const same = known.findIndex(({ what }) => what !== undefined && what === departure.what)
    const merged = { ...departure, settings: [...(known[same]?.settings ?? []), ...departure.settings] }
    drift.set(requirement, same < 0 ? [...known, departure] : known.with(same, merged))
  }
  for (const [name, { value, evidence }] of Object.entries(calibration.settings)) {
    if (isSame(value, assumed(name))) continue
    for (const requirement of aboutOf(name)) add(requirement, { settings: [name], value, ...lastOf(evidence) })
  }
  for (const [name, { what, requirement, evidence }] of Object.entries(calibration.unlike ?? {})) {
    const about = requirement === undefined ? aboutOf(name) : [requirement]
    for (const one of about) add(one, { settings: [name], what, ...lastOf(evidence) })
  }
  return drift
}

function aboutOf(name: string): readonly (string | undefined)[] {
  const about = ABOUT[name] ?? []
  return about.length === 0 ? [undefined] : about
}

function lastOf(evidence: readonly ProbeEvidence[]): Pick<Departure, 'shownBy'> {
  const shownBy = evidence.at(-1)
  return shownBy === undefined ? {} : { shownBy }
}
