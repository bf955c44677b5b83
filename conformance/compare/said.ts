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
    readonly issues: readonly SaidIssue[]
    /** The OperationOutcome's issues; undefined where there is none. */
    readonly outcome: readonly unknown[] | undefined
  }
  readonly lenient: { readonly accepted: boolean; readonly message: string }
  /** What VKP would send on; undefined where it refuses. */
  readonly forwarded: string | undefined
}

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
    strict: { thrown: thrownBy(strict.thrown), issues, outcome: outcomeIssues(strict.outcome) },
    lenient: { accepted: acceptsLeniently(opinion), message: lenient.read ? '' : (lenient.thrown?.message ?? '') },
    forwarded: lenient.forwarded,
  }
}

function thrownBy(thrown: Thrown | undefined): 'syntax' | 'throws' | undefined {
  if (thrown === undefined) return undefined
  return thrown.type === 'JsonException' ? 'syntax' : 'throws'
}

/** Rules of ours where the library throws a JsonException. */
const SYNTAX: readonly string[] = ['json-syntax', 'json-too-deep', 'json-surrogate', 'encoding']

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
    strict: isUtf8 ? strictly(text, sdk) : { thrown: 'syntax', issues: [], outcome: undefined },
    lenient: { accepted: lenient === undefined, message: lenient?.message ?? '' },
    forwarded: lenient === undefined ? correct(text).text : undefined,
  }
}

function strictly(text: string, sdk: FirelyMajor): Said['strict'] {
  const { issues } = validateStrict(text, { ...STRICT_DEFAULTS, sdk })
  const [first] = issues
  if (first !== undefined && SYNTAX.includes(first.rule)) return { thrown: 'syntax', issues: [], outcome: undefined }
  if (issues.some(({ rule }) => String(rule) === 'firely-throws'))
    return { thrown: 'throws', issues: [], outcome: undefined }
  const outcome = issues.length === 0 ? undefined : outcomeIssues(operationOutcome(issues))
  return { thrown: undefined, issues: issues.map(saidIssue), outcome }
}

function saidIssue({ code, severity, expression = '', line, column, message }: Issue): SaidIssue {
  return { code, path: expression, position: `${line ?? ''}:${column ?? ''}`, message, severity }
}

/** The issues of an OperationOutcome, without what the simulator adds to Firely's shape. */
function outcomeIssues(outcome: unknown): readonly unknown[] | undefined {
  const issues = (outcome as { issue?: readonly Record<string, unknown>[] } | undefined)?.issue
  return issues?.map(({ extension: _added, ...issue }) => issue)
}
