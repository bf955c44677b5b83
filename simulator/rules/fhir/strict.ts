import { FHIR_RULES } from '../catalogue/fhir.ts'
import type { FirelyIssue, Issue } from '../issue.ts'
import { countMembers, positionsIn, readTree } from '../json/json-text.ts'
import { evidenceOf } from './evidence.ts'
import type { FormatFinding } from './finding.ts'
import type { Dotnet, SdkVersion } from './primitives.ts'
import { Faultless, hasSurrogateEscape, hasUnplainNumber } from './strict-faultless.ts'
import { type Findings, type Here, LibraryThrows } from './strict-findings.ts'
import { Places } from './strict-places.ts'
import { MAX_DEPTH, TokenReader, Unreadable } from './strict-tokens.ts'
import { Reader5 } from './strict5.ts'
import { Reader6 } from './strict6.ts'
import { Walker } from './walker.ts'

/** What nobody documents about JFT's format check. */
export interface StrictOptions {
  /** Whose codes and messages: version 5 or 6 of the Firely .NET SDK. */
  readonly sdk: SdkVersion
  /** The runtime under it: 8 stands for 8 and later, 6 for what came before. */
  readonly dotnet: Dotnet
  readonly whitespaceOnlyStrings: 'accepted' | 'rejected'
  /** Of SDK 6: `strict` refuses names in another letter case, too. Its check of narratives as XHTML is not made. */
  readonly mode: 'default' | 'strict'
  /** Findings that are told one by one; of the rest only how many there are. */
  readonly mostIssues: number
}

/** Findings that are told one by one, unless a setting says another number. */
export const MOST_ISSUES = 1000

/** SDK 5, because the last public code of NHN uses it; blank strings pass, because the source of that SDK lets them. */
export const STRICT_DEFAULTS: StrictOptions = {
  sdk: 5,
  dotnet: 8,
  whitespaceOnlyStrings: 'accepted',
  mode: 'default',
  mostIssues: MOST_ISSUES,
}

/** The options that the settings of a world ask for. */
export function strictOptions(settings: {
  readonly firelySdk: SdkVersion
  readonly dotnet: Dotnet
  readonly firelyMode: StrictOptions['mode']
  readonly whitespaceOnlyStrings: StrictOptions['whitespaceOnlyStrings']
  readonly mostIssues: number
}): StrictOptions {
  const { firelySdk, dotnet, firelyMode, whitespaceOnlyStrings, mostIssues } = settings
  return { sdk: firelySdk, dotnet, mode: firelyMode, whitespaceOnlyStrings, mostIssues }
}

/** The outcome of a format check; no issues means accepted. */
export interface StrictResult {
  /** The parsed JSON, when the text is JSON. */
  readonly resource?: unknown
  readonly issues: readonly Issue[]
  /** How many more findings there are than issues. */
  readonly more?: number
  /** The exception of .NET that the library throws where it should report, `Type: message`. */
  readonly throws?: string
}

/**
 * Checks a text against FHIR R4 (4.0.1) as a strict parser does, and returns all issues at once, in the order and with the
 * suppressions of the Firely .NET SDK: of an object in which something was wrong, SDK 5 does not report what is missing.
 * Does not check invariants, references, profiles, terminology beyond required codes, or the XHTML of narratives. Never
 * throws, whatever the text.
 */
export function validateStrict(text: string, options: StrictOptions = STRICT_DEFAULTS): StrictResult {
  const json = text.startsWith('\uFEFF') ? text.slice(1) : text
  const parsed = parse(json)
  if (parsed !== undefined && isClean(json, parsed.resource, options)) return { ...parsed, issues: [] }
  return readWithLibrary(json, parsed, options)
}

interface Parsed {
  readonly resource: unknown
}

function parse(text: string): Parsed | undefined {
  try {
    return { resource: JSON.parse(text) }
  } catch {
    return undefined
  }
}

function isClean(text: string, resource: unknown, { sdk, dotnet, whitespaceOnlyStrings }: StrictOptions): boolean {
  const walker = new Walker({ sdk, dotnet }, whitespaceOnlyStrings === 'rejected')
  if (!walker.resource(resource) || walker.members !== countMembers(text)) return false
  return !hasSurrogateEscape(text) && (walker.integers === 0 || !hasUnplainNumber(text))
}

function readWithLibrary(text: string, parsed: Parsed | undefined, options: StrictOptions): StrictResult {
  const places = new Places(text)
  const reader = new TokenReader(text)
  const faultless = Faultless.of(text, parsed, reader, options)
  const { sdk, dotnet, mode, whitespaceOnlyStrings } = options
  const settings = { dotnet, mode, rejectBlankStrings: whitespaceOnlyStrings === 'rejected', limit: options.mostIssues }
  const library = sdk === 5 ? new Reader5(reader, places, settings, faultless) : new Reader6(reader, settings)
  const found = (): StrictResult => ({ ...parsed, ...issuesOf(text, library.findings, places, sdk) })
  try {
    library.root()
  } catch (error) {
    if (error instanceof Unreadable) return { issues: [unreadableIssue(text, error)] }
    if (error instanceof LibraryThrows)
      return thrown(error.exception, text, placedAt(error.here ?? library.here(), reader), found())
    throw error
  }
  return found()
}

function unreadableIssue(text: string, { kind, offset }: Unreadable): Issue {
  const { fault } = readTree(text, MAX_DEPTH)
  if (kind === 'surrogate' || fault === undefined) {
    const message = 'The string has one half of a surrogate pair, which is not a character.'
    return textIssue('json-surrogate', text, offset, message)
  }
  return textIssue(fault.kind === 'syntax' ? 'json-syntax' : 'json-too-deep', text, fault.offset, fault.message)
}

function textIssue(
  rule: 'json-syntax' | 'json-too-deep' | 'json-surrogate',
  text: string,
  offset: number,
  message: string,
): Issue {
  return { rule, code: rule, severity: FHIR_RULES[rule].severity, ...positionsIn(text)(offset), message }
}

interface Placed {
  readonly expression: string
  readonly pointer: string
  readonly offset: number
}

const placedAt = ({ expression, pointer, token }: Here, reader: TokenReader): Placed => ({
  expression,
  pointer,
  offset: reader.start(token),
})

/**
 * What the library throws comes first, then what it had found: it says nothing of that, but it is what to correct. What is
 * thrown as a JsonException is answered as a syntax error is.
 */
function thrown(exception: string, text: string, { offset, ...place }: Placed, found: StrictResult): StrictResult {
  const rule = 'firely-throws'
  const { severity } = FHIR_RULES[rule]
  const message = `The library does not report this but throws ${exception}`
  const where = { ...place, ...positionsIn(text)(offset) }
  const issues: Issue[] = [{ rule, code: rule, severity, ...where, message, evidence: { exception } }, ...found.issues]
  return exception.startsWith('JsonException') ? { ...found, issues } : { ...found, issues, throws: exception }
}

function issuesOf(text: string, findings: Findings, places: Places, sdk: SdkVersion): StrictResult {
  const position = positionsIn(text)
  const issues = findings.list.map((finding): Issue => {
    const { rule, code, severity, message, expression, pointer, offset } = finding
    const place = position(offset)
    const firely = firelyOf(finding, places, sdk)
    return { rule, code, severity, message, expression, pointer, ...place, firely, evidence: evidenceOf(finding) }
  })
  const more = findings.count - issues.length
  return more === 0 ? { issues } : { issues, more }
}

function firelyOf({ library, type, display }: FormatFinding, places: Places, sdk: SdkVersion): FirelyIssue {
  const { line, position } = places.of(library)
  return { path: library.path, line, position, type, sdk, ...(display === undefined ? {} : { display }) }
}
