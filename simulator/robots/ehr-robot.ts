import { EVENT_TYPES } from '../ground/event-types.ts'
import { scopeOf } from '../ground/surfaces.ts'
import { type ApiClient, createApiClient } from './api-client.ts'
import { createRobot, nowOf, type Robot, type RobotWorld, type UnexpectedAnswer, unexpected } from './robot.ts'
import { delayOf, type EhrSettings, ehrSettings } from './settings.ts'

/** The ready-made client EHR-Local. */
const CLIENT = 'acdc0123-acdc-0123-4567-0123456789ac'

/** What one tick does at most. */
const PAGES_PER_TICK = 12
const ACKNOWLEDGEMENTS_PER_TICK = 200

/** Acknowledgements that may wait; past that nothing more is read. */
const WAITING = 10_000

/** An acknowledgement that is to be sent. */
interface Due {
  readonly path: string
  /** Milliseconds since the epoch. */
  readonly at: number
  readonly times: number
}

/** All that a robot EHR knows; it begins again with each configuration. */
interface State {
  readonly api: ApiClient
  /** `meta.lastUpdated` of the newest event that was read, by type. */
  readonly newest: Map<string, string>
  due: Due[]
  nextPoll: number
  read: number
  acknowledged: number
  refused: number
}

/**
 * A robot EHR: polls the ReadAPI for events that are not acknowledged, oldest first, follows `next`, makes a note of each
 * in the journal of the EHR stand-in, and acknowledges it when its mode says so (JFT introduction, "JFT flow").
 */
export function createEhrRobot(world: RobotWorld): Robot {
  return createRobot(world, {
    settings: ehrSettings,
    begin,
    run,
    activity: (_world, _settings, { read, acknowledged, refused, due }) => ({
      read,
      acknowledged,
      refused,
      waiting: due.length,
    }),
  })
}

function begin(world: RobotWorld, { municipality }: EhrSettings): State {
  return {
    api: createApiClient(world, { clientId: CLIENT, municipality, scope: scopeOf('jft-read', 'read'), scheme: 'DPoP' }),
    newest: new Map(),
    due: [],
    nextPoll: nowOf(world),
    read: 0,
    acknowledged: 0,
    refused: 0,
  }
}

async function run(world: RobotWorld, settings: EhrSettings, state: State): Promise<void> {
  try {
    await pollIfDue(world, settings, state)
  } finally {
    await acknowledgeDue(world, settings, state)
  }
}

/** A clock that was set back does not keep the robot waiting for longer than its interval. */
async function pollIfDue(world: RobotWorld, settings: EhrSettings, state: State): Promise<void> {
  const now = nowOf(world)
  const next = now + settings.intervalMs
  state.nextPoll = Math.min(state.nextPoll, next)
  if (state.nextPoll > now || state.due.length >= WAITING) return
  state.nextPoll = next
  const finished = await readAll(world, settings, state)
  if (!finished) state.nextPoll = now
}

/** Reads page after page of each type. False: there was more than fits into one tick. */
async function readAll(world: RobotWorld, settings: EhrSettings, state: State): Promise<boolean> {
  let pages = 0
  for (const type of EVENT_TYPES) {
    for (let url: string | undefined = searchUrl(world, state, type); url !== undefined; pages += 1) {
      if (pages === PAGES_PER_TICK) return false
      url = await readPage(world, settings, state, type, url)
    }
  }
  return true
}

/** `_tag:not` leaves out what is acknowledged, `_lastUpdated` what was read before; either would do for a prompt EHR. */
function searchUrl({ net, settings }: RobotWorld, { newest }: State, type: string): string {
  const query = new URLSearchParams({ _sort: '_lastUpdated', '_tag:not': settings.assumptions.acknowledgedTag })
  const after = newest.get(type)
  if (after !== undefined) query.set('_lastUpdated', `gt${after}`)
  return `${net.origins.local['jft-read']}/v1/${type}?${query}`
}

interface SearchSet {
  readonly entry?: readonly { readonly resource: Event }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

interface Event {
  readonly id: string
  readonly meta: { readonly lastUpdated: string }
}

async function readPage(world: RobotWorld, settings: EhrSettings, state: State, type: string, url: string) {
  const answer = await state.api.call('GET', url)
  if (!answer.ok) throw await unexpected(answer, `The search for ${type}`)
  const { entry = [], link = [] } = (await answer.json()) as SearchSet
  for (const { resource } of entry) {
    await writeNote(world, settings, type, resource)
    state.read += 1
    state.newest.set(type, resource.meta.lastUpdated)
    if (settings.mode !== 'never') state.due.push(dueOf(world, settings, `${type}/${resource.id}`))
  }
  return link.find(({ relation }) => relation === 'next')?.url
}

function dueOf(world: RobotWorld, settings: EhrSettings, path: string): Due {
  return { path, at: nowOf(world) + delayOf(settings), times: settings.mode === 'twice' ? 2 : 1 }
}

async function writeNote(world: RobotWorld, { municipality }: EhrSettings, type: string, event: Event): Promise<void> {
  const answer = await world.net.fetch(
    new Request(`${world.net.origins.local.ehr}/journal/${municipality}/${type}`, {
      method: 'POST',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(event),
    }),
  )
  if (!answer.ok) throw await unexpected(answer, `The note of ${type}/${event.id}`)
}

/** One refusal does not keep the others waiting: the last one is thrown when all were sent. */
async function acknowledgeDue(world: RobotWorld, settings: EhrSettings, state: State): Promise<void> {
  const now = nowOf(world)
  const due = state.due.filter(({ at }) => at <= now).slice(0, ACKNOWLEDGEMENTS_PER_TICK)
  let refusal: UnexpectedAnswer | undefined
  for (const one of due) {
    const { times, failure } = await acknowledge(world, state, one)
    state.due = state.due.filter((other) => other !== one)
    if (times > 0) state.due.push({ ...one, at: now + settings.intervalMs, times })
    refusal = failure ?? refusal
  }
  if (refusal) throw refusal
}

/** How many times the event is still to be acknowledged. What was refused for the moment only is tried again. */
async function acknowledge({ net }: RobotWorld, state: State, { path, times }: Due) {
  const url = `${net.origins.local['jft-write']}/v1/${path}/$journaling-acknowledged`
  const answer = await state.api.call('POST', url)
  if (answer.ok) {
    state.acknowledged += 1
    return { times: times - 1 }
  }
  state.refused += 1
  const forNow = answer.status === 429 || answer.status >= 500
  return { times: forNow ? times : 0, failure: await unexpected(answer, `The acknowledgement of ${path}`) }
}
