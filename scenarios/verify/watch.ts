import { givenBy } from '../../simulator/ground/surfaces.ts'
import { milliseconds } from '../../simulator/ground/text/duration.ts'
import type { Control } from '../../simulator/surfaces/control/client.ts'
import type { ExchangeList, ExchangeSummary } from '../../simulator/surfaces/control/types.ts'
import type { Cast } from './cast.ts'
import type { Ending, Exit } from './ending.ts'
import { lateSince, type Stall, stallOf } from './held-up.ts'
import type { StageTime } from './stage-time.ts'
import type { VerifyPack } from './verify-pack.ts'

/** A program under test that was started. */
export interface Program {
  /** Resolves when it ends on its own; never where nobody can know. */
  readonly ended: Promise<Exit>
  /** Stops it and all that it has started, and resolves when they are gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Kills it, and starts it again; absent where nobody can. `ended` is then about the new one. */
  restart?(): Promise<void>
  /** Asks it which events it has, by their ids; absent where it cannot be asked. */
  shows?(): Promise<readonly string[]>
}

/** How far a program is, for who waits. */
export interface Progress {
  readonly seconds: number
  readonly exchanges: number
  /** Cues that are still to come. */
  readonly cues: number
}

/** What a program is watched with. */
export interface Watching {
  readonly control: Control
  readonly pack: Pick<VerifyPack, 'within' | 'quiet' | 'patience'>
  readonly cast: Cast
  readonly time: StageTime
  /** Gets each stall of the machine. */
  readonly stalls: Stall[]
  /** Whether something is missing that may still come: a request once more, or an occasion for the program. */
  readonly isOwing: () => Promise<boolean>
  readonly onProgress?: ((progress: Progress) => void) | undefined
}

/** Milliseconds between two looks at what the program has done. */
const LOOK = 100

/**
 * Watches until the program ends, has nothing more to do, or its time is over. A program that has still to make a request
 * again may sleep: it is given the pack's patience for that.
 */
export async function watch({ ended }: Program, watching: Watching): Promise<Ending> {
  const { control, pack, cast, time, stalls, isOwing, onProgress } = watching
  let exit: Exit | undefined
  void ended.then((how) => {
    exit = how
  })
  const began = time.now()
  const end = began + milliseconds(pack.within)
  let seen: Seen = { sequence: 0, mark: 0, matching: 0 }
  let since = began
  let owes: boolean | undefined
  const isProgress = progressIn()
  for (let turn = time.now(); ; ) {
    for (const stall of stallOf(turn, time.now(), turn === began ? 0 : LOOK)) stalls.push(stall)
    turn = time.now()
    const after = turn - since - lateSince(stalls, since)
    if (exit) return { by: 'program', exit, after: time.now() - began }
    if (time.now() >= end) return { by: 'time', after: time.now() - began }
    const now = await time.during(() => look(control, seen, cast, isProgress))
    if (now.mark !== seen.mark) {
      since = time.now()
      owes = undefined
    } else if (now.mark > 0 && after > milliseconds(pack.quiet)) {
      owes ??= await time.during(isOwing)
      if (!owes || after > milliseconds(pack.patience)) return { by: 'quiet', after }
    }
    seen = now
    onProgress?.({ seconds: (time.now() - began) / 1000, exchanges: now.matching, cues: cast.expected().length })
    await time.sleep(LOOK)
  }
}

interface Seen {
  /** Of the newest exchange. */
  readonly sequence: number
  /** Of the newest one that shows that the program gets on; 0 before its first request. */
  readonly mark: number
  readonly matching: number
}

/** Only what is new is asked for. */
async function look(
  control: Control,
  seen: Seen,
  cast: Cast,
  isProgress: (exchange: ExchangeSummary) => boolean,
): Promise<Seen> {
  const newest = await control<ExchangeList>('GET', '/exchanges?limit=1')
  const sequence = newest.exchanges[0]?.sequence ?? 0
  if (sequence === seen.sequence) return seen
  const limit = Math.min(sequence - seen.sequence, 1_000)
  const { exchanges } = await control<ExchangeList>('GET', `/exchanges?limit=${limit}`)
  const moved = exchanges.filter(isProgress)[0]?.sequence
  await cast.playDue()
  return { sequence, mark: moved ?? Math.max(seen.mark, 1), matching: newest.matching }
}

/**
 * Who asks PIT again from a stamp gets the last of what it has once more, and is idle; a page of others is progress. What an
 * exchange is depends on those before it.
 */
function progressIn(): (exchange: ExchangeSummary) => boolean {
  const pages = new Set<string>()
  return (exchange) => {
    const { surface, method, status, events = [] } = exchange
    if (isIdle(exchange)) return false
    if (givenBy(surface) !== 'patients' || method !== 'GET' || status !== 200) return true
    const page = events.toSorted().join()
    const isNew = !pages.has(page)
    pages.add(page)
    return isNew
  }
}

/** Tokens, and polls that give nothing, are not progress: those by POST no more than those by GET. */
function isIdle({ method, status, surface, url, events = [] }: ExchangeSummary): boolean {
  if (status >= 400 || status === 0) return false
  if (surface === 'helseid') return true
  const isSearch = method === 'GET' || /\/_search$/.test(new URL(url).pathname)
  // A record system that looks at its own persons, as the sample program does, does nothing yet.
  if (surface === 'ehr' && method === 'GET') return true
  return givenBy(surface) !== undefined && isSearch && events.length === 0
}
