import { Corrector } from './correct-changes.ts'
import { readLeniently } from './lenient.ts'
import { readSource, type SourceNode, writeSource } from './lenient-json.ts'
import { writeInOrder } from './lenient-writer.ts'

/**
 * What one correction does.
 * - `wrap`: a single value becomes an array of one.
 * - `unwrap`: an array becomes the one value in it.
 * - `drop-empty`: an empty or blank string, an empty object, an empty array or a null goes; so does, without a correction of
 *   its own, an object or array that is empty thereby.
 * - `trim`: blanks around a value go; in base64 all of them.
 * - `retype`: a number or boolean in quotes loses them, and the reverse; a whole number with an exponent is written out.
 * - `rename`: a property gets the name that R4 gives it.
 * - `move`: a value goes from `name` to `_name`, or the reverse.
 * - `drop`: content goes that the parser does not look at: arrays in arrays, `fhir_comments`, an earlier property of the
 *   same name.
 * - `syntax`: what is no JSON goes: comments, commas too many, quotes of the wrong kind.
 */
export type CorrectionKind =
  | 'wrap'
  | 'unwrap'
  | 'drop-empty'
  | 'trim'
  | 'retype'
  | 'rename'
  | 'move'
  | 'drop'
  | 'syntax'

/** One repair that VKP makes. */
export interface Correction {
  readonly kind: CorrectionKind
  /** FHIRPath of the place, as it was sent. */
  readonly expression: string
  /** JSON Pointer (RFC 6901) of the same place, as it was sent. */
  readonly pointer: string
  /** The JSON value as it was sent; for `rename` the name. */
  readonly before: unknown
  /** The JSON value that VKP forwards; `null` where nothing is left. */
  readonly after: unknown
}

/** An operation of a JSON Patch (RFC 6902). */
export type PatchOperation =
  | { readonly op: 'remove'; readonly path: string }
  | { readonly op: 'add' | 'replace'; readonly path: string; readonly value: unknown }

/**
 * Which corrections VKP makes before it forwards.
 * - `since-2026-03`: all that follow from reading permissively and writing again.
 * - `documented-only`: wrap a single object; drop an empty string in a property with the very name `value`.
 * - `none`: it forwards what it got, as before March 2026.
 */
export type CorrectionMode = 'since-2026-03' | 'documented-only' | 'none'

/** A text with VKP's corrections. */
export interface Corrected {
  /** What VKP forwards. Since 2026-03 it is written anew: without blanks, elements in the order of R4, numbers as sent. */
  readonly text: string
  /** The forwarded JSON value; absent when the forwarded text is no JSON. */
  readonly resource?: unknown
  readonly corrections: readonly Correction[]
  /** The sent text with nothing changed but the corrected places; written anew only when it was no JSON. */
  readonly edited: string
  /** The same as operations on the sent JSON value; undefined when no patch can say it: no JSON, or names that occur twice. */
  readonly patch: readonly PatchOperation[] | undefined
}

/**
 * Corrects a text as VKP does, by the model that it reads permissively and writes again. A text that the permissive parser
 * rejects, and every text in mode `none`, comes back as it is. Never throws; correcting twice changes nothing more.
 */
export function correct(text: string, mode: CorrectionMode = 'since-2026-03'): Corrected {
  if (mode === 'none') return unchanged(text)
  const source = readSource(text)
  if (source.root === undefined) return unchanged(text)
  if (source.liberties.length === 0 || mode === 'documented-only') return correctTree(text, source.root, mode)
  if (readLeniently(source.root).issue !== undefined) return unchanged(text)
  const written = writeSource(source.root)
  const again = readSource(written)
  if (again.root === undefined) return unchanged(text)
  const corrected = correctTree(written, again.root, mode)
  const places = source.liberties.map(({ start, end }) => text.slice(start, Math.min(end, start + LONGEST_EXCERPT)))
  const syntax: Correction = { kind: 'syntax', expression: '$this', pointer: '', before: places, after: null }
  return { ...corrected, corrections: [syntax, ...corrected.corrections], patch: undefined }
}

const LONGEST_EXCERPT = 80

function unchanged(text: string): Corrected {
  return { text, ...parsed(text), corrections: [], edited: text, patch: [] }
}

function correctTree(text: string, root: SourceNode, mode: 'since-2026-03' | 'documented-only'): Corrected {
  const reading = readLeniently(root)
  if (reading.issue !== undefined) return unchanged(text)
  const { corrections, edited, patch } = new Corrector(text, reading, mode).correct()
  const forwarded = mode === 'documented-only' ? edited : writeCorrected(edited)
  return { text: forwarded, ...parsed(forwarded), corrections, edited, patch }
}

/** The corrected text is read once more: its places are others. */
function writeCorrected(edited: string): string {
  const { root } = readSource(edited)
  const reading = root === undefined ? undefined : readLeniently(root)
  return reading === undefined || reading.issue !== undefined ? edited : writeInOrder(edited, reading)
}

function parsed(text: string): { readonly resource?: unknown } {
  try {
    return { resource: JSON.parse(text) }
  } catch {
    return {}
  }
}
