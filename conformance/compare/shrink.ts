import { array, object, parse, print, slots, token, type Value } from '../generate/document.ts'

/** Tells which of some payloads still show the difference. Asked for many at a time, since each time costs a round trip. */
export type StillDiffers = (payloads: readonly Buffer[]) => Promise<readonly boolean[]>

/** Candidates that are asked about at a time. */
const BATCH = 32
const SMALL = 300
/** Rounds at most: each makes the payload smaller, so few are needed. */
const ROUNDS = 200

/**
 * A smaller payload with the same difference: parts of the JSON are left out as long as it stays, then parts of the text.
 * The result is the smallest that these steps reach.
 */
export async function shrink(payload: Buffer, stillDiffers: StillDiffers): Promise<Buffer> {
  let smallest = payload
  for (let round = 0; round < ROUNDS; round++) {
    const next = await firstThatDiffers(candidates(smallest), stillDiffers)
    if (next === undefined) return smallest
    smallest = next
  }
  return smallest
}

async function firstThatDiffers(candidates: Iterable<Buffer>, differs: StillDiffers): Promise<Buffer | undefined> {
  let batch: Buffer[] = []
  for (const candidate of candidates) {
    batch.push(candidate)
    if (batch.length < BATCH) continue
    const found = batch[(await differs(batch)).indexOf(true)]
    if (found !== undefined) return found
    batch = []
  }
  return batch[(await differs(batch)).indexOf(true)]
}

/** Smaller payloads; those that leave out most come first, and are made only when they are asked for. */
function* candidates(payload: Buffer): Generator<Buffer> {
  const value = parse(payload.toString())
  if (value === undefined) return yield* smallerBytes(payload)
  for (const smaller of smallerValues(value)) {
    const bytes = Buffer.from(print(smaller))
    if (bytes.length < payload.length) yield bytes
  }
  // What is JSON stays JSON: broken, it would show another fault.
  if (payload.length < SMALL) for (const bytes of smallerBytes(payload)) if (isJson(bytes)) yield bytes
}

const isJson = (bytes: Buffer): boolean => parse(bytes.toString()) !== undefined

/** The value with one part left out, put in the place of its owner, or shortened. */
function* smallerValues(root: Value): Generator<Value> {
  yield* smallerOf(root)
  for (const { get, set } of slots(root)) {
    const inner = get()
    if (inner.kind === 'object') yield inner
    for (const smaller of smallerOf(inner)) {
      set(smaller)
      yield root
      set(inner)
    }
  }
}

function* smallerOf(value: Value): Generator<Value> {
  if (value.kind === 'object') {
    yield* withoutSome(value.members, (members) => object(...members))
    for (const one of value.members) if (one.value.kind === 'object') yield one.value
  } else if (value.kind === 'array') {
    yield* withoutSome(value.items, (items) => array(...items))
    yield* value.items.slice(0, 3)
  } else if (/^".{2,}"$/s.test(value.text)) {
    const text = value.text.slice(1, -1)
    yield token('"x"')
    yield token(`"${text.slice(0, Math.floor(text.length / 2))}"`)
    yield token(`"${text.slice(Math.floor(text.length / 2))}"`)
  }
}

/** Halves first, then one at a time. */
function* withoutSome<T>(items: readonly T[], make: (items: readonly T[]) => Value): Generator<Value> {
  const half = items.length >> 1
  if (half > 1) {
    yield make(items.slice(0, half))
    yield make(items.slice(half))
  }
  for (let index = 0; index < items.length; index++) yield make(items.filter((_, other) => other !== index))
}

/** Pieces of the text that are left out, from half of it down to one byte; long texts only in pieces that are worth it. */
function* smallerBytes(payload: Buffer): Generator<Buffer> {
  const finest = Math.max(1, payload.length >> 9)
  for (let size = payload.length >> 1; size >= finest; size >>= 1) {
    for (let at = 0; at + size <= payload.length; at += size) {
      yield Buffer.concat([payload.subarray(0, at), payload.subarray(at + size)])
    }
  }
}
