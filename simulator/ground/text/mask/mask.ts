import { identityNumbersIn, MASK } from './identity-numbers.ts'
import { type JsonPlace, placesIn } from './json-places.ts'
import type { Span } from './span.ts'
import { changedTokens } from './tokens.ts'

/** A part of a text that goes, and what comes in its place. */
interface Change extends Span {
  readonly by: string
}

/** Identity numbers, and the tokens that have some in their base64. */
function changesOf(text: string): readonly Change[] {
  const numbers = identityNumbersIn(text).map((span) => ({ ...span, by: MASK }))
  const tokens = changedTokens(text, maskText)
  if (tokens.length === 0) return numbers
  const apart = numbers.filter(({ start, end }) => tokens.every((token) => end <= token.start || start >= token.end))
  return [...apart, ...tokens].sort((a, b) => a.start - b.start)
}

/** Texts in which there was nothing to mask, and how much they are together at most: events stay long, and are read often. */
const clean = new Set<string>()
const ROOM = { texts: 20_000, characters: 16_000_000 }
/** Characters up to which it costs less to look than to remember. */
const SHORT = 64
let characters = 0

/** Whether there is nothing to mask in a text; of what was asked lately it is known. */
export function isMasked(text: string): boolean {
  if (text.length > SHORT && clean.has(text)) return true
  if (changesOf(text).length > 0) return false
  if (text.length <= SHORT) return true
  if (clean.size >= ROOM.texts || characters + text.length > ROOM.characters) {
    clean.clear()
    characters = 0
  }
  clean.add(text)
  characters += text.length
  return true
}

/** The text with every number masked that looks like an identity number of the real series, however it is written. */
export function maskIdentityNumbers(text: string): string {
  return changed(text, changesOf(text))
}

/** The same with each masked character replaced by one: what stands at an offset of the text stays there. */
export function maskInPlace(text: string): string {
  return changed(
    text,
    changesOf(text).map(({ start, end }) => ({ start, end, by: '*'.repeat(end - start) })),
  )
}

/** A JSON text after masking, and where it was masked. */
export interface MaskedJson {
  readonly text: string
  /** JSON Pointers (RFC 6901), masked as well, each once. */
  readonly pointers: readonly string[]
}

/**
 * Masks in the strings of a JSON text, and leaves everything else byte for byte as it is. A bare number stays a number: it
 * becomes 0; one with a fraction or an exponent is no identity number.
 */
export function maskJson(text: string): MaskedJson {
  const changes = changesOf(text)
  if (changes.length === 0) return { text, pointers: [] }
  const places = placesIn(text, changes)
  const masked = changes.flatMap((change, index) => {
    const place = places[index]
    return place === undefined ? [] : inPlace(text, change, place)
  })
  return {
    text: changed(text, masked),
    pointers: [...new Set(masked.map(({ pointer }) => maskIdentityNumbers(pointer)))],
  }
}

function inPlace(text: string, change: Change, { pointer, kind, start, end }: JsonPlace) {
  if (kind !== 'bare') return [{ ...change, pointer }]
  return /^-?[0-9]{11}$/.test(text.slice(start, end)) ? [{ start, end, by: '0', pointer }] : []
}

/** A text as far as it shows of itself what it is: JSON stays JSON. */
export function maskText(text: string): string {
  return /^\s*[[{]/.test(text) ? maskJson(text).text : maskIdentityNumbers(text)
}

/** Every text, name and number in a value of JSON, masked; the same value where there is nothing to mask. */
export function maskValue(value: unknown): unknown {
  if (typeof value === 'string') return maskText(value)
  if (typeof value === 'number') return maskNumber(value)
  if (Array.isArray(value)) return value.map(maskValue)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [maskIdentityNumbers(name), maskValue(member)]),
  )
}

/** A number stays a number. */
export function maskNumber(value: number): number {
  return Math.abs(value) < 1e10 || maskJson(`[${value}]`).pointers.length === 0 ? value : 0
}

function changed(text: string, changes: readonly Change[]): string {
  if (changes.length === 0) return text
  const parts: string[] = []
  let kept = 0
  for (const { start, end, by } of changes) {
    parts.push(text.slice(kept, start), by)
    kept = end
  }
  parts.push(text.slice(kept))
  return parts.join('')
}
