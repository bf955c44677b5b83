import { DEFAULT_SANDBOX } from '../../ground/origins.ts'
import type { SimulatorOptions } from '../options.ts'
import type { SandboxSpec } from '../sandbox-spec.ts'
import { batched } from './batches.ts'
import type { Database, Row } from './database.ts'
import { LIGHT, renew } from './header.ts'
import type { Hub } from './hub.ts'
import type { DatabaseTime, LiveWorld, Worlds } from './worlds.ts'

/** What the sandboxes of a database are looked up with. */
export interface PresenceParts {
  readonly options: SimulatorOptions
  readonly database: Database
  readonly hub: Hub
  readonly time: DatabaseTime
  readonly worlds: Worlds
}

/** Who is there. Each request looks, in one statement for all that look at once. */
export function createPresence(parts: PresenceParts) {
  const { options, database } = parts
  const opened = createOpened(parts)
  /** Milliseconds after which the use of a sandbox is written down again. */
  const touchAfter = Math.min(60_000, options.limits.sandboxIdleMinutes * 6_000)
  const own = createOwn(parts, touchAfter)
  const lookAll = batched(async (names: readonly string[]) => {
    const rows = await rowsOf(parts, 'WHERE s.name = ANY($1::text[])', [[...new Set(names)]])
    const found = new Map<string, { readonly live: LiveWorld; readonly row: Row }>()
    for (const row of rows) {
      const live = await opened.meet(row)
      if (live) found.set(String(row.name), { live, row })
    }
    return names.map((name) => found.get(name))
  })
  const lookUp = async (name: string) => {
    const mine = await own.find(name)
    if (mine) return { live: mine }
    const met = await lookAll(name)
    if (met) own.keep(name, met.live)
    return met
  }
  return {
    keep: opened.keep,
    ofDefault: opened.ofDefault,
    forgetOwn: own.forget,
    forget(id: string) {
      opened.forget(id)
      own.forget(id)
    },
    look: async (name: string) => (await lookUp(name))?.live,
    async use(name: string) {
      const met = await lookUp(name)
      if (met && 'row' in met && Number(met.row.idle) * 1000 >= touchAfter) await touch(database, name)
      return met?.live
    },
    /** All, in the order in which they were made. */
    async all() {
      const met: LiveWorld[] = []
      for (const row of await rowsOf(parts, 'ORDER BY s.ordinal', [])) {
        const live = await opened.meet(row)
        if (live) met.push(live)
      }
      return met
    },
  }
}

async function touch({ later }: Database, name: string): Promise<void> {
  await later('UPDATE jftsim.sandbox SET used = clock_timestamp() WHERE name = $1', [name])
}

const FROM = 'FROM jftsim.sandbox s JOIN jftsim.world w USING (world) JOIN jftsim.ledger l USING (world)'

async function rowsOf(
  { database, time }: PresenceParts,
  where: string,
  values: readonly (readonly string[])[],
): Promise<readonly Row[]> {
  const asked = time.machine()
  const rows = await database.query(`SELECT ${LIGHT} ${FROM} ${where}`, values)
  if (rows[0]) time.learn(Number(rows[0].wall), asked)
  return rows
}

/** The worlds that this process has opened, by their ids. */
function createOpened({ options, database, hub, worlds }: PresenceParts) {
  const known = new Map<string, LiveWorld>()
  let ofDefault: LiveWorld | undefined
  const open = async (id: string) => {
    const [row] = await database.query('SELECT spec FROM jftsim.sandbox WHERE world = $1', [id])
    if (!row) return undefined
    const live = await worlds.open(id, specOf(row, options))
    await live.robots.reload()
    known.set(id, live)
    return live
  }
  return {
    keep: (live: LiveWorld) => void known.set(live.id, live),
    ofDefault(): LiveWorld {
      if (!ofDefault) throw new TypeError('the default sandbox always exists')
      return ofDefault
    },
    forget(id: string) {
      known.get(id)?.world.state.journal.close()
      known.delete(id)
      hub.drop(id)
    },
    /** The world of a row, as it is by now. */
    async meet(row: Row): Promise<LiveWorld | undefined> {
      const id = String(row.world)
      const live = known.get(id) ?? (await open(id))
      if (!live) return undefined
      const version = Number(row.version)
      if (version > live.header.version) await worlds.reload(live, version)
      renew(live.header, row)
      await live.ids.refill()
      if (live.spec.name === DEFAULT_SANDBOX) ofDefault = live
      return live
    },
  }
}

/** What the options of this process say holds: where it listens, and for the default sandbox all. */
function specOf(row: Row, options: SimulatorOptions): SandboxSpec {
  const spec = JSON.parse(String(row.spec)) as SandboxSpec
  if (spec.name === DEFAULT_SANDBOX) return { ...spec, options }
  const { port, host, publicUrl, handOutKeys } = options
  return { ...spec, options: { ...spec.options, port, host, publicUrl, handOutKeys } }
}

/** Where nobody else has the database, what this process knows of its sandboxes is all that there is to know. */
function createOwn({ database, time }: PresenceParts, touchAfter: number) {
  const own = new Map<string, { readonly live: LiveWorld; readonly touched: number }>()
  return {
    keep(name: string, live: LiveWorld) {
      if (!database.shared) own.set(name, { live, touched: time.machine() })
    },
    forget(id: string) {
      for (const [name, { live }] of own) if (live.id === id) own.delete(name)
    },
    async find(name: string): Promise<LiveWorld | undefined> {
      const mine = own.get(name)
      if (!mine || time.machine() - mine.touched >= touchAfter) return undefined
      await mine.live.ids.refill()
      return mine.live
    },
  }
}
