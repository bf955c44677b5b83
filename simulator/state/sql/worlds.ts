import type { Clock } from '../../ground/clock.ts'
import type { Assumptions } from '../../ground/settings/assumptions.ts'
import type { Client, RegisterEntry, VkpRoute } from '../records.ts'
import type { Robots } from '../robots.ts'
import type { SandboxSpec } from '../sandbox-spec.ts'
import type { Snapshot } from '../snapshot.ts'
import type { Time, World } from '../world.ts'
import type { Database } from './database.ts'
import { createDocument } from './documents.ts'
import { type Header, raiseVersion, readHeader } from './header.ts'
import type { Hub } from './hub.ts'
import { createSharedIds, firstPosition, type SharedIds } from './ids.ts'
import { clockOver, readSeat, SEAT_COLUMNS, seatOf, wallSql, writeSeat } from './ledger.ts'
import type { WorldPlace } from './place.ts'
import { createSqlRobots, type SqlRobots } from './robots.ts'

/** What a world that is kept in a database is made of. */
export interface SqlWorldParts {
  readonly spec: SandboxSpec
  readonly place: WorldPlace
  readonly header: Header
  readonly time: Time
  /** Assumes something else from now on, in every process. */
  readonly assume: (assumptions: Assumptions) => Promise<void>
}

/** A world, with what keeps it up to date. */
export interface LiveWorld {
  readonly id: string
  readonly spec: SandboxSpec
  readonly world: World
  readonly header: Header
  readonly ids: SharedIds
  readonly robots: SqlRobots
}

/** The time of the database as this process reckons it, in milliseconds. */
export interface DatabaseTime {
  now(): number
  /** The database said that time; the question was put at `asked`, by the machine's clock. */
  learn(time: number, asked: number): void
  machine(): number
}

/** Creates the reckoning. It moves only where what the database says leaves no other way. */
export function createDatabaseTime(machine: () => number): DatabaseTime {
  let offset = 0
  return {
    machine,
    now: () => machine() + offset,
    learn(time, asked) {
      offset = Math.min(Math.max(offset, time - machine()), time - asked)
    },
  }
}

/** Gives the world that is made of the parts, but for its robots, which `robotsOf` makes of those that it has. */
export type Assemble = (parts: SqlWorldParts, robotsOf: (own: Robots) => Robots) => World

export interface WorldsOptions {
  readonly database: Database
  readonly hub: Hub
  readonly time: DatabaseTime
  readonly assemble: Assemble
  /** Whether this process lets the robots work. */
  readonly inCharge: () => boolean
  /** What a sandbox has at first. */
  readonly beginningOf: (spec: SandboxSpec) => Beginning
}

interface Beginning {
  readonly clients: readonly Client[]
  readonly routes: readonly VkpRoute[]
  readonly register: readonly RegisterEntry[]
}

/** How worlds come into the database, and out of it into this process. */
export interface Worlds {
  /** A new world with empty stores, that begins as the snapshot has it. */
  create(spec: SandboxSpec, snapshot?: Snapshot): Promise<LiveWorld>
  /** The world with that id, which another process may have made. */
  open(id: string, spec: SandboxSpec): Promise<LiveWorld>
  /** Reads again what is not in the row that each request begins with. */
  reload(live: LiveWorld, version: number): Promise<void>
}

/** Creates the way to worlds. */
export function createWorlds(options: WorldsOptions): Worlds {
  const { database } = options
  const open = async (id: string, spec: SandboxSpec) => {
    const header = await readHeader(database.query, id, spec)
    const live = bring(options, id, spec, header)
    await live.ids.refill()
    return live
  }
  return {
    open,
    async create(spec, snapshot) {
      const beginning = options.beginningOf(spec)
      const id = crypto.randomUUID()
      const assumptions = snapshot?.assumptions ?? spec.options.assumptions
      await database.transaction(async (query) => {
        const [row] = await query(`SELECT ${wallSql()} AS wall`)
        const seat = seatOf(Number(row?.wall), snapshot?.clock)
        await query('INSERT INTO jftsim.world (world) VALUES ($1)', [id])
        await query('INSERT INTO jftsim.ledger VALUES ($1, false, 0, 0, 1, 0, 0, $2)', [
          id,
          firstPosition(spec.seed, snapshot?.ids),
        ])
        await writeSeat(query, id, seat)
        await query("INSERT INTO jftsim.document VALUES ($1, 'assumptions', $2)", [id, JSON.stringify(assumptions)])
      })
      const live = await open(id, spec)
      if (snapshot === undefined) await begin(live.world, beginning)
      return live
    },
    async reload({ id, header, robots, spec }, version) {
      const read = await readHeader(database.query, id, spec)
      header.assumptions = read.assumptions
      await robots.reload()
      header.version = Math.max(header.version, version)
    },
  }
}

async function begin({ state }: World, { clients, routes, register }: Beginning): Promise<void> {
  for (const client of clients) await state.clients.put(client)
  await state.routes.replace(routes)
  await state.vkpRegister.replace(register)
}

function bring(options: WorldsOptions, id: string, spec: SandboxSpec, header: Header): LiveWorld {
  const { database, hub, time: wall, assemble, inCharge } = options
  const stamped = (stamp: number) => {
    const { current } = header.seat
    header.seat.current = { ...current, lastStamp: Math.max(current.lastStamp, stamp) }
  }
  const place = { ...hub.place(id), stamped }
  const ids = createSharedIds(database, id, spec.seed !== undefined)
  const clock = clockOver(header.seat, wall.now)
  const set = (change: (clock: Clock) => void) => setClock(options, place, header, change)
  const settings = createDocument<Assumptions>(place, 'assumptions', header.assumptions)
  const assume = async (assumptions: Assumptions) => {
    header.version = await settings.change(async (_before, query) => ({
      value: assumptions,
      answer: await raiseVersion(query, id),
    }))
    header.assumptions = assumptions
  }
  let robots: SqlRobots | undefined
  const world = assemble({ spec, place, header, time: { clock, ids, set }, assume }, (own) => {
    robots = createSqlRobots(own, place, header, inCharge)
    return robots
  })
  if (!robots) throw new TypeError('a world has robots')
  return { id, spec, world, header, ids, robots }
}

async function setClock(
  { database, hub, time }: WorldsOptions,
  { world }: WorldPlace,
  header: Header,
  change: (clock: Clock) => void,
): Promise<void> {
  const asked = time.machine()
  const { seat, wall, version } = await database.transaction(async (query) => {
    await query('SELECT 1 FROM jftsim.ledger WHERE world = $1 FOR UPDATE', [world])
    const [row = {}] = await query(`SELECT ${SEAT_COLUMNS} FROM jftsim.ledger l WHERE world = $1`, [world])
    const place = { current: readSeat(row) }
    change(clockOver(place, () => Number(row.wall)))
    await writeSeat(query, world, place.current)
    return { seat: place.current, wall: Number(row.wall), version: await raiseVersion(query, world) }
  })
  time.learn(wall, asked)
  header.seat.current = seat
  header.version = Math.max(header.version, version)
  await hub.tell({ world, of: 'clock' })
}
