import { anyEvent, anyPatient, type Kind, seedFixtures } from '../../fixtures/index.ts'
import { hash } from '../../simulator/ground/hash.ts'
import { milliseconds } from '../../simulator/ground/text/duration.ts'
import type { Control } from '../../simulator/surfaces/control/client.ts'
import type { ExchangeList, ExchangeSummary } from '../../simulator/surfaces/control/types.ts'
import type { ClientFile } from '../helseid-client.ts'
import type { Step } from '../pack/step.ts'
import { enter, type Place, sleep } from '../runner/place.ts'
import { newPlay, playStep } from '../runner/scenario.ts'
import type { Target } from '../runner/target.ts'
import { collect, type Evidence } from './evidence.ts'
import type { Cue, VerifyPack } from './verify-pack.ts'

/** A program under test that was started. */
export interface Program {
  /** Resolves when it ends by itself; never where nobody can know. */
  readonly ended: Promise<void>
  /** Stops it, and resolves when it is gone. */
  stop(): Promise<void>
}

/** What a program is told: where the services are, and who it is. */
export interface Surroundings {
  readonly urls: Readonly<Record<string, string>>
  readonly client: ClientFile
  readonly municipality: string
  readonly scope: string
  readonly poll: number | undefined
}

/** The pack could not be played: the program is not judged. */
export class StagingFailed extends Error {}

/** How a pack is staged. */
export interface Staging {
  readonly pack: VerifyPack
  readonly target: Target
  readonly seed: string
  /** How many events there are from the beginning, where not as many as the pack says. */
  readonly events?: number | undefined
  readonly start: (surroundings: Surroundings) => Promise<Program>
}

/** Room for everything that a program does in a minute or two. */
const LIMITS = { journalBytes: 512 * 1024 * 1024, eventBytes: 256 * 1024 * 1024 }

/** Milliseconds between two looks at what the program has done. */
const LOOK = 100

/**
 * Makes a sandbox as the pack says, runs the program in it, plays the pack's cues while it runs, and collects what it
 * did. The clock of the sandbox is the machine's: the program has no other.
 */
export async function stage({ pack, target, seed, events, start }: Staging): Promise<Evidence> {
  const place = await open(pack, target, seed, events)
  if (!place.control)
    throw new StagingFailed(`${target.name} has no control API: only a simulator can judge a program.`)
  const own = new Set<string>()
  const cast = createCast(place, place.control, pack, { municipality: target.municipality, seed }, own)
  for (const fault of pack.faults) await place.control('POST', '/faults', fault)
  await cast.handOver(pack.persons)
  const run = async () => {
    const { control } = place
    if (control) await watch(control, pack, await start(await surroundings(place, target, pack)), cast, own)
  }
  await run()
  const { restart } = pack
  const restarted = restart && place.clock.now()
  if (restart) {
    await cast.play(restart.do)
    await run()
  }
  const evidence = await collect(place.control, own, { poll: pack.poll, restarted })
  await place.leave()
  return evidence
}

async function surroundings(place: Place, target: Target, pack: VerifyPack): Promise<Surroundings> {
  const { urls } = place
  const { municipality } = target
  const client = await place.clientFile(pack.client, 'program')
  return { urls, client, municipality, scope: pack.scope, poll: pack.poll }
}

function open(pack: VerifyPack, target: Target, seed: string, events: number | undefined): Promise<Place> {
  const scenario = { id: pack.verify, title: pack.title, proves: [], party: 'response-centre', parties: {}, steps: [] }
  const overrides = { ...pack.sandbox, limits: LIMITS, events: seedEvents(pack, target.municipality, seed, events) }
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

/** The pack's own parties, who act when their cue comes. */
interface Cast {
  /** Hands so many persons over to PIT, as the record system of the municipality. */
  handOver(persons: number): Promise<void>
  play(steps: readonly Step[]): Promise<void>
  /** Plays the cues that are due; resolves with how many are still to come. */
  playDue(): Promise<number>
}

/** The party of the packs that acts besides the program: another client of the same municipality. */
const PARTIES = { neighbour: { like: 'municipality' } }

function createCast(
  place: Place,
  control: Control,
  { cues }: VerifyPack,
  { municipality, seed }: { readonly municipality: string; readonly seed: string },
  own: Set<string>,
): Cast {
  const play = newPlay(place, municipality, { party: 'response-centre', parties: PARTIES }, `${seed}/cues`)
  const waiting = [...cues]
  const act = async (steps: readonly Step[]) => {
    for (const step of steps) {
      const { name, failures, exchanges } = await playStep(play, step, 1)
      for (const { exchange } of exchanges) if (exchange !== undefined) own.add(exchange)
      // Otherwise the program would be judged by what the pack did wrong.
      if (failures.length > 0) throw new StagingFailed(`The pack itself failed in ${name}: ${JSON.stringify(failures)}`)
    }
  }
  return {
    async handOver(count) {
      if (count === 0) return
      seedFixtures(hash(seed))
      const persons = Array.from({ length: count }, () => anyPatient())
      play.values.persons = persons
      await act(persons.map(handOverOf))
    },
    play: act,
    async playDue() {
      for (const cue of [...waiting]) {
        if (!(await isDue(control, cue, own))) continue
        waiting.splice(waiting.indexOf(cue), 1)
        await act(cue.do)
      }
      return waiting.length
    },
  }
}

function handOverOf(body: unknown): Step {
  return { as: 'pit-ehr', request: { method: 'POST', url: '{pit}/v1/Patient', body }, expect: { status: 202 } }
}

/** Exchanges of the pack itself are not cues. */
async function isDue(
  control: Control,
  { after: { times, ...filter } }: Cue,
  own: ReadonlySet<string>,
): Promise<boolean> {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  )
  const { exchanges } = await control<ExchangeList>('GET', `/exchanges?limit=1000&${query}`)
  return exchanges.filter(({ id, parent }) => parent === null && !own.has(id)).length >= times
}

/** Watches until the program ends, has nothing more to do, or its time is over; then it is stopped. */
async function watch(
  control: Control,
  pack: VerifyPack,
  program: Program,
  cast: Cast,
  own: ReadonlySet<string>,
): Promise<void> {
  try {
    await untilDone(control, pack, program, cast, own)
  } finally {
    await program.stop()
  }
}

async function untilDone(
  control: Control,
  { within, quiet }: VerifyPack,
  { ended }: Program,
  cast: Cast,
  own: ReadonlySet<string>,
): Promise<void> {
  let over = false
  void ended.then(() => {
    over = true
  })
  const end = Date.now() + milliseconds(within)
  const before = await lastSequence(control)
  let progress = { mark: '', at: Date.now() }
  while (!over && Date.now() < end) {
    const waiting = await cast.playDue()
    const { mark, idle } = await progressOf(control, before, own)
    if (mark !== progress.mark) progress = { mark, at: Date.now() }
    const silence = milliseconds(quiet) * (idle < IDLE ? PATIENCE : 1)
    if (mark !== '' && waiting === 0 && Date.now() - progress.at > silence) return
    await sleep(LOOK)
  }
}

/** Polls without anything new that show that a program is done; on a busy machine it may be a while until it polls. */
const IDLE = 3
/** How many times as long one that does not poll is waited for. */
const PATIENCE = 5

async function lastSequence(control: Control): Promise<number> {
  const { exchanges } = await control<ExchangeList>('GET', '/exchanges?limit=1')
  return exchanges[0]?.sequence ?? 0
}

/** `mark` changes as long as a program gets on, and is empty before its first request; `idle`: how often it has polled since. */
async function progressOf(
  control: Control,
  before: number,
  own: ReadonlySet<string>,
): Promise<{ readonly mark: string; readonly idle: number }> {
  const { exchanges } = await control<ExchangeList>('GET', '/exchanges?limit=100')
  const others = exchanges.filter(({ sequence, id }) => sequence > before && !own.has(id))
  const marks = others.map((one) => (isIdle(one) ? undefined : markOf(one)))
  const mark = marks.find((one) => one !== undefined) ?? '0'
  const changed = marks.findIndex((one) => one !== undefined && one !== mark)
  const news = marks.lastIndexOf(mark, changed < 0 ? undefined : changed)
  return { mark: others.length === 0 ? '' : mark, idle: news < 0 ? others.length : news }
}

/** A mirror that asks from its newest time on gets the newest patient again and again: the same page is no progress. */
function markOf({ surface, method, events, sequence }: ExchangeSummary): string {
  return surface === 'pit' && method === 'GET' && events ? `read ${events.join()}` : String(sequence)
}

/** Tokens, and polls that give nothing, are not progress. */
function isIdle({ method, status, surface, events = [] }: ExchangeSummary): boolean {
  if (status >= 400 || status === 0) return false
  return surface === 'helseid' || (method === 'GET' && events.length === 0)
}
