import { anyEvent, type Kind, patientFactory, seedFixtures } from '../../fixtures/index.ts'
import { hash } from '../../simulator/ground/hash.ts'
import type { Control } from '../../simulator/surfaces/control/client.ts'
import type { FaultInfo, FaultList, SettingList } from '../../simulator/surfaces/control/types.ts'
import type { ClientFile } from '../helseid-client.ts'
import type { Step } from '../pack/step.ts'
import { enter, type Place } from '../runner/place.ts'
import type { Target } from '../runner/target.ts'
import { type Cast, createCast, StagingFailed } from './cast.ts'
import { collect, type Evidence, missing, type Stimulus } from './evidence.ts'
import type { Stall } from './held-up.ts'
import { JUDGES } from './judges.ts'
import { MACHINE_TIME, type StageTime } from './stage-time.ts'
import type { VerifyPack } from './verify-pack.ts'
import { type Program, type Progress, watch } from './watch.ts'

/** What a program is told: where the services are, who it is, and what nobody documents but every client has to know. */
export interface Surroundings {
  readonly urls: Readonly<Record<string, string>>
  readonly client: ClientFile
  readonly municipality: string
  readonly poll: number | undefined
  /** Silent points by the name of their setting, as the sandbox plays them. */
  readonly guesses: Readonly<Record<string, unknown>>
}

/** How a pack is staged. */
export interface Staging {
  readonly pack: VerifyPack
  readonly target: Target
  readonly seed: string
  /** How many events there are from the beginning, where not as many as the pack says. */
  readonly events?: number | undefined
  /** Members of the sandbox beside the pack's own. */
  readonly sandbox?: Readonly<Record<string, unknown>>
  /** The time in which it is watched, where not the machine's. */
  readonly time?: (place: Place) => StageTime
  readonly start: (surroundings: Surroundings, time: StageTime) => Promise<Program> | Program
  readonly onProgress?: (progress: Progress) => void
}

/** Room for everything that a program does in a minute or two. */
const LIMITS = { journalBytes: 512 * 1024 * 1024, eventBytes: 256 * 1024 * 1024 }

/**
 * Makes a sandbox as the pack says, runs the program in it, plays the pack's cues while it runs, and collects what it
 * did. The clock of the sandbox is the machine's: the program has no other.
 */
export async function stage(staging: Staging): Promise<Evidence> {
  const { pack, target, seed, start, onProgress } = staging
  const place = await open(staging)
  const { control } = place
  if (!control) throw new StagingFailed(`${target.name} has no control API: only a simulator can judge a program.`)
  const time = staging.time?.(place) ?? MACHINE_TIME
  const own = new Set<string>()
  const stalls: Stall[] = []
  let program: Program | undefined
  const restart = async () => {
    await program?.restart?.()
    return program?.restart !== undefined
  }
  const cast = createCast({ place, control, pack, municipality: target.municipality, seed, own, restart })
  await cast.play([...pack.before, ...patientSteps(staging)])
  const client = await place.clientFile(pack.client, 'program')
  const faults = await orderFaults(control, pack, client)
  const evidence = async (more: Partial<Evidence> = {}) => {
    const stimuli = [...(await faultsFired(control, pack, faults)), ...cuesPlayed(pack, cast)]
    const { provokes, poll } = pack
    const known = { poll, provoked: provokes, end: time.now(), stimuli, stalls, restarted: cast.restarted() }
    return collect(control, own, { ...known, lasted: time.lasted, ...more })
  }
  const isOwing = async () => {
    const known = await evidence()
    const isShort = ({ id }: { readonly id: string }) => JUDGES[id]?.(known).findings.some(({ absent }) => absent)
    return missing(known.stimuli).length > 0 || pack.requirements.some(isShort)
  }
  program = await start(
    { urls: place.urls, client, municipality: target.municipality, poll: pack.poll, guesses: await guessesOf(control) },
    time,
  )
  try {
    const ending = await watch(program, { control, pack, cast, time, stalls, isOwing, onProgress })
    const end = time.now()
    await program.stop()
    const found = await evidence({ ending, end, shown: await program.shows?.() })
    await place.leave()
    return found
  } finally {
    await program.stop()
  }
}

function open({ pack, target, seed, events, sandbox = {} }: Staging): Promise<Place> {
  const scenario = {
    id: pack.verify,
    title: pack.title,
    proves: [],
    tags: [],
    party: 'response-centre',
    parties: {},
    steps: [],
  }
  const seeded = seedEvents(pack, target.municipality, seed, events)
  const overrides = { ...pack.sandbox, limits: LIMITS, events: seeded, ...sandbox }
  const name = `verify-${pack.verify}-${crypto.randomUUID().slice(0, 8)}`
  return enter(target, { ...scenario, sandbox: { frozenAt: null } }, name, overrides)
}

/** The kinds in turn, so that a smaller number of events has all of them too. */
function seedEvents({ events }: VerifyPack, municipality: string, seed: string, wanted: number | undefined) {
  const all = events.flatMap(({ fixture, code, count }) =>
    Array.from({ length: count }, (_, at) => ({ fixture, code, at: at / count })),
  )
  const turns = all.sort((a, b) => a.at - b.at).slice(0, wanted)
  seedFixtures(hash(seed))
  return turns.map(({ fixture, code }) => ({
    municipality,
    resource: anyEvent(fixture as Kind, { municipality, ...(code === undefined ? {} : { code }) }),
  }))
}

/** Hands over the patients that PIT has from the beginning. */
function patientSteps({ pack: { patients = 0 }, seed, events }: Staging): Step[] {
  seedFixtures(hash(seed))
  return Array.from({ length: patients === 0 ? 0 : (events ?? patients) }, () => ({
    name: 'A record system hands a patient over',
    as: 'pit-ehr',
    submit: { to: 'pit' as const, json: patientFactory.build() },
    expect: { status: 202 },
  }))
}

/** The program's client, in a fault of a pack: whatever its id is. */
const PROGRAM = 'program'

/** A fault waits for as long as the program runs. */
const A_DAY = 'PT24H'

/** Orders the pack's faults; gives their ids, in the order of the pack. */
async function orderFaults(control: Control, { faults }: VerifyPack, { clientId }: ClientFile): Promise<string[]> {
  const ids: string[] = []
  for (const { for: _for, group: _group, ...order } of faults) {
    const match = order.match?.clientId === PROGRAM ? { ...order.match, clientId } : order.match
    const { id } = await control<FaultInfo>('POST', '/faults', {
      ...order,
      ...(match === undefined ? {} : { match }),
      expiresAfter: A_DAY,
    })
    ids.push(id)
  }
  return ids
}

async function faultsFired(control: Control, pack: VerifyPack, ids: readonly string[]): Promise<Stimulus[]> {
  const { faults } = await control<FaultList>('GET', '/faults')
  return pack.faults.map((order, at) => {
    const found = faults.find(({ id }) => id === ids[at])
    const { path = order.match?.method ?? '', nth = 1 } = order.match ?? {}
    const where = [order.surface, path].filter(Boolean).join(' ')
    const what = `the fault "${found?.summary ?? 'unknown'}" at ${where}, from request ${nth} on`
    return { what, for: order.for, group: order.group, happened: (found?.fired ?? 0) > 0 }
  })
}

function cuesPlayed({ cues }: VerifyPack, cast: Cast): Stimulus[] {
  const waiting = new Set(cast.waiting())
  return cues.map((cue) => {
    const { times, ...filter } = cue.after
    const what = `the cue "${cue.do[0]?.name ?? 'of the pack'}", after ${times} of ${Object.values(filter).join(' ')}`
    return { what, for: cue.for, group: cue.group, happened: !waiting.has(cue) }
  })
}

/** What the sandbox plays where the documents are silent. */
async function guessesOf(control: Control): Promise<Readonly<Record<string, unknown>>> {
  const { settings } = await control<SettingList>('GET', '/rules')
  return Object.fromEntries(settings.map(({ name, value }) => [name, value]))
}
