import { identityNumbersIn, MASK } from './identity-numbers.ts'
import { placesIn } from './json-places.ts'
import type { Span } from './span.ts'

/** The text with every number masked that looks like an identity number of the real series, however it is written. */
export function maskIdentityNumbers(text: string): string {
  const spans = identityNumbersIn(text)
  return spans.length === 0 ? text : replaced(text, spans, () => MASK)
}

/** The same with each masked character replaced by one: what stands at an offset of the text stays there. */
export function maskInPlace(text: string): string {
  const spans = identityNumbersIn(text)
  return spans.length === 0 ? text : replaced(text, spans, ({ start, end }) => '*'.repeat(end - start))
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
  const spans = identityNumbersIn(text)
  if (spans.length === 0) return { text, pointers: [] }
  const places = placesIn(text, spans)
  const masked: (Span & { readonly by: string; readonly pointer: string })[] = []
  for (const [index, span] of spans.entries()) {
    const place = places[index]
    if (place === undefined) continue
    const { pointer, kind, ...whole } = place
    if (kind !== 'bare') masked.push({ ...span, by: MASK, pointer })
    else if (/^-?[0-9]{11}$/.test(text.slice(whole.start, whole.end))) masked.push({ ...whole, by: '0', pointer })
  }
  return {
    text: replaced(text, masked, ({ by }) => by),
    pointers: [...new Set(masked.map(({ pointer }) => maskIdentityNumbers(pointer)))],
  }
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

function replaced<S extends Span>(text: string, spans: readonly S[], by: (span: S) => string): string {
  const parts: string[] = []
  let kept = 0
  for (const span of spans) {
    parts.push(text.slice(kept, span.start), by(span))
    kept = span.end
  }
  parts.push(text.slice(kept))
  return parts.join('')
}
