import type { ActionPlan, HomeVisit } from '../../state/population.ts'
import type { Window } from './parameters.ts'
import type { PlannedVisit } from './resources.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Days around now that the EHR has planned visits for. */
const PLANNED = { past: 14, future: 28 }

/** The first and the last moment for which visits are planned around a time. */
export function plannedDays(around: number): Window {
  const today = Math.floor(around / DAY)
  return { from: (today - PLANNED.past) * DAY, to: (today + PLANNED.future + 1) * DAY - 1 }
}

/**
 * The visits of a daily rhythm that overlap the window, oldest first; those that have ended are done. `now`: milliseconds
 * since the epoch; `around`: the time around which days are planned, by default now.
 */
export function plannedVisits(
  rhythm: readonly HomeVisit[],
  now: number,
  window: Window,
  around: number = now,
): PlannedVisit[] {
  const today = Math.floor(around / DAY)
  const days = Array.from({ length: PLANNED.past + PLANNED.future + 1 }, (_, index) => today - PLANNED.past + index)
  const visits = days.flatMap((day) => rhythm.map((visit) => visitOn(day * DAY, visit, now)))
  return visits.filter(({ start, end }) => end >= window.from && start <= window.to)
}

function visitOn(midnight: number, { time, minutes, description }: HomeVisit, now: number): PlannedVisit {
  const [hour = 0, minute = 0] = time.split(':').map(Number)
  const start = midnight + (hour * 60 + minute) * MINUTE
  const end = start + minutes * MINUTE
  return { start, end, done: end <= now, description }
}

/** When the action plan was last revised: ten o'clock UTC on every so many days since the epoch. */
export function lastRevision({ revisedEveryDays }: ActionPlan, now: number): number {
  const tenOClock = 10 * 60 * MINUTE
  const every = revisedEveryDays * DAY
  return Math.floor((now - tenOClock) / every) * every + tenOClock
}
