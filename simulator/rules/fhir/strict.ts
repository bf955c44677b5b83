import { FHIR_RULES } from '../catalogue/fhir.ts'
import type { Issue } from '../issue.ts'
import {
  countMembers,
  duplicateMembers,
  type JsonNode,
  type Located,
  locatorIn,
  positionsIn,
  readTree,
  type SyntaxFault,
  unplainNumbers,
} from '../json/json-text.ts'
import { evidenceOf } from './evidence.ts'
import type { Finding } from './finding.ts'
import { wordingOf } from './messages.ts'
import { MAX_DEPTH, type TextTraces, Walker } from './walker.ts'

/** What nobody documents about JFT's format check. */
export interface StrictOptions {
  /** Whose codes and messages: version 5 or 6 of the Firely .NET SDK. */
  readonly sdk: 5 | 6
  readonly whitespaceOnlyStrings: 'accepted' | 'rejected'
}

/** SDK 5, because the last public code of NHN uses it; blank strings pass, because the source of that SDK lets them. */
export const STRICT_DEFAULTS: StrictOptions = { sdk: 5, whitespaceOnlyStrings: 'accepted' }

/** The outcome of a format check; no issues means accepted. */
export interface StrictResult {
  /** The parsed JSON, when the text is JSON. */
  readonly resource?: unknown
  readonly issues: readonly Issue[]
}

/**
 * Checks a text against FHIR R4 (4.0.1) as a strict parser does, and returns all issues at once, in the order and with the
 * suppressions of the Firely .NET SDK: of an object in which something was wrong, SDK 5 does not report what is missing.
 * Does not check invariants, references, profiles, terminology beyond required codes, or the XHTML of narratives. Never
 * throws, whatever the text.
 */
export function validateStrict(text: string, options: StrictOptions = STRICT_DEFAULTS): StrictResult {
  const parsed = parse(text)
  if (parsed === undefined) return { issues: [syntaxIssue(text)] }
  const walker = walk(parsed.resource, options)
  if (isClean(walker, text)) return { resource: parsed.resource, issues: [] }
  const tree = readTree(text, MAX_DEPTH)
  if (tree.fault !== undefined) return { issues: [faultIssue(text, tree.fault)] }
  const traces = { duplicates: duplicateMembers(tree.root), unplainNumbers: unplainNumbers(text, tree.root) }
  const { findings } = walk(parsed.resource, options, traces)
  return { resource: parsed.resource, issues: issuesOf(text, tree.root, findings, options) }
}

function parse(text: string): { readonly resource: unknown } | undefined {
  try {
    return { resource: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function walk(resource: unknown, { sdk, whitespaceOnlyStrings }: StrictOptions, traces?: TextTraces): Walker {
  const rejectBlankStrings = whitespaceOnlyStrings === 'rejected'
  const walker = new Walker({ sdk, rejectBlankStrings, ...(traces === undefined ? {} : { traces }) })
  walker.resource(resource)
  return walker
}

/** A number of value 1 may be written 1.0, which is no integer; where there are integers the text has to be looked at. */
const UNPLAIN = /[:[,]\s*-?\d+(?:\.\d+(?:[eE]|\s*[,\]}])|[eE])/

function isClean({ findings, tooDeep, members, integers }: Walker, text: string): boolean {
  if (findings.length > 0 || tooDeep || members !== countMembers(text)) return false
  return integers === 0 || !UNPLAIN.test(text)
}

function syntaxIssue(text: string): Issue {
  const { fault } = readTree(text, MAX_DEPTH)
  return faultIssue(text, fault ?? { kind: 'syntax', offset: 0, message: 'The text is not JSON.' })
}

function faultIssue(text: string, { kind, offset, message }: SyntaxFault): Issue {
  const rule = kind === 'syntax' ? 'json-syntax' : 'json-too-deep'
  const { severity } = FHIR_RULES[rule]
  return { rule, code: rule, severity, ...positionsIn(text)(offset), message }
}

type Locator = (pointer: string) => Located | undefined

function issuesOf(text: string, root: JsonNode, findings: readonly Finding[], { sdk }: StrictOptions): Issue[] {
  const position = positionsIn(text)
  const locate = locatorIn(root)
  return findings.map((finding) => {
    const { rule, expression, pointer } = finding
    const wording = wordingOf(finding, sdk, rawValue(text, locate, finding))
    const place = position(finding.offset ?? offsetOf(root, locate, finding))
    return { rule, ...wording, expression, pointer, ...place, evidence: evidenceOf(finding) }
  })
}

function offsetOf(root: JsonNode, locate: Locator, { at, pointer }: Finding): number {
  if (at === 'first-member') {
    const owner = locate(pointer.slice(0, pointer.lastIndexOf('/')))?.node
    return owner?.members[0]?.keyStart ?? owner?.start ?? root.start
  }
  const found = locate(pointer)
  const value = found?.node.start ?? root.start
  return at === 'key' ? (found?.keyStart ?? value) : value
}

/** Numbers as they were sent: 1.50 is not 1.5. */
function rawValue(text: string, locate: Locator, { facts, pointer }: Finding): string {
  const { value } = facts
  if (typeof value === 'string' || typeof value === 'boolean') return String(value)
  if (typeof value !== 'number') return ''
  const node = locate(pointer)?.node
  return node === undefined ? String(value) : text.slice(node.start, node.end)
}
