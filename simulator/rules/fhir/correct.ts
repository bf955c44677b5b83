import { cutText } from '../../ground/text/mask/cut.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import { type Changes, Corrector } from './correct-changes.ts'
import { readLeniently } from './lenient.ts'
import { type Liberty, readSource, writeSource } from './lenient-json.ts'
import type { SourceNode } from './lenient-nodes.ts'
import { readPlain } from './lenient-plain.ts'
import type { ReadObject } from './lenient-read.ts'
import { writeForwarded } from './lenient-writer.ts'

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
 * - `syntax`: what is not JSON goes: comments, commas too many, quotes of the wrong kind.
 * - `rewrite`: a value is written in another form and says the same: `Z` as `+00:00`, `1e2` as 100.
 * - `change-value`: VKP forwards another value than was sent: a decimal of more than 28 digits is rounded, `010` is read as
 *   8, an instant without an offset gets one, half of a surrogate pair becomes U+FFFD.
 */
export const CORRECTION_KINDS = [
  'wrap',
  'unwrap',
  'drop-empty',
  'trim',
  'retype',
  'rename',
  'move',
  'drop',
  'syntax',
  'rewrite',
  'change-value',
] as const

/** One of `CORRECTION_KINDS`. */
export type CorrectionKind = (typeof CORRECTION_KINDS)[number]

/** One repair that VKP makes. */
export interface Correction {
  readonly kind: CorrectionKind
  /** FHIRPath of the place, as it was sent. */
  readonly expression: string
  /** JSON Pointer (RFC 6901) of the same place, as it was sent. */
  readonly pointer: string
  /**
   * The JSON value as it was sent; for `rename` the name, for `rewrite` and `change-value` the text of the value. A number
   * that JavaScript would change is a string with its digits; of a long value there is a string with its beginning and `…`.
   */
  readonly before: unknown
  /** What VKP forwards, in the same form; `null` where nothing is left. */
  readonly after: unknown
}

/**
 * Which corrections VKP makes before it forwards.
 * - `since-2026-03`: all that follow from reading permissively and writing again.
 * - `documented-only`: wrap a single object; drop an empty string in a property with the very name `value`.
 * - `none`: it forwards what it got, as before March 2026.
 */
export type CorrectionMode = 'since-2026-03' | 'documented-only' | 'none'

/** A text with VKP's corrections. What a caller does not read is not made. */
export interface Corrected {
  /**
   * What VKP forwards. Since 2026-03 it is written again as the library writes: without blanks, elements in the order of R4,
   * instants and numbers in the form of .NET.
   */
  readonly text: string
  /** The forwarded JSON value; undefined when the forwarded text is not JSON. */
  readonly resource: unknown
  /** The first 1,000 in the order of the text. */
  readonly corrections: readonly Correction[]
  /** How many corrections there are beyond those. */
  readonly moreCorrections: number
  /**
   * The sent text with nothing changed but the corrected places; written again only when it was no JSON. What VKP only
   * rewrites, and values that it changes, stay as they were sent.
   */
  readonly edited: string
  /**
   * The same as operations on the sent JSON value; undefined when no patch can say it: no JSON, names that occur twice, more
   * than 1,000 operations, or a new number that would lose digits.
   */
  readonly patch: readonly PatchOperation[] | undefined
}

/**
 * Corrects a text as VKP does, by the model that it reads permissively and writes again. A text that the permissive parser
 * rejects, and every text in mode `none`, comes back as it is. Never throws; correcting twice changes nothing more.
 */
export function correct(text: string, mode: CorrectionMode = 'since-2026-03'): Corrected {
  if (mode === 'none') return correctedBy(text, () => unchanged(text))
  const plain = mode === 'since-2026-03' ? readPlain(text) : undefined
  if (plain === undefined) return correctAsRead(text, mode)
  const changes = once(() => (plain.isChanged ? correctAsRead(text, mode) : unchanged(text)))
  return correctedBy(plain.forwarded, changes)
}

function correctAsRead(text: string, mode: 'since-2026-03' | 'documented-only'): Corrected {
  const source = readSource(text)
  const { root } = readLeniently(text, source)
  if (root === undefined || source.root === undefined) return correctedBy(text, () => unchanged(text))
  const changes = once(() => changesOf(text, source.root, root, source.liberties, mode))
  return correctedBy(mode === 'documented-only' ? changes().edited : writeForwarded(root), changes)
}

const unchanged = (text: string): Changes => ({ corrections: [], moreCorrections: 0, edited: text, patch: [] })

function correctedBy(text: string, changes: () => Changes): Corrected {
  const resource = once(() => parsed(text))
  return {
    text,
    get resource() {
      return resource()
    },
    get corrections() {
      return changes().corrections
    },
    get moreCorrections() {
      return changes().moreCorrections
    },
    get edited() {
      return changes().edited
    },
    get patch() {
      return changes().patch
    },
  }
}

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

function changesOf(
  text: string,
  tree: SourceNode,
  root: ReadObject,
  liberties: readonly Liberty[],
  mode: 'since-2026-03' | 'documented-only',
): Changes {
  if (liberties.length === 0 || mode === 'documented-only') return new Corrector(text, root, mode).correct()
  const written = writeSource(text, tree)
  const again = readLeniently(written, readSource(written))
  if (again.root === undefined) return unchanged(text)
  const changes = new Corrector(written, again.root, mode).correct()
  return { ...changes, corrections: [syntaxCorrection(text, liberties), ...changes.corrections], patch: undefined }
}

const LONGEST_EXCERPT = 80
const MOST_EXCERPTS = 100

function syntaxCorrection(text: string, liberties: readonly Liberty[]): Correction {
  const shown = liberties.slice(0, MOST_EXCERPTS)
  const before = shown.map(({ start, end }) => cutText(text.slice(start, end), LONGEST_EXCERPT))
  return { kind: 'syntax', expression: '$this', pointer: '', before, after: null }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
