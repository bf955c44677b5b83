import { type FileFault, FileFaults } from '../../../scenarios/read-yaml.ts'
import { keepDraft, readDraft } from '../parts/draft.ts'
import { packsIn, REQUIREMENTS_BY_ID, SHIPPED } from './shipped.ts'
import type { OpenPack } from './tree.ts'

/** A pack that the reader of the page wrote. */
export interface OwnPack {
  readonly text: string
  /** The pack as it was last without faults; empty where there is none. */
  readonly packs: readonly OpenPack[]
  /** What is wrong with the text. */
  readonly faults: readonly FileFault[]
}

const FILE = 'own.yaml'
/** Milliseconds without a key until the text is read. */
const PAUSE = 250

const listeners = new Set<() => void>()
let state: OwnPack = { text: readDraft('own-pack') ?? '', packs: [], faults: [] }
let timer: ReturnType<typeof setTimeout> | undefined

/** The pack of the page's reader, kept as long as the browser's tab is open. */
export const own = {
  state: () => state,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  write(text: string) {
    keepDraft('own-pack', text)
    set({ ...state, text })
    clearTimeout(timer)
    timer = setTimeout(() => void read(text), PAUSE)
  },
}

if (state.text !== '') void read(state.text)

async function read(text: string): Promise<void> {
  const faults = text.trim() === '' ? [] : await faultsOf(text)
  if (text !== state.text) return
  const packs = text.trim() === '' ? [] : faults.length === 0 ? packsIn([{ file: FILE, text }]) : state.packs
  set({ text, packs, faults })
}

function set(next: OwnPack): void {
  state = next
  for (const listener of listeners) listener()
}

/** What names mean is known by code that is loaded for this only. */
async function faultsOf(text: string): Promise<readonly FileFault[]> {
  const { checkNames } = await import('../../../scenarios/pack/check-names.ts')
  try {
    const mine = packsIn([{ file: FILE, text }]).map(({ pack }) => pack)
    const others = SHIPPED.filter(({ pack }) => !mine.some((one) => one.pack === pack.pack)).map(({ pack }) => pack)
    checkNames([...others, ...mine], { requirements: [...REQUIREMENTS_BY_ID.keys()] })
    return []
  } catch (error) {
    if (!(error instanceof FileFaults)) throw error
    return error.faults.filter(({ file }) => file === FILE)
  }
}
