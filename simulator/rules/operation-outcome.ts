import { remembered } from '../ground/remembered.ts'
import type { Service } from '../ground/services.ts'
import { type Bounded, shortIssues } from './bounds.ts'
import { type RuleId, ruleOf, type ShownSource, shownSource, sourceFor } from './catalogue.ts'
import { sayAdvice } from './fixes/advice.ts'
import type { FirelyIssue, Issue } from './issue.ts'
import type { PatchOperation } from './json/json-patch.ts'
import type { Verdicts } from './verdicts.ts'

/** Where the parts of an issue that FHIR has no element for are put. */
const EXTENSION = 'urn:jft-simulator:issue'

const FIRELY_CODES = 'http://firely.com/CodeSystem/ErrorMessages'

/** An issue with all that the catalogue says of its rule: the public form, in JSON answers and in `jftsim check`. */
export interface ExplainedIssue extends Issue, ShownSource {
  /** What to do here: derived from what was found where that is possible, otherwise the rule's. */
  readonly fix: string
  /** The same as a JSON Patch (RFC 6902), for the text as it was sent and good alone; `null` where it is not mechanical. */
  readonly patch: readonly PatchOperation[] | null
}

/** Joins an issue with what the catalogue says of its rule for the service that found it, and puts the fix in words. */
export function explain(issue: Issue, service: Service): ExplainedIssue {
  return { ...issue, ...shownSource(sourceFor(issue.rule, service)), fix: fixOf(issue), patch: issue.patch ?? null }
}

function fixOf({ rule, advice }: Issue): string {
  return advice === undefined ? ruleOf(rule).fix : sayAdvice(advice)
}

/** Characters of the issues in one answer. */
const MOST_CHARACTERS = 600_000

/** The issues that an answer shows, and how many more there are. */
export function shownIssues(issues: readonly Issue[], most: number, more = 0): Bounded<Issue> {
  const { shown } = shortIssues(issues.slice(0, most), MOST_CHARACTERS)
  return { shown, more: more + issues.length - shown.length }
}

/** An OperationOutcome that says how many more issues there are, as an extension of its root. */
export function withMore(outcome: Readonly<Record<string, unknown>>, more: number): Record<string, unknown> {
  if (more === 0) return { ...outcome }
  const { extension = [], ...members } = outcome
  const count = { url: 'urn:jft-simulator:more', valueInteger: more }
  return { resourceType: 'OperationOutcome', extension: [...(extension as readonly unknown[]), count], ...members }
}

/** A code that a service gives an issue beside Firely's, as a FHIR Coding. */
export interface IssueCoding {
  readonly system: string
  readonly code: string
  readonly display: string
}

/**
 * An OperationOutcome in the shape that Firely makes of its exceptions: `details.coding`, `details.text`,
 * `diagnostics`, `location`, `expression`. An extension on each issue adds the rule, its certainty and source for the
 * service that answers, the source's document and address, and the fix,
 * with its patch as JSON text where it is mechanical;
 * `codingOf` the service's own code, first of the codings.
 */
export function operationOutcome(
  issues: readonly Issue[],
  service: Service,
  codingOf: (issue: Issue) => readonly IssueCoding[] = () => [],
): Record<string, unknown> {
  return {
    resourceType: 'OperationOutcome',
    issue: issues.map((issue) => outcomeIssue(issue, service, codingOf(issue))),
  }
}

function outcomeIssue(issue: Issue, service: Service, own: readonly IssueCoding[]): Record<string, unknown> {
  const { rule, severity, message, firely } = issue
  return {
    extension: [explanation(issue, service)],
    severity,
    code: firely?.type ?? ruleOf(rule).type,
    details: { coding: [...own, coding(issue)], text: message },
    ...(firely === undefined ? placeOf(issue) : libraryPlaceOf(message, firely)),
  }
}

/** The place as the library says it: another one than the exact place, which is in the extension. */
function libraryPlaceOf(message: string, { sdk, line, position, path }: FirelyIssue): Record<string, unknown> {
  const place = `line ${line}, position ${position}`
  const diagnostics = `${message} At ${path === '' ? '' : `${path}, `}${place}${sdk === 5 ? '' : '.'}`
  return { diagnostics, location: [place], ...(path === '' ? {} : { expression: [path] }) }
}

function placeOf({ message, line, column, expression }: Issue): Record<string, unknown> {
  const place = line === undefined ? undefined : `line ${line}, position ${column ?? 1}`
  return {
    diagnostics: [message, expression && `At ${expression}${place ? ',' : '.'}`, place && `${place}.`]
      .filter(Boolean)
      .join(' '),
    ...(place === undefined ? {} : { location: [place] }),
    ...(expression === undefined ? {} : { expression: [expression] }),
  }
}

function coding({ code, rule, firely }: Issue): Record<string, unknown> {
  if (code === rule) return { system: 'urn:jft-simulator:rule', code }
  return { system: FIRELY_CODES, code, ...(firely?.display === undefined ? {} : { display: firely.display }) }
}

function explanation(issue: Issue, service: Service): Record<string, unknown> {
  const { rule, pointer, patch } = issue
  const own = partsOf({ fix: fixOf(issue), pointer, patch: patch ? JSON.stringify(patch) : undefined })
  return { url: EXTENSION, extension: [...ruleParts(rule, service), ...own] }
}

type Part = Readonly<{ url: string; valueString: string }>

/** An answer can have a thousand issues of one rule. */
const RULE_PARTS = new Map<string, readonly Part[]>()

function ruleParts(rule: RuleId, service: Service): readonly Part[] {
  return remembered(RULE_PARTS, `${rule} ${service}`, () => {
    const { certainty, source, document, address } = shownSource(sourceFor(rule, service))
    return partsOf({ rule, certainty, source, document, address })
  })
}

function partsOf(texts: Readonly<Record<string, string | undefined>>): Part[] {
  return Object.entries(texts).flatMap(([url, valueString]) => (valueString ? [{ url, valueString }] : []))
}

/**
 * The same issues as `application/problem+json` (RFC 9457), with the members of ASP.NET's validation problem, and the
 * verdicts on the refused body as members of their own.
 */
export function problemDetails(
  status: number,
  issues: readonly Issue[],
  service: Service,
  { more = 0, verdicts }: { readonly more?: number; readonly verdicts?: Verdicts | undefined } = {},
): Record<string, unknown> {
  const errors: Record<string, string[]> = {}
  for (const { expression = '', code, message } of issues) {
    if (!Object.hasOwn(errors, expression)) errors[expression] = []
    errors[expression]?.push(`${code}: ${message}`)
  }
  return {
    type: 'https://tools.ietf.org/html/rfc9110#section-15.5.1',
    title: 'One or more validation errors occurred.',
    status,
    errors,
    issues: issues.map((issue) => explain(issue, service)),
    ...(more === 0 ? {} : { more }),
    ...(verdicts === undefined ? {} : { verdicts }),
  }
}
