import type { FindingFacts, FindingRule, FormatFinding } from './finding.ts'

/** What was expected and what was found, without the value itself: it may be somebody's identity number. */
export type IssueEvidence = Readonly<Record<string, unknown>>

const MOST_CODES = 40

/** What the rules expect that ask the same of every type. */
const EXPECTED: Partial<Readonly<Record<FindingRule, string>>> = {
  'r4-resource-type-missing': 'a property resourceType',
  'r4-resource-type-not-string': 'string',
  'r4-resource-type-unknown': 'a resource type of R4',
  'r4-resource-type-not-resource': 'a resource type of R4',
  'r4-duplicate-property': 'one property of that name',
  'r4-choice-repeated': 'one type',
  'r4-underscore-not-allowed': 'a name without _',
  'r4-empty-object': 'at least one property',
  'r4-empty-array': 'at least one item',
  'r4-only-nulls': 'an item that is not null',
  'r4-null-in-array': 'a value, an id or an extension',
  'r4-nested-contained': 'no contained resources',
}

/** The evidence of a finding: always `expected` and `found`. */
export function evidenceOf({ rule, facts }: FormatFinding): IssueEvidence {
  const found = facts.found ?? 'nothing'
  switch (rule) {
    case 'r4-missing-element':
      return { expected: `${facts.repeats ? 'one or more ' : ''}${typesText(facts)}`, found: 'nothing' }
    case 'r4-array-expected':
      return { expected: `array of ${facts.type}`, found }
    case 'r4-unknown-element':
      return { expected: `an element of ${facts.type}`, found: facts.name }
    case 'r4-choice-without-type':
    case 'r4-choice-type-unknown':
    case 'r4-choice-type-not-allowed':
      return { expected: typesText(facts), found: facts.type ?? facts.name ?? 'no type' }
    case 'r4-code-not-in-value-set':
      return { expected: codesText(facts), valueSet: facts.valueSet, found }
    default:
      return { expected: EXPECTED[rule] ?? facts.type, found: facts.name ?? found }
  }
}

function typesText({ allowed, type }: FindingFacts): string {
  if (allowed?.[0] === '*') return 'any datatype'
  return (allowed ?? [type]).map((name) => (name === 'native' ? 'uri' : name)).join(' or ')
}

function codesText({ allowed = [] }: FindingFacts): string {
  const shown = allowed.slice(0, MOST_CODES).join(', ')
  return allowed.length > MOST_CODES ? `${shown}, …` : shown
}
