import { createClock, formatStamp } from '../simulator/ground/clock.ts'
import { layOutEvent } from '../simulator/rules/jft/event-text.ts'
import { createSimulator, type Simulator } from '../simulator/simulator.ts'
import type { StoredEvent } from '../simulator/state/records.ts'
import { median } from './support/median.ts'

/**
 * What a page of 50 costs among few and among many events: through the whole simulator (parameters, index, texts,
 * journal; tokens aside), from a random place, with each filter. Run alone on the machine.
 */

const SIZES = [1_000, 1_000_000]
const PAGES = 400
const MUNICIPALITY = '313231593'
const FIRST = Date.parse('2026-01-01T00:00:00Z') * 1000
const STEP = 1_000
const TEXT =
  '{"resourceType":"Composition","status":"final","type":{"text":"x"},"date":"2026-01-01","author":[{"display":"d"}],"title":"t"}'

const FILTERS: Readonly<Record<string, string>> = {
  'type only': '',
  'type, acknowledged': '&_tag=true',
  'type, not acknowledged': '&_tag:not=true',
  'type, newest first': '&_sort=-_lastUpdated',
}

/** Every tenth event is acknowledged, every third is of another type. */
async function fill(simulator: Simulator, count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    const id = `${n.toString(16).padStart(8, '0')}-0000-4000-8000-000000000000`
    const type = n % 3 === 0 ? 'MedicationDispense' : 'Composition'
    const [textBefore, textAfter] = layOutEvent(TEXT, { id, type, tags: [], clientTags: 'keep' })
    const time = FIRST + n * STEP
    const event: StoredEvent = {
      id,
      type,
      kind: type,
      municipality: MUNICIPALITY,
      lastUpdated: time,
      registered: time,
      read: time,
      acknowledged: n % 10 === 0 ? time : null,
      failed: null,
      clientId: 'bench',
      textBefore,
      textAfter,
    }
    if (!(await simulator.world.state.events.load([event]))) throw new Error(`There is no room for event ${n}.`)
  }
}

async function measure(simulator: Simulator, count: number, filter: string): Promise<number> {
  const times: number[] = []
  for (let page = 0; page < PAGES; page += 1) {
    const at = FIRST + Math.floor(Math.random() * 0.1 * count) * STEP
    const since = encodeURIComponent(`gt${formatStamp(at)}`)
    const url = `http://localhost:7357/read/v1/Composition?_count=50&_lastUpdated=${since}${filter}`
    const request = new Request(url, { headers: { 'jftsim-municipality': MUNICIPALITY } })
    const started = performance.now()
    const body = await (await simulator.fetch(request)).text()
    times.push((performance.now() - started) * 1000)
    if (body.split('"fullUrl"').length !== 51) throw new Error(`Not a page of 50: ${body.slice(0, 200)}`)
  }
  return median(times)
}

const rows: Record<string, Record<string, number>> = Object.fromEntries(Object.keys(FILTERS).map((name) => [name, {}]))
const stores: { readonly simulator: Simulator; readonly count: number }[] = []
for (const count of SIZES) {
  const simulator = createSimulator({ auth: 'relaxed', limits: { eventBytes: 8e9 } }, { clock: createClock() })
  await fill(simulator, count)
  stores.push({ simulator, count })
}
for (let round = 0; round < 5; round += 1) {
  for (const { simulator, count } of stores) {
    for (const [name, filter] of Object.entries(FILTERS)) {
      const time = await measure(simulator, count, filter)
      const row = rows[name] ?? {}
      row[`${count} events, µs`] = Math.min(row[`${count} events, µs`] ?? Number.POSITIVE_INFINITY, time)
    }
  }
}
for (const row of Object.values(rows)) {
  const [few = 1, many = 1] = Object.values(row)
  row['many / few'] = many / few
  for (const [name, value] of Object.entries(row)) row[name] = Math.round(value * 100) / 100
}
console.table(rows)
