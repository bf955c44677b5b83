import { createSandbox, sandboxBehind } from '../../simulator/adapters/testing/sandbox.ts'
import {
  type Assumptions,
  createSimulator,
  type Platform,
  SILENT_POINTS,
  type SimulatorInput,
} from '../../simulator/index.ts'
import type { ClientFile } from '../helseid-client.ts'
import { MUNICIPALITY, type Target } from '../runner/target.ts'
import { type CalibrateOptions, calibrate } from './calibrate.ts'

export { createSandbox }

/** Whether a setting can be that. */
export function takes(name: string, value: unknown): boolean {
  return SILENT_POINTS[name as keyof typeof SILENT_POINTS]?.schema.safeParse(value).success ?? false
}

/** A simulator with those settings as a target that has no control API, called in this process. */
export async function targetWith(
  assumptions: Partial<Assumptions>,
  more: SimulatorInput = {},
  platform: Platform = {},
): Promise<Target> {
  const simulator = createSimulator({ assumptions, ...more } as SimulatorInput, platform)
  const urls = simulator.world.net.origins.local
  const sandbox = sandboxBehind({ name: 'default', urls, fetch: simulator.fetch })
  const client = async (name: string) => (await sandbox.client(name)) as unknown as ClientFile
  const clients = {
    'response-centre': await client('Bruno-Local'),
    ehr: await client('EHR-Local'),
    'pit-vendor': await client('Bruno-PIT'),
    'pit-ehr': await client('EHR-PIT'),
    'vkp-vendor': await client('Bruno-VKP'),
  }
  const { control: _, ...services } = urls
  const send = (request: Request) => simulator.fetch(request)
  return { name: 'another simulator', urls: services, municipality: MUNICIPALITY, clients, send }
}

/** What is found out about a simulator with those settings. */
export async function calibrationOf(assumptions: Partial<Assumptions>, options: Partial<CalibrateOptions> = {}) {
  const sleep = (milliseconds: number) => new Promise<void>((done) => setTimeout(done, milliseconds))
  return calibrate(await targetWith(assumptions), { also: [], gap: 0, sleep, takes, ...options })
}
