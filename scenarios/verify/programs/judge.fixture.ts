import { readFileSync } from 'node:fs'
import { requirementTexts } from '../../../cli/pack-files.ts'
import { createSimulator } from '../../../simulator/index.ts'
import { MUNICIPALITY, type Target } from '../../runner/target.ts'
import type { Exit } from '../ending.ts'
import { readVerifyPack } from '../read-verify-pack.ts'
import { type Surroundings, stage } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import { verdictOf } from '../verdict.ts'
import type { VerifyPack } from '../verify-pack.ts'
import { type CentreTraits, runCentre } from './centre.fixture.ts'
import { createClient, GaveUp, type Traits } from './client.fixture.ts'
import { type EhrTraits, runEhr } from './ehr.fixture.ts'
import { type HandOverTraits, runHandOver } from './hand-over.fixture.ts'
import { type MirrorTraits, runMirror } from './mirror.fixture.ts'
import { runVendor, type VendorTraits } from './vendor.fixture.ts'
import { BEGINNING, type VirtualTime, virtualTime } from './virtual-time.fixture.ts'

/** A program under test: what it is, and how it behaves. */
export type Sample =
  | { readonly pack: 'ehr'; readonly client?: Traits; readonly does?: EhrTraits }
  | { readonly pack: 'response-centre'; readonly client?: Traits; readonly does?: CentreTraits }
  | { readonly pack: 'client-expired'; readonly client?: Traits; readonly does?: CentreTraits }
  | { readonly pack: 'vkp-vendor'; readonly client?: Traits; readonly does?: VendorTraits }
  | { readonly pack: 'pit-vendor'; readonly client?: Traits; readonly does?: MirrorTraits }
  | { readonly pack: 'pit-ehr'; readonly client?: Traits; readonly does?: HandOverTraits }

/** What differs from the pack as it is shipped. */
export interface Changes extends Partial<Pick<VerifyPack, 'within' | 'quiet' | 'patience'>> {
  readonly events?: number
  readonly exit?: Partial<Exit>
  /** The machine stands still for so many milliseconds when the program sleeps for just so many, after so many times. */
  readonly stall?: { readonly when: number; readonly after: number; readonly lasts: number }
}

/** The verdict in the parts that tests look at: ids of requirements by outcome, and what is said beside them. */
export interface Verdict {
  readonly broken: readonly string[]
  readonly kept: readonly string[]
  readonly open: readonly string[]
  readonly blame: readonly string[]
  readonly missing: readonly string[]
  readonly ended: string
  readonly reasons: Readonly<Record<string, string>>
}

const packs = new Map<string, VerifyPack>()

/** A pack as it is shipped. */
export function packOf(name: string): VerifyPack {
  const known = packs.get(name)
  if (known) return known
  const file = new URL(`../${name}.yaml`, import.meta.url)
  const pack = readVerifyPack({ file: `${name}.yaml`, text: readFileSync(file, 'utf8') }, requirementTexts())
  packs.set(name, pack)
  return pack
}

/** One simulator for a file of tests, called within the process. */
export async function inProcess(): Promise<Target> {
  const simulator = await createSimulator({ limits: { sandboxes: 100_000 } })
  return {
    name: 'a simulator of the tests',
    urls: simulator.world.net.origins.local,
    send: (request) => simulator.fetch(request),
    municipality: MUNICIPALITY,
    clients: {},
  }
}

/** Small pages, so that there are several of them. */
const SMALL = { frozenAt: BEGINNING, assumptions: { countDefault: 4 } }

/** Runs a program in its pack, in a time that nobody waits for, and judges it. */
export async function judge(target: Target, sample: Sample, changes: Changes = {}): Promise<Verdict> {
  const { events = sample.pack === 'pit-vendor' ? 24 : 60, exit, stall, ...other } = changes
  const pack = { ...packOf(sample.pack), ...other }
  let isStopped = false
  let made: VirtualTime | undefined
  const evidence = await stage({
    pack,
    target,
    seed: '1',
    events: pack.events.length === 0 && pack.patients === undefined ? undefined : events,
    sandbox: SMALL,
    time: (place) => {
      made = virtualTime(place)
      return made
    },
    start: async (surroundings, time) => {
      const whole = run(sample, surroundings, stalling(time, made, stall), target).then((code) => ({
        code,
        signal: null,
        ...exit,
      }))
      // What a program that was stopped still meets is nobody's concern.
      const ended = new Promise<Exit>((resolve, reject) => {
        whole.then(resolve, (error: unknown) => (isStopped ? undefined : reject(error)))
      })
      return {
        ended,
        stop: async () => {
          isStopped = true
          made?.end()
        },
      }
    },
  })
  return summary(pack, evidence)
}

/** The time of a program whose machine stands still once. */
function stalling(time: StageTime, made: VirtualTime | undefined, stall: Changes['stall']): StageTime {
  let left = stall?.after
  const sleep = (milliseconds: number) => {
    if (stall && left !== undefined && milliseconds === stall.when) {
      if (left === 0) made?.holdUp(stall.lasts)
      left -= 1
    }
    return time.sleep(milliseconds)
  }
  return { ...time, sleep }
}

async function run(sample: Sample, surroundings: Surroundings, time: StageTime, { send }: Target): Promise<number> {
  const scheme = sample.pack === 'vkp-vendor' ? 'Bearer' : 'DPoP'
  const { call } = createClient(surroundings, { time, send, scheme }, sample.client ?? {})
  try {
    if (sample.pack === 'ehr') await runEhr(surroundings, time, call, sample.does ?? {})
    else if (sample.pack === 'response-centre' || sample.pack === 'client-expired')
      await runCentre(surroundings, time, call, sample.does ?? {})
    else if (sample.pack === 'pit-vendor') await runMirror(surroundings, time, call, sample.does ?? {})
    else if (sample.pack === 'pit-ehr') await runHandOver(surroundings, { time, call, send }, sample.does ?? {})
    else await runVendor(surroundings, time, call, sample.does ?? {})
    return 0
  } catch (error) {
    if (error instanceof GaveUp) return 1
    throw error
  }
}

function summary(pack: VerifyPack, evidence: Awaited<ReturnType<typeof stage>>): Verdict {
  const about = { target: 'a program', seed: '1', started: BEGINNING, milliseconds: 0, version: '0', file: pack.verify }
  const { scenarios, program } = verdictOf(pack, evidence, about)
  const ids = (outcome: string) => scenarios.filter((one) => one.outcome === outcome).map(({ id }) => id)
  return {
    broken: ids('failed'),
    kept: ids('passed'),
    open: ids('skipped'),
    blame: program?.blame ?? [],
    missing: program?.missing ?? [],
    ended: program?.ended ?? '',
    reasons: Object.fromEntries(scenarios.map(({ id, reason = '' }) => [id, reason])),
  }
}
