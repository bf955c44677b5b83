import { keepDraft, readDraft } from '../parts/draft.ts'
import { OWN_FILE, type PackFaults, type ToCheck } from './own-pack-check.ts'
import { packsIn } from './packs-in.ts'
import { SHIPPED } from './shipped.ts'
import type { OpenPack } from './tree.ts'

/** A pack that the reader of the page wrote, and what is wrong with it. */
export interface OwnPack extends PackFaults {
  readonly text: string
  /** The pack as it was last without faults; empty where there is none. */
  readonly packs: readonly OpenPack[]
}

/** Milliseconds without a key until the text is read. */
const PAUSE = 250
/** Milliseconds until it is tried again to check a text, when nobody answers who has the code for it. */
const RETRY = 1_000

const listeners = new Set<() => void>()
let state: OwnPack = { text: readDraft('own-pack') ?? '', packs: [], faults: [], more: 0 }
let timer: ReturnType<typeof setTimeout> | undefined
let worker: Worker | undefined
let reading = false

/** The pack of the page's reader, kept as long as the browser's tab is open. */
export const own = {
  state: () => state,
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  write(text: string) {
    set({ ...state, text })
    clearTimeout(timer)
    timer = setTimeout(settled, PAUSE)
  },
}

/** To keep a long text takes as long as to draw a key: it is kept when nobody writes, and when the page goes. */
function settled(): void {
  keepDraft('own-pack', state.text)
  void readNewest()
}

window.addEventListener('pagehide', () => keepDraft('own-pack', state.text))

if (state.text !== '') void readNewest()

/** Reads the text, and again what was written meanwhile: one reading at a time, since each can take seconds. */
async function readNewest(): Promise<void> {
  if (reading) return
  reading = true
  for (let read: string | undefined; read !== state.text; ) {
    read = state.text
    const found = await checked(read)
    if (found === undefined) {
      await new Promise((done) => setTimeout(done, RETRY))
      read = undefined
    } else if (read === state.text) set({ text: read, packs: packsOf(read, found), ...found })
  }
  reading = false
}

function packsOf(text: string, { faults }: PackFaults): readonly OpenPack[] {
  if (text.trim() === '') return []
  return faults.length === 0 ? packsIn([{ file: OWN_FILE, text }]) : state.packs
}

function set(next: OwnPack): void {
  state = next
  for (const listener of listeners) listener()
}

/** The thread has no packs of its own: they are most of a megabyte. */
const IDS = SHIPPED.map(({ pack: { pack, scenarios } }) => ({ pack, scenarios: scenarios.map(({ id }) => ({ id })) }))

/** `undefined`: the thread's code cannot be read now, since the simulator is gone. */
function checked(text: string): Promise<PackFaults | undefined> {
  worker ??= new Worker(new URL('./own-pack-worker.ts', import.meta.url), { type: 'module' })
  const thread = worker
  return new Promise((resolve) => {
    thread.onmessage = ({ data }: MessageEvent<PackFaults>) => resolve(data)
    thread.onerror = () => {
      worker = undefined
      resolve(undefined)
    }
    thread.postMessage({ text, shipped: IDS } satisfies ToCheck)
  })
}
