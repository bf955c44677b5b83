import type { Input } from '../generate/inputs.ts'
import type { Library } from '../library/library.ts'
import type { FirelyMajor, Opinion } from '../library/opinion.ts'
import { ASPECTS, type Aspect, type AspectComparison, type AspectDifference, compare } from './aspects.ts'
import { type Deliberate, deliberateFor } from './deliberate.ts'
import { type Said, saidByLibrary, saidByUs } from './said.ts'
import { shrink } from './shrink.ts'

/** How many inputs of a kind an aspect applied to, and in how many of them both sides say the same. */
export interface Figure {
  same: number
  /** Different on purpose. */
  meant: number
  total: number
}

/** All differences of one sort. */
export interface Group {
  readonly difference: AspectDifference
  readonly deliberate: Deliberate | undefined
  readonly kinds: Map<string, number>
  /** The shortest input that shows it. */
  example: Input
  count: number
}

export interface Result {
  readonly inputs: number
  /** By kind of input. */
  readonly figures: ReadonlyMap<string, ReadonlyMap<Aspect, Figure>>
  readonly groups: readonly Group[]
}

const CHUNK = 500

/** Compares on all inputs; the library reads one chunk while the simulator reads the same. */
export async function runComparison(library: Library, inputs: Iterable<Input>, sdk: FirelyMajor): Promise<Result> {
  const tally = new Tally(sdk)
  for (const chunk of chunksOf(inputs)) {
    const asked = library.askAll(chunk.map(({ bytes }) => bytes))
    const ours = chunk.map(({ bytes }) => attempt(() => saidByUs(bytes, sdk)))
    const opinions = await asked
    chunk.forEach((input, index) => {
      tally.add(input, opinions[index] as Opinion, ours[index] as Said | Error)
    })
  }
  return tally.result()
}

function* chunksOf(inputs: Iterable<Input>): Generator<Input[]> {
  let chunk: Input[] = []
  for (const input of inputs) {
    chunk.push(input)
    if (chunk.length < CHUNK) continue
    yield chunk
    chunk = []
  }
  if (chunk.length > 0) yield chunk
}

/** The validators never throw: where one does, that is a difference of its own. */
function attempt<T>(work: () => T): T | Error {
  try {
    return work()
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function compared(opinion: Opinion, ours: Said | Error): AspectComparison {
  if (!(ours instanceof Error)) return compare(saidByLibrary(opinion), ours)
  const crash = `the simulator threw ${ours.name}: ${ours.message}`
  return new Map([['verdict', { aspect: 'verdict', library: 'an answer', ours: crash, sort: crash }]])
}

class Tally {
  private readonly sdk: FirelyMajor
  private readonly figures = new Map<string, Map<Aspect, Figure>>()
  private readonly groups = new Map<string, Group>()
  private inputs = 0

  constructor(sdk: FirelyMajor) {
    this.sdk = sdk
  }

  add(input: Input, opinion: Opinion, ours: Said | Error): void {
    this.inputs++
    for (const [aspect, outcome] of compared(opinion, ours)) {
      const figure = this.figure(input.kind, aspect)
      figure.total++
      if (outcome === 'same') figure.same++
      else if (this.group(input, outcome, opinion, ours).deliberate !== undefined) figure.meant++
    }
  }

  result(): Result {
    const order = ({ difference, count }: Group) => ASPECTS.indexOf(difference.aspect) * 1e9 - count
    const groups = [...this.groups.values()].sort((one, other) => order(one) - order(other))
    return { inputs: this.inputs, figures: this.figures, groups }
  }

  private group(input: Input, difference: AspectDifference, opinion: Opinion, ours: Said | Error): Group {
    const deliberate = meant(difference, input.bytes, opinion, ours, this.sdk)
    const key = `${difference.aspect} ${difference.sort} ${deliberate?.reason ?? ''}`
    const known = this.groups.get(key)
    const group = known ?? { difference, deliberate, kinds: new Map(), example: input, count: 0 }
    this.groups.set(key, group)
    group.count++
    group.kinds.set(input.kind, (group.kinds.get(input.kind) ?? 0) + 1)
    if (input.bytes.length < group.example.bytes.length) group.example = input
    return group
  }

  private figure(kind: string, aspect: Aspect): Figure {
    const ofKind = this.figures.get(kind) ?? new Map<Aspect, Figure>()
    this.figures.set(kind, ofKind)
    const figure = ofKind.get(aspect) ?? { same: 0, meant: 0, total: 0 }
    ofKind.set(aspect, figure)
    return figure
  }
}

function meant(
  difference: AspectDifference,
  payload: Buffer,
  opinion: Opinion,
  ours: Said | Error,
  sdk: FirelyMajor,
): Deliberate | undefined {
  if (ours instanceof Error) return undefined
  return deliberateFor(difference, { library: saidByLibrary(opinion), ours, payload }, sdk)
}

/** The smallest payload with a difference of that sort, and what the two sides say of it. */
export async function shrunk(
  group: Group,
  library: Library,
  sdk: FirelyMajor,
): Promise<{ payload: Buffer } & AspectDifference> {
  const { aspect, sort } = group.difference
  const differenceOn = (payload: Buffer, opinion: Opinion) => {
    const ours = attempt(() => saidByUs(payload, sdk))
    const found = compared(opinion, ours).get(aspect)
    if (found === undefined || found === 'same' || found.sort !== sort) return undefined
    return meant(found, payload, opinion, ours, sdk) === group.deliberate ? found : undefined
  }
  const payload = await shrink(group.example.bytes, async (payloads) => {
    const opinions = await library.askAll(payloads)
    return payloads.map((one, index) => differenceOn(one, opinions[index] as Opinion) !== undefined)
  })
  return { payload, ...(differenceOn(payload, await library.ask(payload)) ?? group.difference) }
}
