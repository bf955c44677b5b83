import { issueOf } from '../catalogue.ts'
import type { Issue } from '../issue.ts'
import { positionsIn } from '../json/json-text.ts'
import { jsonValue, readSource, type SourceTree } from './lenient-json.ts'
import { LenientParser } from './lenient-parser.ts'
import { readPlain } from './lenient-plain.ts'
import { LenientFault, type ReadObject } from './lenient-read.ts'

/** The outcome of a lenient check; no issues means accepted, and there is never more than one. */
export interface LenientResult {
  /** The JSON as it was read, of whatever the parser takes for JSON. */
  readonly resource?: unknown
  readonly issues: readonly Issue[]
}

/**
 * Checks a text as the permissive parser of the Firely .NET SDK from before System.Text.Json does, which VKP appears to use:
 * a value for an array and an array of one for a value pass, empty strings, objects, arrays and nulls count as absent,
 * numbers and booleans may be strings, blanks around values go, and nothing that is missing is missed. Gives the first
 * fault only, as the parser throws it. Never throws, whatever the text.
 */
export function validateLenient(text: string): LenientResult {
  const plain = readPlain(text)
  if (plain !== undefined) return { resource: plain.resource, issues: [] }
  const source = readSource(text)
  const { root, issue } = readBy(text, source, false)
  const issues = root === undefined ? [issue] : []
  const tree = source.root
  if (tree === undefined) return { issues }
  let resource: { readonly value: unknown } | undefined
  return {
    get resource() {
      resource ??= { value: jsonValue(tree) }
      return resource.value
    },
    issues,
  }
}

/** A text as the permissive parser read it, or the fault that stops it. */
export type LenientReading =
  | { readonly root: ReadObject; readonly issue?: never }
  | { readonly root?: never; readonly issue: Issue }

/** Reads the resource in a JSON text, of which `source` is the tree. */
export function readLeniently(text: string, source: SourceTree): LenientReading {
  return readBy(text, source, true)
}

function readBy(text: string, source: SourceTree, keeps: boolean): LenientReading {
  if (source.root === undefined) {
    const { message, offset } = source.fault
    return { issue: issueOf('vkp-json', message, positionsIn(text)(offset)) }
  }
  try {
    return { root: new LenientParser(text, source, keeps).document() }
  } catch (error) {
    if (!(error instanceof LenientFault)) throw error
    return { issue: { ...error.issue, ...positionsIn(text)(error.node.start) } }
  }
}
