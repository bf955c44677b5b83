import type { Database } from './database.ts'
import type { News, WorldPlace } from './place.ts'

/** Hands on what processes tell each other of worlds. */
export interface Hub {
  /** Where the stores of a world keep what they have. */
  place(world: string): WorldPlace
  /** Nobody in this process asks for that world any more. */
  drop(world: string): void
  /** Tells the other processes, where there are any. */
  tell(news: News): Promise<void>
  /** Calls the reader with all that others tell. */
  heard(reader: (news: News) => void): void
}

interface Readers {
  readonly heard: ((news: News) => void)[]
  readonly missed: (() => void)[]
}

/** Creates the hub of this process; `self` tells its own news from those of others. */
export function createHub(database: Database, self: string): Hub {
  const worlds = new Map<string, Readers>()
  const all: ((news: News) => void)[] = []
  const text = (news: News) => (database.shared ? JSON.stringify({ ...news, by: self }) : null)
  database.hear(
    (payload) => {
      const { by, ...news } = JSON.parse(payload) as News & { readonly by?: string }
      if (by === self) return
      for (const reader of [...(worlds.get(news.world)?.heard ?? []), ...all]) reader(news)
    },
    () => {
      for (const { missed } of worlds.values()) for (const reader of missed) reader()
    },
  )
  const readersOf = (world: string) => {
    const readers = worlds.get(world) ?? { heard: [], missed: [] }
    worlds.set(world, readers)
    return readers
  }
  return {
    place: (world) => ({
      database,
      world,
      news: (news) => text({ world, ...news }),
      heard: (reader) => void readersOf(world).heard.push(reader),
      missed: (reader) => void readersOf(world).missed.push(reader),
    }),
    drop: (world) => void worlds.delete(world),
    async tell(news) {
      const payload = text(news)
      if (payload !== null) await database.query("SELECT pg_notify('jftsim', $1)", [payload])
    },
    heard: (reader) => void all.push(reader),
  }
}
