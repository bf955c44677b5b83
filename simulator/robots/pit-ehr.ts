import { patientResource } from '../services/population/patient.ts'
import { PERSON_CHANGES, type Person } from '../state/population.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { createRobot, nowOf, type Robot, type RobotWorld, type UnexpectedAnswer, unexpected } from './robot.ts'
import { type PitEhrSettings, pitEhrSettings } from './settings.ts'

/** The ready-made client EHR-PIT. */
const CLIENT = 'acdc0123-acdc-0123-4567-0123456789b2'

/** What one tick lets happen at most; what is left over happens in the ticks after. */
const CHANGES_PER_TICK = 20

/** Persons who always stay, so that there is something to mirror. */
const STAYING = 4

/** All that a robot EHR knows of PIT; it begins again with each configuration. */
interface State {
  readonly api: ApiClient
  /** What was sent last of each person and is settled: accepted, or refused for good. */
  readonly settled: Map<string, string>
  nextPoll: number
  nextChange: number
  changed: number
  turns: number
  handedOver: number
  refused: number
}

/**
 * A robot EHR on the writing side of PIT: hands over every person of the population, and again those who have changed since.
 * It lets things happen to them too, one after the other: a new address, another next of kin, a death, a move.
 */
export function createPitEhr(world: RobotWorld): Robot {
  return createRobot(world, {
    settings: pitEhrSettings,
    begin,
    run,
    activity: (_world, _settings, { changed, handedOver, refused }) => ({ changed, handedOver, refused }),
  })
}

function begin(world: RobotWorld, { municipality }: PitEhrSettings): State {
  const now = nowOf(world)
  return {
    api: createApiClient(world, { clientId: CLIENT, municipality, scope: 'nhn:pit/api.write', scheme: 'DPoP' }),
    settled: new Map(),
    nextPoll: now,
    nextChange: now,
    ...{ changed: 0, turns: 0, handedOver: 0, refused: 0 },
  }
}

async function run(world: RobotWorld, settings: PitEhrSettings, state: State): Promise<void> {
  const now = nowOf(world)
  // A clock that was set back does not keep the robot waiting for longer than its interval.
  state.nextPoll = Math.min(state.nextPoll, now + settings.intervalMs)
  if (state.nextPoll <= now) {
    state.nextPoll = now + settings.intervalMs
    await handOverAll(world, state)
  }
  await changeDue(world, settings, state, now)
}

/** One refusal does not keep the others waiting: the last one is thrown when all were sent. */
async function handOverAll(world: RobotWorld, state: State): Promise<void> {
  let refusal: UnexpectedAnswer | undefined
  for (const { person } of await world.state.population.list()) {
    const body = JSON.stringify(patientResource(person))
    if (state.settled.get(person.id) === body) continue
    refusal = (await handOver(world, state, person, body)) ?? refusal
  }
  if (refusal) throw refusal
}

/** What was refused for the moment only is tried again. */
async function handOver({ net }: RobotWorld, state: State, { id }: Person, body: string) {
  const headers = { 'content-type': 'application/fhir+json' }
  const answer = await state.api.call('POST', `${net.origins.local.pit}/v1/Patient`, { headers, body })
  const forNow = answer.status === 429 || answer.status >= 500
  if (!forNow) state.settled.set(id, body)
  if (answer.ok) {
    state.handedOver += 1
    return undefined
  }
  state.refused += 1
  return unexpected(answer, `The hand-over of ${id}`)
}

async function changeDue(world: RobotWorld, settings: PitEhrSettings, state: State, now: number): Promise<void> {
  if (settings.changesPerMinute === 0) return
  const step = 60_000 / settings.changesPerMinute
  state.nextChange = Math.min(state.nextChange, now + step)
  for (let done = 0; done < CHANGES_PER_TICK && state.nextChange <= now; done += 1) {
    state.nextChange += step
    await changeOne(world, settings, state)
  }
}

/** Kinds take turns, and so do the persons; who dies or moves away is the last of them. */
async function changeOne(world: RobotWorld, { changes }: PitEhrSettings, state: State): Promise<void> {
  const turn = state.turns++
  const change = changes[turn % changes.length] ?? PERSON_CHANGES[0]
  const here = (await world.state.population.list()).map(({ person }) => person).filter(isHere)
  const forGood = change === 'death' || change === 'moved-away'
  if (forGood && here.length <= STAYING) return
  const person = forGood ? here.at(-1) : here[Math.floor(turn / changes.length) % here.length]
  if (!person) return
  const url = `${world.net.origins.local.ehr}/persons/${person.id}/${change}`
  const answer = await world.net.fetch(new Request(url, { method: 'POST' }))
  if (!answer.ok) throw await unexpected(answer, `The change of ${person.id}`)
  state.changed += 1
}

function isHere({ deceased, movedAway }: Person): boolean {
  return deceased === undefined && movedAway === undefined
}
