import { correct } from '../simulator/rules/fhir/correct.ts'
import { validateLenient } from '../simulator/rules/fhir/lenient.ts'
import { median } from './support/median.ts'
import { bundle } from './support/payloads.ts'

/*
 * What VKP's side costs besides JSON.parse on a large valid Bundle: `node --import tsx bench/lenient.ts`. Medians in
 * milliseconds; the three take turns, so that a busy machine slows all of them alike.
 */

const SIZE = 900_000
const ROUNDS = 31

/** A valid Bundle of about that many bytes. */
function largeBundle(): string {
  const { entry, ...rest } = bundle()
  const entries = Array.isArray(entry) ? entry : []
  const count = Math.ceil(SIZE / JSON.stringify(entries).length)
  return JSON.stringify({ ...rest, entry: Array.from({ length: count }, () => entries).flat() })
}

const text = largeBundle()
const { issues } = validateLenient(text)
if (issues.length > 0) throw new Error(`The Bundle is not valid: ${JSON.stringify(issues)}`)

const RUNS: Readonly<Record<string, () => unknown>> = {
  'JSON.parse': () => JSON.parse(text),
  validateLenient: () => validateLenient(text).issues,
  'correct, forwarded text': () => correct(text).text,
  'correct, all of it': () => {
    const { text: forwarded, corrections, edited, patch } = correct(text)
    return [forwarded, corrections, edited, patch]
  },
}

const times = new Map(Object.keys(RUNS).map((name) => [name, [] as number[]]))
for (let round = 0; round < ROUNDS; round++) {
  for (const [name, run] of Object.entries(RUNS)) {
    const start = performance.now()
    run()
    times.get(name)?.push(performance.now() - start)
  }
}

const parse = median(times.get('JSON.parse') ?? [])
console.table(
  [...times].map(([name, taken]) => ({
    what: name,
    bytes: Buffer.byteLength(text),
    ms: median(taken).toFixed(1),
    'times JSON.parse': (median(taken) / parse).toFixed(1),
  })),
)
