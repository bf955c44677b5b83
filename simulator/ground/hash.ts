/** FNV-1a, 32 bits. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 0x01000193)
  return value >>> 0
}

/** The finaliser of MurmurHash3, 32 bits: neighbouring inputs give unlike outputs. */
export function mix(input: number): number {
  let value = input
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}

/** A number from 0 (inclusive) to 1 (exclusive), always the same for the same seed. */
export function fractionOf(seed: string): number {
  return mix(hash(seed)) / 2 ** 32
}
