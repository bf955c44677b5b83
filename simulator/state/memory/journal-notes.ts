/** A note in the journal of the EHR stand-in. */
export interface JournalNote {
  readonly id: string
  /** ISO 8601, UTC: when the EHR took it. */
  readonly time: string
  readonly municipality: string
  /** Resource type of what the note was made from. */
  readonly type: string
  readonly patient: { readonly identifier: string | null; readonly name: string | null }
  readonly title: string
  /** What the users of the EHR see. */
  readonly text: string
  /** The resource that the note was made from, as JSON text. */
  readonly source: string
}

/** The notes of all municipalities, bounded in characters: the oldest are dropped, and counted. */
export interface JournalNotes {
  add(note: JournalNote): void
  find(municipality: string, id: string): JournalNote | undefined
  /** Newest first. */
  list(municipality: string): readonly JournalNote[]
  readonly dropped: number
}

/** What a note costs beside its texts. */
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
    add(note) {
      notes.set(note.id, note)
      size += sizeOf(note)
      makeRoom()
    },
    find: (municipality, id) => here(municipality).find((note) => note.id === id),
    list: (municipality) => here(municipality).reverse(),
    get dropped() {
      return dropped
    },
  }
}

function sizeOf({ title, text, source }: JournalNote): number {
  return OVERHEAD + title.length + text.length + source.length
}
