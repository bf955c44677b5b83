import { createChangingPopulation } from '../memory/population/changes.ts'
import { createRouteTable, createVkpRegister } from '../memory/routes.ts'
import type { PersonChange } from '../population.ts'
import type { ClientRegister, JournalNotes, Population, Residents, RouteTable, VkpRegister } from '../ports.ts'
import type { Client, JournalNote, RegisterEntry, VkpRoute } from '../records.ts'
import { createDocument } from './documents.ts'
import type { WorldPlace } from './place.ts'
import { sqlText } from './text.ts'

/** The clients of a world. */
export function createSqlClients({ database, world }: WorldPlace): ClientRegister {
  const { query } = database
  return {
    async find(clientId) {
      const [row] = await query('SELECT data FROM jftsim.client WHERE world = $1 AND client_id = $2', [
        world,
        sqlText(clientId),
      ])
      return row && (JSON.parse(String(row.data)) as Client)
    },
    async list() {
      const rows = await query('SELECT data FROM jftsim.client WHERE world = $1 ORDER BY ordinal', [world])
      return rows.map(({ data }) => JSON.parse(String(data)) as Client)
    },
    async put(client) {
      await query(
        `INSERT INTO jftsim.client (world, client_id, data) VALUES ($1, $2, $3)
         ON CONFLICT (world, client_id) DO UPDATE SET data = excluded.data`,
        [world, sqlText(client.clientId), JSON.stringify(client)],
      )
    },
  }
}

/** The routes of a world. */
export function createSqlRoutes(place: WorldPlace): RouteTable {
  const rows = createDocument<readonly VkpRoute[]>(place, 'routes', [])
  return {
    find: async (orgnr, vkpId) => createRouteTable(await rows.read()).find(orgnr, vkpId),
    list: rows.read,
    replace: rows.write,
  }
}

/** VKP's own register of a world. */
export function createSqlRegister(place: WorldPlace): VkpRegister {
  const entries = createDocument<readonly RegisterEntry[]>(place, 'register', [])
  return {
    find: async (orgnr, vkpId) => createVkpRegister(await entries.read()).find(orgnr, vkpId),
    knows: async (orgnr) => createVkpRegister(await entries.read()).knows(orgnr),
    list: entries.read,
    replace: entries.write,
  }
}

/** The persons of a world: those that all know, and what has happened to them here. */
export function createSqlPopulation(place: WorldPlace, residents: Residents): Population {
  const kept = createDocument<readonly PersonChange[]>(place, 'person-changes', [])
  const after = async (changes: readonly PersonChange[]) => {
    const population = createChangingPopulation(residents)
    await population.load(changes)
    return population
  }
  return {
    find: async (identityNumber) => (await after(await kept.read())).find(identityNumber),
    list: async () => (await after(await kept.read())).list(),
    change: (change) =>
      kept.change(async (changes) => {
        const population = await after(changes)
        const answer = await population.change(change)
        return { answer, ...(answer === undefined ? {} : { value: await population.changes() }) }
      }),
    changes: kept.read,
    load: kept.write,
  }
}

/** What a note costs besides its texts, as in memory. */
const OVERHEAD = 500

/** The notes of a world. */
export function createSqlNotes(place: WorldPlace, limit: number): JournalNotes {
  const { database, world } = place
  const size = createDocument(place, 'notes', { bytes: 0, dropped: 0 })
  return {
    add: (note) =>
      size.change(async (before, query) => {
        const bytes = OVERHEAD + note.title.length + note.text.length + note.source.length
        await query('INSERT INTO jftsim.note (world, municipality, id, bytes, data) VALUES ($1, $2, $3, $4, $5)', [
          world,
          sqlText(note.municipality),
          sqlText(note.id),
          bytes,
          JSON.stringify(note),
        ])
        const value = { bytes: before.bytes + bytes, dropped: before.dropped }
        while (value.bytes > limit) {
          const [row] = await query(
            `DELETE FROM jftsim.note WHERE world = $1 AND ordinal = (
               SELECT ordinal FROM jftsim.note WHERE world = $1 ORDER BY ordinal LIMIT 1
             ) AND (SELECT count(*) FROM (SELECT 1 FROM jftsim.note WHERE world = $1 LIMIT 2) AS two) > 1
             RETURNING bytes`,
            [world],
          )
          if (!row) break
          value.bytes -= Number(row.bytes)
          value.dropped += 1
        }
        return { value, answer: undefined }
      }),
    async find(municipality, id) {
      const [row] = await database.query(
        'SELECT data FROM jftsim.note WHERE world = $1 AND municipality = $2 AND id = $3 LIMIT 1',
        [world, sqlText(municipality), sqlText(id)],
      )
      return row && (JSON.parse(String(row.data)) as JournalNote)
    },
    async list(municipality) {
      const rows = await database.query(
        'SELECT data FROM jftsim.note WHERE world = $1 AND municipality = $2 ORDER BY ordinal DESC',
        [world, sqlText(municipality)],
      )
      return rows.map(({ data }) => JSON.parse(String(data)) as JournalNote)
    },
    dropped: async () => (await size.read()).dropped,
  }
}
