import { correct } from '../../simulator/rules/fhir/correct.ts'
import { validateLenient } from '../../simulator/rules/fhir/lenient.ts'
import { STRICT_DEFAULTS, validateStrict } from '../../simulator/rules/fhir/strict.ts'
import type { Issue } from '../../simulator/rules/issue.ts'
import { operationOutcome } from '../../simulator/rules/operation-outcome.ts'
import { acceptsLeniently, type FirelyMajor, type Opinion, type Thrown } from '../library/opinion.ts'

/** One issue, in the terms that both sides have. */
export interface SaidIssue {
  readonly code: string
  readonly path: string
  readonly position: string
  readonly message: string
  readonly severity: string
}

/** What one side says of a payload. */
export interface Said {
  readonly strict: {
    /** `syntax` where the text is not JSON, `throws` where the library fails instead of reporting. */
    readonly thrown: 'syntax' | 'throws' | undefined
    /** `Type: message` of what the library throws instead of reporting. */
    readonly exception?: string
    /** At most as many as the simulator tells one by one, and how many more there are. */
    readonly issues: readonly SaidIssue[]
    readonly more: number
    /** The OperationOutcome's issues; undefined where there is none. */
    readonly outcome: readonly unknown[] | undefined
  }
  readonly lenient: { readonly accepted: boolean; readonly message: string }
  /** What VKP would send on; undefined where it refuses. */
  readonly forwarded: string | undefined
}

/** What the simulator tells one by one; the library tells all. */
const MOST_ISSUES = 1000

/** What the library said. */
export function saidByLibrary(opinion: Opinion): Said {
  const { strict, lenient } = opinion
  const issues = strict.issues.map(({ code, path, line, position, message, severity }) => ({
    code,
    path: path ?? '',
    position: `${line ?? ''}:${position ?? ''}`,
    message,
    severity: severity.toLowerCase(),
  }))
  return {
    strict: {
      ...thrownBy(strict.thrown),
      issues: issues.slice(0, MOST_ISSUES),
      more: Math.max(issues.length - MOST_ISSUES, 0),
      outcome: outcomeIssues(strict.outcome)?.slice(0, MOST_ISSUES),
    },
    lenient: { accepted: acceptsLeniently(opinion), message: lenient.read ? '' : (lenient.thrown?.message ?? '') },
    forwarded: lenient.forwarded,
  }
}

function thrownBy(thrown: Thrown | undefined): Pick<Said['strict'], 'thrown' | 'exception'> {
  if (thrown === undefined) return { thrown: undefined }
  if (thrown.type === 'JsonException') return { thrown: 'syntax' }
  return { thrown: 'throws', exception: `${thrown.type}: ${thrown.message}` }
}

/** Rules of ours where the library throws a JsonException. */
const SYNTAX: readonly string[] = ['json-syntax', 'json-too-deep', 'json-surrogate', 'encoding', 'firely-throws']

/** The bytes as the services decode them: JFT refuses what is not UTF-8, VKP reads U+FFFD; both skip a byte order mark. */
export function decode(bytes: Uint8Array): { readonly text: string; readonly isUtf8: boolean } {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isUtf8: true }
  } catch {
    return { text: new TextDecoder('utf-8').decode(bytes), isUtf8: false }
  }
}

/** What the simulator says of the same bytes, playing that version. */
export function saidByUs(bytes: Uint8Array, sdk: FirelyMajor): Said {
  const { text, isUtf8 } = decode(bytes)
  const lenient = validateLenient(text).issues[0]
  return {
    strict: isUtf8 ? strictly(text, sdk) : { thrown: 'syntax', issues: [], more: 0, outcome: undefined },
    lenient: { accepted: lenient === undefined, message: lenient?.message ?? '' },
    forwarded: lenient === undefined ? correct(text).text : undefined,
  }
}

/** What the strict check gives: the library's own place beside the exact one, and what the library throws. */
interface StrictCheck {
  readonly issues: readonly (Issue & { readonly firely?: LibraryPlace })[]
  /** How many more there are than issues. */
  readonly more?: number
  readonly throws?: string
}

interface LibraryPlace {
  readonly path: string
  readonly line: number
  readonly position: number
}

function strictly(text: string, sdk: FirelyMajor): Said['strict'] {
  const { issues, more = 0, throws }: StrictCheck = validateStrict(text, { ...STRICT_DEFAULTS, sdk })
  const [first] = issues
  if (throws !== undefined) {
    const thrown = throws.startsWith('JsonException') ? 'syntax' : 'throws'
    return { thrown, exception: throws, issues: [], more: 0, outcome: undefined }
  }
  if (first !== undefined && SYNTAX.includes(first.rule))
    return { thrown: 'syntax', issues: [], more: 0, outcome: undefined }
  const outcome = issues.length === 0 ? undefined : outcomeIssues(operationOutcome(issues, 'jft'))
  return { thrown: undefined, issues: issues.map(saidIssue), more, outcome }
}

function saidIssue({ code, severity, message, firely, ...exact }: StrictCheck['issues'][number]): SaidIssue {
  const { line = '', column = '', expression = '' } = exact
  const place = firely ?? { path: expression, line, position: column }
  return { code, path: place.path, position: `${place.line}:${place.position}`, message, severity }
}

/** The issues of an OperationOutcome, without what the simulator adds to Firely's shape. */
function outcomeIssues(outcome: unknown): readonly unknown[] | undefined {
  const issues = (outcome as { issue?: readonly Record<string, unknown>[] } | undefined)?.issue
  return issues?.map(({ extension: _added, ...issue }) => issue)
}
