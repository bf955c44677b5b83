import type { Control } from '../../simulator/surfaces/control/client.ts'
import type { ExchangeList } from '../../simulator/surfaces/control/types.ts'
import type { Step } from '../pack/step.ts'
import type { Place } from '../runner/place.ts'
import { newPlay, playStep } from '../runner/scenario.ts'
import type { Cue, VerifyPack } from './verify-pack.ts'

/** The pack could not be played: the program is not judged. */
export class StagingFailed extends Error {}

/** The pack's own parties, who act when their cue comes. */
export interface Cast {
  /** Plays steps of the pack itself; throws `StagingFailed` when one fails. */
  play(steps: readonly Step[]): Promise<void>
  /** Plays the cues that are due. */
  playDue(): Promise<void>
  /** Those that are still to come. */
  waiting(): readonly Cue[]
  /** Those that are still needed: of a group one is enough. */
  expected(): readonly Cue[]
  /** Whether the program was started again. */
  restarted(): boolean
}

/** The party of the packs that acts besides the program: another client of the same municipality. */
const PARTIES = { neighbour: { like: 'municipality' } }

/** What the cues of a pack are played with. */
export interface CastParts {
  readonly place: Place
  readonly control: Control
  readonly pack: VerifyPack
  readonly municipality: string
  readonly seed: string
  /** Gets the exchanges that the cues make. */
  readonly own: Set<string>
  readonly restart: () => Promise<boolean>
}

/** Who plays the cues of a pack. */
export function createCast({ place, control, pack: { cues }, municipality, seed, own, restart }: CastParts): Cast {
  const play = newPlay(place, { party: 'response-centre', parties: PARTIES }, { municipality, seed: `${seed}/cues` })
  const waiting = [...cues]
  let restarted = false
  const isMet = (name: string) => cues.some((cue) => cue.group === name && !waiting.includes(cue))
  const act = async (cue: Cue) => {
    if (cue.restart) restarted = await restart()
    await playAll(cue.do)
  }
  const playAll = async (steps: readonly Step[]) => {
    for (const step of steps) {
      const { name, failures, exchanges } = await playStep(play, step, 1)
      for (const { exchange } of exchanges) if (exchange !== undefined) own.add(exchange)
      // Otherwise the program would be judged by what the pack did wrong.
      if (failures.length > 0) throw new StagingFailed(`The pack itself failed in ${name}: ${JSON.stringify(failures)}`)
    }
  }
  return {
    play: playAll,
    waiting: () => waiting,
    expected: () => waiting.filter(({ group }) => group === undefined || !isMet(group)),
    restarted: () => restarted,
    async playDue() {
      for (const cue of [...waiting]) {
        if (!(await isDue(control, cue, own))) continue
        waiting.splice(waiting.indexOf(cue), 1)
        await act(cue)
      }
    },
  }
}

/** Exchanges of the pack itself are not cues. */
async function isDue(
  control: Control,
  { after: { times, ...filter } }: Cue,
  own: ReadonlySet<string>,
): Promise<boolean> {
  const query = new URLSearchParams(
    Object.entries(filter).map(([name, value]): [string, string] => [name, String(value)]),
  )
  const { matching } = await control<ExchangeList>('GET', `/exchanges?limit=1&${query}`)
  if (matching < times) return false
  const { exchanges } = await control<ExchangeList>('GET', `/exchanges?limit=1000&${query}`)
  return exchanges.filter(({ id, parent }) => parent === null && !own.has(id)).length >= times
}
