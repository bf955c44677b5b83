import { assembleWorld, beginningOf, createSettings, seed, worldMaker } from './create-world.ts'
import { createClock } from './ground/clock.ts'
import type { Platform } from './ground/platform.ts'
import { checkedOptions, dispatch, type Simulator, simulatorOf } from './simulator.ts'
import { createPopulation } from './state/memory/population.ts'
import type { SimulatorInput } from './state/options.ts'
import type { Sandboxes } from './state/sandboxes.ts'
import type { Database } from './state/sql/database.ts'
import { createHub } from './state/sql/hub.ts'
import { openSigningKeys } from './state/sql/keys.ts'
import { openSandboxes } from './state/sql/sandboxes.ts'
import { migrate } from './state/sql/schema.ts'
import { createSqlState } from './state/sql/state.ts'
import { createUpkeep } from './state/sql/upkeep.ts'
import { type Assemble, createDatabaseTime, createWorlds } from './state/sql/worlds.ts'

export { CHANNEL, type Database, type Row, type SqlQuery, type SqlValue } from './state/sql/database.ts'
export { SchemaError } from './state/sql/schema.ts'
export { StoreLost } from './state/store-lost.ts'

/**
 * Composes a simulator whose state is kept in a database, which others may share. Rejects with an `OptionsError` when `input`
 * is wrong, with a `SchemaError` where the database is of a newer version, and with a `StoreLost` where it does not answer.
 */
export async function openSimulator(input: SimulatorInput, given: Platform, database: Database): Promise<Simulator> {
  const options = checkedOptions(input)
  await migrate(database)
  const keys = await openSigningKeys(database)
  const platform: Platform = { ...given, keys }
  const hub = createHub(database, crypto.randomUUID())
  const time = createDatabaseTime(createClock(given.wall).now)
  const upkeep = createUpkeep(database)
  const population = createPopulation()
  const assemble: Assemble = ({ spec, place, header, time: own, assume }, robotsOf) => {
    const assumed = {
      get assumptions() {
        return header.assumptions
      },
      assume,
    }
    const settings = createSettings(spec, assumed)
    const { limits } = spec.options
    const state = createSqlState(place, { limits, keys, population, faults: header.faults })
    return assembleWorld({ spec, settings, time: own, state, sandboxes }, platform, dispatch, robotsOf)
  }
  const worlds = createWorlds({ database, hub, time, assemble, inCharge: upkeep.inCharge, beginningOf })
  const scratch = worldMaker(platform, dispatch).make
  let opened: Sandboxes | undefined
  // A world knows all sandboxes, and the first is made before they are there.
  const sandboxes = new Proxy({} as Sandboxes, { get: (_none, name) => Reflect.get(opened ?? {}, name) as unknown })
  opened = await openSandboxes({ options, database, hub, time, worlds, seed, scratch })
  return simulatorOf(options, opened, platform, upkeep.turn)
}
