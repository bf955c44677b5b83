import { type ApiClient, createApiClient } from './api-client.ts'
import { createRobot, nowOf, type Robot, type RobotWorld, unexpected } from './robot.ts'
import { type PitVendorSettings, pitVendorSettings } from './settings.ts'

/** The ready-made client Bruno-PIT. */
const CLIENT = 'acdc0123-acdc-0123-4567-0123456789b1'

/** Pages that one tick reads at most; the ticks after continue with the next. */
const PAGES_PER_TICK = 50

/** All that a robot vendor knows; it begins again with each configuration. */
interface State {
  readonly api: ApiClient
  /** `meta.lastUpdated` of each patient that it has, by PIT's id. */
  readonly mirror: Map<string, string>
  /** The newest `meta.lastUpdated` that it has seen: a search continues from there. */
  newest: string | undefined
  /** The page to continue with, where a tick was over before the pages were. */
  next: string | undefined
  nextPoll: number
  pages: number
  updates: number
}

/**
 * A robot vendor on the reading side of PIT: mirrors the patients of a municipality. It reads page after page by the `next`
 * links, and then asks again and again from the newest time that it has seen (PIT-API overview, "Filtering").
 */
export function createPitVendor(world: RobotWorld): Robot {
  return createRobot(world, {
    settings: pitVendorSettings,
    begin,
    run,
    activity: (_world, _settings, { mirror, updates, pages }) => ({ persons: mirror.size, updates, pages }),
  })
}

function begin(world: RobotWorld, { municipality }: PitVendorSettings): State {
  return {
    api: createApiClient(world, { clientId: CLIENT, municipality, scope: 'nhn:pit/api.read', scheme: 'DPoP' }),
    mirror: new Map(),
    newest: undefined,
    next: undefined,
    nextPoll: nowOf(world),
    ...{ pages: 0, updates: 0 },
  }
}

/** A clock that was set back does not keep the robot waiting for longer than its interval. */
async function run(world: RobotWorld, settings: PitVendorSettings, state: State): Promise<void> {
  const now = nowOf(world)
  state.nextPoll = Math.min(state.nextPoll, now + settings.intervalMs)
  if (state.nextPoll > now) return
  state.nextPoll = now + settings.intervalMs
  const url = state.next ?? searchUrl(world, settings, state)
  // After a failure it begins from the newest time again: a cursor may be refused, and the time never is.
  state.next = undefined
  state.next = await readPages(state, url)
  if (state.next !== undefined) state.nextPoll = now
}

function searchUrl({ net }: RobotWorld, { count }: PitVendorSettings, { newest }: State): string {
  const query = new URLSearchParams({ _count: String(count) })
  if (newest !== undefined) query.set('_lastUpdated', `ge${newest}`)
  return `${net.origins.local.pit}/v1/Patient?${query}`
}

/** Gives the page that there was no time for. */
async function readPages(state: State, first: string): Promise<string | undefined> {
  let url: string | undefined = first
  for (let pages = 0; url !== undefined && pages < PAGES_PER_TICK; pages += 1) url = await readPage(state, url)
  return url
}

interface SearchSet {
  readonly entry?: readonly {
    readonly resource: { readonly id: string; readonly meta: { readonly lastUpdated: string } }
  }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

async function readPage(state: State, url: string): Promise<string | undefined> {
  const answer = await state.api.call('GET', url)
  if (!answer.ok) throw await unexpected(answer, 'The search for patients')
  const { entry = [], link = [] } = (await answer.json()) as SearchSet
  state.pages += 1
  for (const { resource } of entry) keep(state, resource.id, resource.meta.lastUpdated)
  return link.find(({ relation }) => relation === 'next')?.url
}

function keep(state: State, id: string, lastUpdated: string): void {
  if (state.mirror.get(id) !== lastUpdated) state.updates += 1
  state.mirror.set(id, lastUpdated)
  state.newest = lastUpdated
}
