import { post } from './events.ts'
import { Inconclusive, Unplayed } from './question.ts'
import type { Session } from './session.ts'

/** What "approximately 1 MB" and "approximately 900 KB" are most often. */
const USUAL = [1_048_576, 1_000_000, 1_024_000, 921_600, 900_000]
const LARGEST = 4 * 1_048_576

/** Asks whether a body of so many bytes is taken. */
type Fits = (bytes: number) => Promise<boolean>

/** The largest body of an event that is taken, in bytes: it is, and one byte more is not. */
export function sizeLimit(session: Session, textOf: (bytes: number) => string): Promise<number> {
  return largest(async (bytes) => {
    const text = textOf(bytes)
    const { status } = await post(session, text, {
      type: text.includes('"resourceType":"Bundle"') ? 'Bundle' : 'Composition',
    })
    return fits(status, bytes)
  }, 4_096)
}

/** What a status says of a body of that size. Throws `Inconclusive` when it says nothing. */
export function fits(status: number, bytes: number): boolean {
  if (status === 202) return true
  if (status === 413) return false
  throw new Unplayed(`A body of ${bytes} bytes was answered ${status}, neither 202 nor 413.`)
}

/** Searches the limit: first at the usual ones, then by halves. */
export async function largest(does: Fits, smallest: number): Promise<number> {
  let [low, high] = [smallest, LARGEST]
  for (const usual of USUAL) {
    if (usual <= low || usual >= high) continue
    if (!(await does(usual))) high = usual
    else if (await does(usual + 1)) low = usual + 1
    else return usual
  }
  if (!(await does(low))) throw new Inconclusive(`A body of ${low} bytes was refused already.`)
  if (high === LARGEST && (await does(high))) throw new Inconclusive(`${high} bytes were taken: no limit was found.`)
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (await does(middle)) low = middle
    else high = middle
  }
  return low
}
