import { checkNames, type PackIds } from '../../../scenarios/pack/check-names.ts'
import { type FileFault, FileFaults } from '../../../scenarios/read-yaml.ts'
import { packsIn } from './packs-in.ts'
import { REQUIREMENTS_BY_ID } from './requirements.ts'

/** What is wrong with a pack. */
export interface PackFaults {
  /** The first ones, in their order. */
  readonly faults: readonly FileFault[]
  /** How many there are beyond those. */
  readonly more: number
}

/** How the pack of the page's reader is called in messages. */
export const OWN_FILE = 'own.yaml'
/** Faults that are shown: nobody reads more at once, and each is a mark in the text and an entry beside it. */
const MOST_SHOWN = 50

/** A pack, and the ids of those that come with the simulator. */
export interface ToCheck {
  readonly text: string
  readonly shipped: readonly PackIds[]
}

/** What is wrong with a pack that stands beside those that are shipped: in its form, and in the names that it uses. */
export function faultsOf({ text, shipped }: ToCheck): PackFaults {
  if (text.trim() === '') return { faults: [], more: 0 }
  try {
    const mine = packsIn([{ file: OWN_FILE, text }]).map(({ pack }) => pack)
    const beside = shipped.filter(({ pack }) => !mine.some((one) => one.pack === pack))
    checkNames(mine, { requirements: [...REQUIREMENTS_BY_ID.keys()], beside })
    return { faults: [], more: 0 }
  } catch (error) {
    if (!(error instanceof FileFaults)) throw error
    const shown = error.faults.slice(0, MOST_SHOWN)
    return { faults: shown, more: error.faults.length - shown.length + error.more }
  }
}
