import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import { z } from 'zod'
import { nearest } from '../simulator/surfaces/suggest.ts'

/** A file as the caller read it. */
export interface NamedText {
  /** How messages name the file. */
  readonly file: string
  readonly text: string
}

/** A file that was read: its value, and where things stand in it. */
export interface ReadYaml<T> {
  readonly value: T
  /** `file:line` of a key or item; of what encloses it, where there is none. */
  readonly placeOf: (path: readonly PropertyKey[]) => string
}

/** Files say what their readers do not understand. The message has one fault a line: `file:line: key: what is wrong`. */
export class YamlError extends Error {}

/**
 * Reads a YAML 1.2 text by a schema of objects and arrays. Throws a `YamlError` with every fault of the text; an unknown
 * key or value comes with the nearest known one.
 */
export function readYaml<S extends z.ZodType>({ file, text }: NamedText, schema: S): ReadYaml<z.infer<S>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => `${file}:${lines.linePos(offset).line}`
  if (document.errors.length > 0)
    throw new YamlError(document.errors.map(({ message, pos }) => `${at(pos[0])}: ${message}`).join('\n'))
  const placeOf = (path: readonly PropertyKey[]) => at(offsetOf(document, path))
  const result = schema.safeParse(document.toJS())
  if (result.success) return { value: result.data, placeOf }
  const faults = result.error.issues.flatMap((issue) => faultsOf(issue, schema, document))
  throw new YamlError(faults.map(({ path, message }) => `${placeOf(path)}: ${keyOf(path)}${message}`).join('\n'))
}

interface Fault {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

function faultsOf(issue: z.core.$ZodIssue, schema: z.ZodType, document: Document): Fault[] {
  const { path, message } = issue
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(key, path, schema))
  const value = document.getIn(path)
  if (value === undefined && path.length > 0) return [{ path, message: 'is missing.' }]
  if (issue.code !== 'invalid_value') return [{ path, message: `${message}.` }]
  return [{ path, message: `there is no ${value}. ${hint(String(value), issue.values.map(String))}` }]
}

function unknownKey(key: string, path: readonly PropertyKey[], schema: z.ZodType): Fault {
  return { path: [...path, key], message: `there is no such key. ${hint(key, keysAt(schema, path))}` }
}

function hint(word: string, known: readonly string[]): string {
  const guess = nearest(word, known)
  return guess === undefined ? `There are ${known.join(', ')}.` : `Did you mean ${guess}?`
}

/** The keys that the schema knows at a path. */
function keysAt(schema: unknown, path: readonly PropertyKey[]): readonly string[] {
  if (schema instanceof z.ZodDefault || schema instanceof z.ZodOptional) return keysAt(schema.unwrap(), path)
  const [step, ...rest] = path
  if (schema instanceof z.ZodArray) return keysAt(schema.element, rest)
  if (!(schema instanceof z.ZodObject)) return []
  return step === undefined ? Object.keys(schema.shape) : keysAt(schema.shape[String(step)], rest)
}

function keyOf(path: readonly PropertyKey[]): string {
  const key = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('')
  return key === '' ? '' : `${key.replace(/^\./, '')}: `
}

/** Where the key (or the item) at a path begins, or what encloses it. */
function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  const parent = document.getIn(path.slice(0, -1), true)
  const key = isMap(parent)
    ? parent.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1))?.key
    : document.getIn(path, true)
  if (isNode(key) && key.range) return key.range[0]
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1))
}
