import { isMap, isNode, LineCounter, type ParsedNode, parseDocument, type YAMLError } from 'yaml'
import type { z } from 'zod'
import { suggest } from '../simulator/ground/text/suggest.ts'

/** A file as the caller read it. */
export interface NamedText {
  /** How messages name the file. */
  readonly file: string
  readonly text: string
}

/** One thing wrong with a file. */
export interface FileFault {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path of the key, for example `scenarios.3.steps.0.submit.fixture`. */
  readonly key: string
  readonly message: string
}

/** Faults that a message lists. */
const MOST_LISTED = 50

/** Files that cannot be used; the message has the reasons with their places, and says how many it leaves out. */
export class FileFaults extends Error {
  readonly faults: readonly FileFault[]
  /** How many others there are, which nobody has looked for the places of. */
  readonly more: number

  constructor(faults: readonly FileFault[], more = 0) {
    const listed = faults.slice(0, MOST_LISTED)
    const lines = listed.map(({ file, line, column, key, message }) => {
      return `${file}:${line}:${column}${key === '' ? '' : ` ${key}`}: ${message}`
    })
    const rest = faults.length - listed.length + more
    super([...lines, ...(rest === 0 ? [] : [`and ${rest} more`])].join('\n'))
    this.name = 'FileFaults'
    this.faults = faults
    this.more = more
  }
}

/** A YAML text that was read, and where its keys stand. */
export interface YamlFile<T> {
  readonly value: T
  readonly placeOf: (path: readonly PropertyKey[]) => { readonly line: number; readonly column: number }
}

/** What stands in a file after something of it was written out, and where each path of that is in the file. */
export interface Expansion {
  readonly value: unknown
  readonly written: (path: readonly PropertyKey[]) => readonly PropertyKey[]
}

/** Writes out what a file abbreviates. It may throw an error that has the `path` of the fault. */
export type Expand = (raw: unknown) => Expansion

/** Reads a YAML text by a schema. Throws `FileFaults` with every fault: its line, its key, and the name that was meant. */
export function readYaml<S extends z.ZodType>(
  named: NamedText,
  schema: S,
  expand: Expand = (value) => ({ value, written: (path) => path }),
): YamlFile<z.output<S>> {
  try {
    return read(named, schema, expand)
  } catch (error) {
    if (error instanceof FileFaults) throw error
    throw new FileFaults([{ file: named.file, line: 1, column: 1, key: '', message: reasonOf(error) }])
  }
}

/** What the reader gives up on: aliases that multiply, and what is nested deeper than its stack. */
function reasonOf(error: unknown): string {
  if (error instanceof RangeError) return TOO_DEEP
  return `It cannot be read: ${error instanceof Error ? error.message : String(error)}.`
}

const TOO_DEEP = 'It is nested too deeply.'

/** What the parser says of a text that is no YAML, or not one document of it. */
function wordsOf({ code, message }: YAMLError): string {
  if (code === 'MULTIPLE_DOCS') return 'There is a second document; a file holds one.'
  return code === 'RESOURCE_EXHAUSTION' || message.includes('call stack') ? TOO_DEEP : message
}

function read<S extends z.ZodType>({ file, text }: NamedText, schema: S, expand: Expand): YamlFile<z.output<S>> {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const at = (offset: number) => {
    const { line, col } = lines.linePos(offset)
    return { line, column: col }
  }
  const tooDeep = document.errors.find((error) => wordsOf(error) === TOO_DEEP)
  const broken = (tooDeep ? [tooDeep] : document.errors).map((error) => ({
    file,
    ...at(error.pos[0]),
    key: '',
    message: wordsOf(error),
  }))
  if (broken.length > 0) throw new FileFaults(broken)
  const placeIn = (path: readonly PropertyKey[]) => at(offsetOf(document.contents, path))
  const told = ({ path, message }: Found) => ({ file, ...placeIn(path), key: path.map(String).join('.'), message })
  const { value, written } = expanded(document.toJS(), expand, told)
  const parsed = schema.safeParse(value)
  if (parsed.success) return { value: parsed.data, placeOf: (path) => placeIn(written(path)) }
  const faults = parsed.error.issues.flatMap((issue) => faultsOf(issue, { schema, value }))
  const listed = faults.slice(0, MOST_LISTED)
  const placed = listed.map(({ path, message }) => told({ path: written(path), message }))
  throw new FileFaults(placed, faults.length - listed.length)
}

function expanded(raw: unknown, expand: Expand, told: (found: Found) => FileFault): Expansion {
  try {
    return expand(raw)
  } catch (error) {
    if (!(error instanceof Error && 'path' in error && Array.isArray(error.path))) throw error
    throw new FileFaults([told({ path: error.path, message: error.message })])
  }
}

/** What stands at a path. */
function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (node, part) => (node as Readonly<Record<PropertyKey, unknown>> | undefined | null)?.[part],
    value,
  )
}

/** Where the node at the path begins, or the nearest one above it that exists. */
function offsetOf(root: ParsedNode | null, path: readonly PropertyKey[]): number {
  let node: unknown = root
  let offset = root?.range[0] ?? 0
  for (const part of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => String(key) === String(part)) : undefined
    if (pair && isNode(pair.key)) offset = pair.key.range?.[0] ?? offset
    node = isMap(node) ? pair?.value : (node as { items?: unknown[] } | undefined)?.items?.[Number(part)]
    if (!pair && isNode(node)) offset = node.range?.[0] ?? offset
  }
  return offset
}

interface Found {
  readonly path: readonly PropertyKey[]
  readonly message: string
}

/** What was read, by what. */
interface Reading {
  readonly schema: z.ZodType
  readonly value: unknown
}

function faultsOf(issue: z.core.$ZodIssue, reading: Reading, above: readonly PropertyKey[] = []): Found[] {
  const path = [...above, ...issue.path]
  if (issue.code === 'unrecognized_keys') {
    const known = knownKeys(reading.schema, path)
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `There is no key ${key}. ${suggest(key, known)}`,
    }))
  }
  if (issue.code === 'invalid_union') {
    const [best] = [...issue.errors].sort((a, b) => depthOf(b) - depthOf(a))
    if (best && depthOf(best) > 0) return best.flatMap((one) => faultsOf(one, reading, path))
  }
  return [{ path, message: wording(issue, valueAt(reading.value, path)) }]
}

function wording(issue: z.core.$ZodIssue, value: unknown): string {
  if (value === undefined) return 'It is missing.'
  if (value === null && issue.path.length === 0) return 'It is empty.'
  if (issue.code === 'invalid_type' && isUnquoted(issue.expected, value)) return `It must be a text: write "${value}".`
  if (issue.code === 'invalid_type' && issue.expected === 'object' && typeof value === 'string')
    return 'It must be keys with values, `key: value`, and is a text.'
  if (issue.code !== 'invalid_value') return issue.message
  return `There is no ${String(value)}. ${suggest(String(value), issue.values.map(String))}`
}

/** YAML reads `313231593` and `true` as a number and a boolean. */
function isUnquoted(expected: string, value: unknown): value is number | boolean {
  return expected === 'string' && (typeof value === 'number' || typeof value === 'boolean')
}

/** The alternative of a union that came furthest is the one that was meant. */
function depthOf(issues: readonly z.core.$ZodIssue[]): number {
  return Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)))
}

/** The names that an object of the schema may have at the path. */
function knownKeys(schema: z.ZodType, path: readonly PropertyKey[]): string[] {
  const here = path.reduce<readonly z.core.$ZodType[]>(
    (schemas, part) => schemas.flatMap(open).flatMap((one) => below(one, part)),
    [schema],
  )
  return [...new Set(here.flatMap(open).flatMap((one) => Object.keys(shapeOf(one) ?? {})))]
}

interface Def {
  readonly innerType?: z.core.$ZodType
  readonly options?: readonly z.core.$ZodType[]
  readonly element?: z.core.$ZodType
  readonly valueType?: z.core.$ZodType
  readonly shape?: Readonly<Record<string, z.core.$ZodType>>
}

function defOf(schema: z.core.$ZodType): Def {
  return schema._zod.def as Def
}

/** What is behind defaults and unions. */
function open(schema: z.core.$ZodType): readonly z.core.$ZodType[] {
  const { innerType, options } = defOf(schema)
  if (innerType) return open(innerType)
  return options ? options.flatMap(open) : [schema]
}

function below(schema: z.core.$ZodType, part: PropertyKey): readonly z.core.$ZodType[] {
  const { element, valueType } = defOf(schema)
  const member = shapeOf(schema)?.[String(part)]
  return [member, element, valueType].filter((one) => one !== undefined)
}

function shapeOf(schema: z.core.$ZodType): Def['shape'] {
  return defOf(schema).shape
}
