import { hash, mix } from './hash.ts'

/** Where identifiers and random tokens come from. */
export interface Ids {
  /** A lower-case UUID, version 4. JFT's resource ids are GUIDs (JFT WriteAPI overview). */
  uuid(): string
  /** `bytes` random bytes in upper-case hex, the form of HelseID's `jti` and `kid`. */
  hex(bytes: number): string
  /** A number from 0 (inclusive) to 1 (exclusive). */
  fraction(): number
  /** Where a seeded sequence stands; `undefined` for the platform's random source. */
  readonly state: number | undefined
}

/** Identifiers from the platform's random source, or, with a `seed` or a `state`, the same ones each time. */
export function createIds(seed?: string, state?: number): Ids {
  if (seed === undefined && state === undefined) {
    return idsFrom(fromPool, () => undefined)
  }
  let position = state ?? hash(seed ?? '')
  const next = () => {
    position = (position + 0x9e3779b9) >>> 0
    return mix(position)
  }
  return idsFrom(
    (bytes) => bytes.map(() => next() & 0xff),
    () => position,
  )
}

/** Random bytes are asked for in one go: each time costs more than the bytes. None is given twice. */
const POOL = new Uint8Array(4096)
let given = POOL.length

function fromPool(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  if (bytes.length > POOL.length) return crypto.getRandomValues(bytes)
  if (given + bytes.length > POOL.length) {
    crypto.getRandomValues(POOL)
    given = 0
  }
  bytes.set(POOL.subarray(given, given + bytes.length))
  POOL.fill(0, given, given + bytes.length)
  given += bytes.length
  return bytes
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function idsFrom(fill: (bytes: Uint8Array<ArrayBuffer>) => Uint8Array, state: () => number | undefined): Ids {
  const hex = (count: number) => {
    let text = ''
    for (const byte of fill(new Uint8Array(count))) text += HEX[byte]
    return text
  }
  return {
    hex: (bytes) => hex(bytes).toUpperCase(),
    uuid() {
      const digits = hex(16)
      const variant = ((Number.parseInt(digits.charAt(16), 16) & 3) | 8).toString(16)
      return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-4${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20)}`
    },
    fraction: () => Number.parseInt(hex(4), 16) / 2 ** 32,
    get state() {
      return state()
    },
  }
}
