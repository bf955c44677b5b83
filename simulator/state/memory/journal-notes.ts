import type { JournalNotes } from '../ports.ts'
import type { JournalNote } from '../records.ts'

/** What a note costs besides its texts. */
const OVERHEAD = 500

/** Creates an empty journal that keeps about `limit` characters. */
export function createJournalNotes(limit: number): JournalNotes {
  const notes = new Map<string, JournalNote>()
  let size = 0
  let dropped = 0
  const makeRoom = () => {
    for (const [id, note] of notes) {
      if (size <= limit || notes.size === 1) return
      notes.delete(id)
      size -= sizeOf(note)
      dropped += 1
    }
  }
  const here = (municipality: string) => [...notes.values()].filter((note) => note.municipality === municipality)
  return {
    async add(note) {
      notes.set(note.id, note)
      size += sizeOf(note)
      makeRoom()
    },
    find: async (municipality, id) => here(municipality).find((note) => note.id === id),
    list: async (municipality) => here(municipality).reverse(),
    dropped: async () => dropped,
  }
}

function sizeOf({ title, text, source }: JournalNote): number {
  return OVERHEAD + title.length + text.length + source.length
}
