import { type ElementInfo, findType, type TypeInfo } from './table.ts'

/*
 * SDK 6 looks for the mandatory elements of a type in the order of a ConcurrentDictionary of .NET, which is that of the hash
 * codes of their names. Where a type has many elements it depends on the number of processors, too: here it is two.
 */

const PROCESSORS = 2
const CAPACITY = 37
/** The primes that the table grows to (HashHelpers), as far as any type of R4 needs them. */
const PRIMES = [37, 47, 59, 71, 89, 107, 131, 163, 197, 239, 293, 353, 431]

/** `string.GetNonRandomizedHashCodeOrdinalIgnoreCase`, for names of ASCII. */
function hashOf(name: string): number {
  const pair = (at: number): number => (unit(name, at + 1) * 0x10000 + unit(name, at)) | 0x00200020
  let one = (5381 << 16) + 5381
  let other = one
  let at = 0
  for (; name.length - at > 2; at += 4) {
    one = mix(one, pair(at))
    other = mix(other, pair(at + 2))
  }
  if (name.length > at) other = mix(other, pair(at))
  return (one + Math.imul(other, 1566083941)) >>> 0
}

const unit = (name: string, at: number): number => (at < name.length ? name.charCodeAt(at) : 0)
const mix = (hash: number, pair: number): number => ((((hash << 5) | (hash >>> 27)) + hash) | 0) ^ pair

/** A dictionary of .NET with names as keys, in as much as its order depends on it. */
class ConcurrentNames {
  private buckets: string[][] = Array.from({ length: CAPACITY }, () => [])
  private locks = PROCESSORS
  private budget = Math.floor(CAPACITY / PROCESSORS)
  private counts: number[] = new Array(PROCESSORS).fill(0)

  add(name: string): void {
    const bucket = this.put(name)
    const lock = bucket % this.locks
    if ((this.counts[lock] ?? 0) > this.budget) this.grow()
  }

  private put(name: string): number {
    const bucket = hashOf(name) % this.buckets.length
    this.buckets[bucket]?.unshift(name)
    const lock = bucket % this.locks
    this.counts[lock] = (this.counts[lock] ?? 0) + 1
    return bucket
  }

  private grow(): void {
    const names = this.names()
    if (names.length < this.buckets.length / 4) {
      this.budget *= 2
      return
    }
    const length = PRIMES.find((prime) => prime >= this.buckets.length * 2) ?? this.buckets.length
    this.locks *= 2
    this.buckets = Array.from({ length }, () => [])
    this.counts = new Array(this.locks).fill(0)
    this.budget = Math.max(1, Math.floor(length / this.locks))
    for (const name of names) this.put(name)
  }

  names(): readonly string[] {
    return this.buckets.flat()
  }
}

/** The names of all elements of a type in the order of the dictionary: its own were put in first, then those of its bases. */
export function orderOfNames(type: TypeInfo): readonly string[] {
  const names = new ConcurrentNames()
  for (const name of ownFirst(type)) names.add(name)
  return names.names()
}

function ownFirst(type: TypeInfo): readonly string[] {
  const inherited = findType(type.base)?.elements.length ?? 0
  const own = type.elements.slice(inherited).map(({ name }) => name)
  const base = findType(type.base)
  return base === undefined ? own : [...own, ...ownFirst(base)]
}

const orders = new WeakMap<TypeInfo, readonly ElementInfo[]>()

/** The mandatory elements of a type, in the order in which SDK 6 looks for them. */
export function mandatoryElements(type: TypeInfo): readonly ElementInfo[] {
  const known = orders.get(type)
  if (known !== undefined) return known
  const mandatory = type.elements.filter((element) => element.mandatory)
  const names = mandatory.length < 2 ? [] : orderOfNames(type)
  const sorted = mandatory.toSorted((one, other) => names.indexOf(one.name) - names.indexOf(other.name))
  orders.set(type, sorted)
  return sorted
}
