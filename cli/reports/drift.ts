import type { Calibration } from '../../scenarios/calibrate/calibration.ts'
import { type Departure, driftOf } from '../../scenarios/calibrate/drift.ts'
import type { RequirementText } from '../../scenarios/reports/report.ts'
import { SILENT_POINTS } from '../../simulator/index.ts'

/** What the real service did and the simulator would not do by default, requirement by requirement. */
export function driftLines(calibration: Calibration, requirements: readonly RequirementText[]): string[] {
  const drift = driftOf(calibration, assumedOf)
  if (drift.size === 0) return ['Nothing observed differs from what the simulator does by default.']
  const about = requirements.filter(({ id }) => drift.has(id))
  const beside = drift.get(undefined) ?? []
  return [
    'What the service did and the simulator would not do by default, requirement by requirement:',
    ...about.flatMap(({ id, quote, source }) => [
      `${id}: "${clipped(quote)}" ${source}`,
      ...(drift.get(id) ?? []).flatMap(departureLines),
    ]),
    ...(beside.length === 0 ? [] : ['No requirement is about:', ...beside.flatMap(departureLines)]),
  ]
}

function pointOf(name: string) {
  return SILENT_POINTS[name as keyof typeof SILENT_POINTS]
}

function assumedOf(name: string): unknown {
  return pointOf(name).schema.parse(undefined)
}

function departureLines({ settings, value, what, shownBy }: Departure): string[] {
  const [name = ''] = settings
  const told =
    what === undefined
      ? `${name}: ${JSON.stringify(value)}, assumed was ${JSON.stringify(assumedOf(name))}. ${pointOf(name).question}`
      : `${what} No value plays it of ${settings.join(', ')}.`
  if (shownBy === undefined) return [`  ${told}`]
  const { request, response } = shownBy
  return [`  ${told}`, `    ${request.method} ${request.url} ${response.status}`]
}

/** Characters of a quote that are shown. */
const MOST = 120

function clipped(quote: string): string {
  return quote.length <= MOST ? quote : `${quote.slice(0, MOST)}…`
}
