import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { MUNICIPALITY } from '../scenarios/runner/target.ts'
import { startJft } from '../simulator/adapters/testing/start-jft.ts'
import type { SimulatorInput } from '../simulator/index.ts'

/** Ready-made clients, by the party of a target that each is. */
const CLIENTS = {
  'response-centre': 'Bruno-Local',
  ehr: 'EHR-Local',
  'pit-vendor': 'Bruno-PIT',
  'pit-ehr': 'EHR-PIT',
  'vkp-vendor': 'Bruno-VKP',
}

/**
 * A simulator that stands for a real environment, and a folder with what a vendor has of that: `target.yaml`, without a
 * control API, and the files of its clients.
 */
export async function startEnvironment(folder: string, options: SimulatorInput = {}) {
  const jft = await startJft(options)
  const { control: _, ...urls } = jft.urls
  mkdirSync(join(folder, 'keys'), { recursive: true })
  const clients = Object.entries(CLIENTS).map(([party, name]) => [party, name, `keys/${party}.json`] as const)
  for (const [, name, file] of clients) writeFileSync(join(folder, file), JSON.stringify(await jft.client(name)))
  const target = {
    name: 'NHN Test',
    municipality: MUNICIPALITY,
    urls,
    clients: Object.fromEntries(clients.map(([party, , file]) => [party, file])),
  }
  writeFileSync(join(folder, 'target.yaml'), stringify(target))
  return jft
}
