import type { Source } from './catalogue/rule.ts'
import { ruleOf } from './catalogue.ts'
import { firelyDisplay } from './fhir/messages.ts'
import { sayAdvice } from './fixes/advice.ts'
import type { PatchOperation } from './fixes/operations.ts'
import type { Issue } from './issue.ts'
import type { Verdicts } from './verdicts.ts'

/** Where the parts of an issue that FHIR has no element for are put. */
const EXTENSION = 'urn:jft-simulator:issue'

const FIRELY_CODES = 'http://firely.com/CodeSystem/ErrorMessages'

/** The source of a rule in one line of text. */
export function sourceText(source: Source): string {
  const page = source.date === undefined ? source.page : `${source.page} (${source.date})`
  const sentence = source.sentence === undefined ? [] : [`"${source.sentence}"`]
  const reasoning = source.reasoning === undefined ? [] : [source.reasoning]
  return [page, ...sentence, ...reasoning].join(': ').replaceAll('": ', '" ')
}

/** An issue with all that the catalogue says of its rule: the public form, in JSON answers and in `jftsim check`. */
export interface ExplainedIssue extends Issue {
  readonly certainty: string
  readonly source: string
  /** What to do here: derived from what was found where that is possible, otherwise the rule's. */
  readonly fix: string
  /** The same as a JSON Patch (RFC 6902), for the text as it was sent and good alone; `null` where it is not mechanical. */
  readonly patch: readonly PatchOperation[] | null
}

/** Joins an issue with its rule's certainty and source, and puts the fix in words. */
export function explain(issue: Issue): ExplainedIssue {
  const rule = ruleOf(issue.rule)
  const fix = issue.advice === undefined ? rule.fix : sayAdvice(issue.advice)
  return { ...issue, certainty: rule.certainty, source: sourceText(rule.source), fix, patch: issue.patch ?? null }
}

/** A code that a service gives an issue beside Firely's, as a FHIR Coding. */
export interface IssueCoding {
  readonly system: string
  readonly code: string
  readonly display: string
}

/**
 * An OperationOutcome in the shape that Firely makes of its exceptions: `details.coding`, `details.text`,
 * `diagnostics`, `location`, `expression`. An extension on each issue adds the rule, certainty, source and fix,
 * and where the fix is mechanical its patch, as JSON text;
 * `codingOf` the service's own code, first of the codings.
 */
export function operationOutcome(
  issues: readonly Issue[],
  codingOf: (issue: Issue) => readonly IssueCoding[] = () => [],
): Record<string, unknown> {
  return { resourceType: 'OperationOutcome', issue: issues.map((issue) => outcomeIssue(issue, codingOf(issue))) }
}

function outcomeIssue(issue: Issue, own: readonly IssueCoding[]): Record<string, unknown> {
  const { line, column, expression } = issue
  const place = line === undefined ? undefined : `line ${line}, position ${column ?? 1}`
  return {
    extension: [explanation(issue)],
    severity: issue.severity,
    code: ruleOf(issue.rule).type,
    details: { coding: [...own, coding(issue)], text: issue.message },
    diagnostics: [issue.message, expression && `At ${expression}${place ? ',' : '.'}`, place && `${place}.`]
      .filter(Boolean)
      .join(' '),
    ...(place === undefined ? {} : { location: [place] }),
    ...(expression === undefined ? {} : { expression: [expression] }),
  }
}

function coding({ code, rule }: Issue): Record<string, unknown> {
  if (code === rule) return { system: 'urn:jft-simulator:rule', code }
  const display = firelyDisplay(code)
  return { system: FIRELY_CODES, code, ...(display === undefined ? {} : { display }) }
}

function explanation(issue: Issue): Record<string, unknown> {
  const { certainty, source, fix, patch } = explain(issue)
  const pointer = issue.pointer ? { pointer: issue.pointer } : {}
  const parts = { rule: issue.rule, certainty, source, fix, ...pointer, ...(patch && { patch: JSON.stringify(patch) }) }
  return {
    url: EXTENSION,
    extension: Object.entries(parts).map(([url, valueString]) => ({ url, valueString })),
  }
}

/**
 * The same issues as `application/problem+json` (RFC 9457), with the members of ASP.NET's validation problem, and the
 * verdicts on the refused body as members of their own.
 */
export function problemDetails(status: number, issues: readonly Issue[], verdicts?: Verdicts): Record<string, unknown> {
  const errors: Record<string, string[]> = {}
  for (const issue of issues) {
    const place = issue.expression ?? ''
    errors[place] = [...(errors[place] ?? []), `${issue.code}: ${issue.message}`]
  }
  return {
    type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
    title: 'One or more validation errors occurred.',
    status,
    errors,
    issues: issues.map(explain),
    ...(verdicts === undefined ? {} : { verdicts }),
  }
}
