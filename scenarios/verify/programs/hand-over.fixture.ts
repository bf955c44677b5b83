import type { Send } from '../../runner/target.ts'
import type { Surroundings } from '../stage.ts'
import type { StageTime } from '../stage-time.ts'
import type { Call } from './client.fixture.ts'

/** How a record system that hands persons over behaves; what is left out it does right. */
export interface HandOverTraits {
  /** Rounds until three bring nothing new, or for ever. */
  readonly rounds?: 'once' | 'for-ever'
  readonly workers?: number
  readonly body?: (person: Person, attempt: number) => string
  /** Persons in another order, or not all of them. */
  readonly choose?: (persons: readonly Person[]) => readonly Person[]
  readonly repeats?: 'each-round' | 'twice'
  readonly onRefusal?: 'again'
  readonly stale?: true
}

export type Person = Readonly<Record<string, unknown>> & { readonly id: string }

/** A record system as a program: hands over all persons, and again those who have changed. */
export async function runHandOver(
  { urls, poll = 1 }: Surroundings,
  { time, call, send }: { readonly time: StageTime; readonly call: Call; readonly send: Send },
  traits: HandOverTraits,
): Promise<void> {
  const { body = ({ id: _id, ...patient }) => JSON.stringify(patient), choose = (all) => all, workers = 1 } = traits
  const settled = new Map<string, string>()
  const list = () =>
    time.during(async () => {
      const answer = await send(new Request(`${urls.ehr}/persons`))
      const { entry } = (await answer.json()) as { entry: { resource: Person }[] }
      return entry.map(({ resource }) => resource)
    })
  const post = (text: string) => call({ method: 'POST', url: `${urls.pit}/v1/Patient`, body: text })

  const handOver = async (person: Person): Promise<number> => {
    const text = body(person, settled.size)
    const before = settled.get(person.id)
    if (before === text && traits.repeats !== 'each-round') return 0
    const { status } = await post(text)
    if (traits.repeats === 'twice' || (traits.onRefusal === 'again' && status === 400)) await post(text)
    if (traits.stale && before !== undefined && before !== text) await post(before)
    settled.set(person.id, text)
    return before === text ? 0 : 1
  }

  for (let empty = 0; empty < 3; ) {
    const queue = [...choose(await list())]
    let news = 0
    const work = async () => {
      for (let person = queue.shift(); person; person = queue.shift()) news += await handOver(person)
    }
    await Promise.all(Array.from({ length: workers }, work))
    if (traits.rounds === 'once') return
    empty = news === 0 && traits.rounds !== 'for-ever' ? empty + 1 : 0
    await time.sleep(poll * 1_000)
  }
}
