import type { FhirRuleId } from '../catalogue/fhir.ts'
import type { RuleId } from '../catalogue.ts'
import { MAX_DEPTH } from '../fhir/walker.ts'
import type { Issue } from '../issue.ts'
import type { PatchOperation } from '../json/json-patch.ts'
import { readTree } from '../json/json-text.ts'
import { settle } from './actions.ts'
import { advise } from './advice.ts'
import { wrongAround } from './around.ts'
import { templateOf } from './asks.ts'
import { nameOf, shorten } from './describe.ts'
import { Document } from './document.ts'
import { leaveOut, nullItems } from './empty.ts'
import { bundleType, endpointType, identityNumber, notForPit, resourceTypeOfPath } from './events.ts'
import { type Case, type Fix, type FixOptions, inWords } from './fix.ts'
import { wrongCode, wrongJsonType, wrongLiteral, wrongNumber } from './literals.ts'
import { missingElement } from './missing.ts'
import {
  choiceRepeated,
  choiceType,
  choiceWithoutType,
  duplicate,
  nameCase,
  underscore,
  unknownElement,
} from './names.ts'
import { nestedContained } from './nested.ts'
import { offsetsIn } from './offsets.ts'
import { operationsOf } from './operations.ts'
import { resourceTypeMissing, resourceTypeNotString, resourceTypeUnknown } from './resources.ts'
import { arrayExpected, objectExpected, oneExpected, valueIsObject } from './shape.ts'
import { mendSyntax, type SyntaxFix } from './syntax.ts'

/** For how many issues of a text fixes are made, from the first. */
export const MOST_FIXES = 1_000

/** Finds the answer to one issue; undefined where the text is not as the issue says. */
type Answer = (one: Case) => Fix | undefined

/** The answers to what the format check finds in a text that is JSON. */
const FHIR_ANSWERS = {
  'json-surrogate': () => inWords(advise('surrogate')),
  'firely-throws': wrongAround,
  'r4-object-expected': objectExpected,
  'r4-nested-array': oneExpected,
  'r4-companion-not-object': objectExpected,
  'r4-name-case': nameCase,
  'r4-resource-type-case': resourceTypeUnknown,
  'r4-value-is-object': valueIsObject,
  'r4-value-is-array': oneExpected,
  'r4-array-expected': arrayExpected,
  'r4-null-value': leaveOut,
  'r4-wrong-json-type': wrongJsonType,
  'r4-wrong-native-type': wrongJsonType,
  'r4-resource-type-missing': resourceTypeMissing,
  'r4-resource-type-not-string': resourceTypeNotString,
  'r4-resource-type-unknown': resourceTypeUnknown,
  'r4-resource-type-not-resource': ({ doc, place }) =>
    inWords(
      advise('resource-type-datatype', {
        sent: shorten(doc.child(place, 'resourceType')?.type?.name ?? nameOf(place)),
      }),
    ),
  'r4-unknown-element': unknownElement,
  'r4-underscore-not-allowed': underscore,
  'r4-choice-without-type': choiceWithoutType,
  'r4-choice-type-unknown': choiceType,
  'r4-choice-type-not-allowed': choiceType,
  'r4-choice-repeated': choiceRepeated,
  'r4-duplicate-property': duplicate,
  'r4-empty-object': leaveOut,
  'r4-empty-array': leaveOut,
  'r4-only-nulls': leaveOut,
  'r4-null-in-array': nullItems,
  'r4-empty-string': leaveOut,
  'r4-blank-string': leaveOut,
  'r4-missing-element': missingElement,
  'r4-nested-contained': nestedContained,
  'r4-number-out-of-range': wrongNumber,
  'r4-bad-base64': wrongLiteral,
  'r4-bad-instant': wrongLiteral,
  'r4-bad-date': wrongLiteral,
  'r4-bad-datetime': wrongLiteral,
  'r4-bad-time': wrongLiteral,
  'r4-bad-code': wrongLiteral,
  'r4-bad-id': wrongLiteral,
  'r4-bad-oid': wrongLiteral,
  'r4-bad-uri': wrongLiteral,
  'r4-bad-uuid': wrongLiteral,
  'r4-not-positive': wrongNumber,
  'r4-negative': wrongNumber,
  'r4-code-not-in-value-set': wrongCode,
  'r4-string-too-long': wrongLiteral,
} as const satisfies Record<Exclude<FhirRuleId, 'json-syntax' | 'json-too-deep'>, Answer>

/** The answers to all rules that a body can break; what VKP finds is answered as what JFT would find there. */
const ANSWERS: Partial<Readonly<Record<RuleId, Answer>>> = {
  ...FHIR_ANSWERS,
  'jft-bundle-type': bundleType,
  'jft-endpoint-type': endpointType('JFT'),
  'jft-resource-type': resourceTypeOfPath,
  'pit-resource-type': notForPit,
  'identity-number-real': identityNumber('number-synthetic'),
  'identity-number-synthetic': identityNumber('number-real'),
  'identity-number-invalid': identityNumber('number-invalid'),
  'vkp-endpoint-type': endpointType('VKP'),
  'vkp-profile-element': missingElement,
  'vkp-resource-type': (one) =>
    one.doc.child(one.place, 'resourceType') === undefined ? resourceTypeMissing(one) : resourceTypeUnknown(one),
  'vkp-resource-type-unexpected': unknownElement,
  'vkp-unknown-element': unknownElement,
  'vkp-choice-type': choiceType,
  'vkp-must-not-repeat': (one) => (one.place.node.kind === 'array' ? oneExpected(one) : choiceRepeated(one)),
  'vkp-value-not-allowed': objectExpected,
  'vkp-companion': objectExpected,
  'vkp-object-not-allowed': valueIsObject,
  'vkp-literal': wrongLiteral,
  'vkp-code': wrongCode,
}

const SYNTAX_RULES: ReadonlySet<RuleId> = new Set(['json-syntax', 'json-too-deep', 'vkp-json'])

/** The answers to the issues of a text, in their order; undefined where the catalogue's words are all there is. */
export interface Answers {
  /** Undefined where the text is not JSON. */
  readonly doc: Document | undefined
  readonly fixes: readonly (Fix | undefined)[]
  /** How a text that is not JSON becomes JSON. */
  readonly syntax?: SyntaxFix
}

/** Finds an answer to each of the first thousand issues of a text. Never throws; linear in the text. */
export function answersTo(text: string, issues: readonly Issue[], options: FixOptions): Answers {
  const { root } = readTree(text, MAX_DEPTH)
  if (root === undefined) {
    const syntax = mendSyntax(text)
    const fixes = issues
      .slice(0, MOST_FIXES)
      .map(({ rule }) => (SYNTAX_RULES.has(rule) ? inWords(syntax.advice) : undefined))
    return { doc: undefined, fixes, syntax }
  }
  const doc = new Document(text, root)
  const offsetOf = offsetsIn(text)
  const fixes = issues.slice(0, MOST_FIXES).map((issue) => {
    const { place, missing } = doc.resolve(issue.pointer ?? '', offsetOf(issue))
    const one = { doc, issue, place, missing, options }
    const answer = ANSWERS[issue.rule]
    return answer && (answer(one) ?? wrongAround(one))
  })
  return { doc, fixes }
}

/** A text without its byte order mark, which no place counts. */
export function withoutMark(text: string): string {
  return text.startsWith('\uFEFF') ? text.slice(1) : text
}

/** The issues, each with what to do about it and, where that is mechanical, the patch that does it alone. */
export function withFixes(text: string, issues: readonly Issue[], options: FixOptions): readonly Issue[] {
  if (issues.length === 0) return issues
  const { doc, fixes } = answersTo(withoutMark(text), issues, options)
  return issues.map((issue, index) => {
    const fix = fixes[index]
    if (fix === undefined) return issue
    const template = fix.ask === undefined ? null : templateOf(fix.ask)
    return {
      ...issue,
      advice: fix.advice,
      patch: doc === undefined ? null : patchOf(doc, fix),
      ...(template && { template }),
    }
  })
}

function patchOf(doc: Document, { actions }: Fix): readonly PatchOperation[] | null {
  if (actions.length === 0) return null
  const settled = settle(doc, actions)
  return (settled && operationsOf(doc, settled.actions)) ?? null
}
