import type { FindingFacts, FindingRule, LibraryPlace, Wording } from './finding.ts'
import { wording6 } from './messages.ts'
import type { Dotnet } from './primitives.ts'
import { findElement, NOT_OPEN_IN_6 } from './properties.ts'
import { type Findings, type Here, thrownAt } from './strict-findings.ts'
import { faultOf } from './strict6-literals.ts'
import {
  type Class6,
  fitsElement,
  isList,
  type Node6,
  propertyClass,
  quote,
  typeNameOf,
  type Value6,
} from './strict6-model.ts'
import { canonicalName, isExact, type Property6 } from './strict6-names.ts'
import { mandatoryElements } from './strict6-order.ts'
import type { Step6 } from './strict6-step.ts'
import { type ElementInfo, findType } from './table.ts'

/*
 * What SDK 6.8.0 checks of a property and of an object once they are read (FhirAttributeValidator, the attributes of the
 * generated classes, and ValidateInvariants).
 */

/** Where something was read: the path there, and the token. */
export interface Spot6 {
  readonly step: Step6
  readonly token: number
}

export interface ValidatorOptions6 {
  readonly dotnet: Dotnet
  readonly rejectBlankStrings: boolean
  readonly mode: 'default' | 'strict'
}

export class Validator6 {
  private readonly findings: Findings
  private readonly options: ValidatorOptions6

  constructor(findings: Findings, options: ValidatorOptions6) {
    this.findings = findings
    this.options = options
  }

  private report(
    rule: FindingRule,
    wording: Wording,
    { step, token }: Spot6,
    at: LibraryPlace,
    facts: FindingFacts,
  ): void {
    if (this.findings.isFull()) this.findings.count++
    else this.findings.add(rule, wording, at, step.here(token), facts)
  }

  /** A property's value, once all of its object is read. */
  property(name: string, value: Value6, { element, owner }: Property6, spot: Spot6, at: LibraryPlace): void {
    if (element === undefined) {
      this.unknown(name, owner, spot, at)
      return
    }
    if (!fitsElement(element, value)) this.mismatch(element, value, spot, at)
    if (element.choice) this.choice(element, value, spot, at)
    if (element.repeats || element.mandatory) this.cardinality(element, value, spot, at)
  }

  private unknown(name: string, owner: Class6, spot: Spot6, at: LibraryPlace): void {
    const element = findElement(owner.type, name, true)
    if (element === undefined || isExact(element, name) || this.options.mode === 'default') {
      const facts = { name, element: name, type: owner.name }
      this.report('r4-unknown-element', wording6('PVAL128', name), spot, at, facts)
    } else {
      const right = canonicalName(element, name)
      const facts = { name, element: element.name, allowed: [right] }
      this.report('r4-name-case', wording6('PVAL131', name, right), spot, at, facts)
    }
  }

  private mismatch(element: ElementInfo, value: Value6, spot: Spot6, at: LibraryPlace): void {
    const isArray = isList(value)
    const type = propertyClass(element)
    const wanted = element.repeats ? `collection of ${type}` : type
    const found = typeNameOf(value)
    const expected = isArray && !element.repeats ? `single ${wanted}` : wanted
    const actual = element.repeats && !isArray ? `single ${found}` : found
    const rule = element.repeats ? 'r4-array-expected' : isArray ? 'r4-value-is-array' : 'r4-choice-type-not-allowed'
    const facts = {
      element: element.name,
      type,
      allowed: element.types,
      found: isArray ? `array of ${value.items.length}` : found,
    }
    this.report(rule, wording6('PVAL127', expected, actual), spot, at, facts)
  }

  private choice(element: ElementInfo, value: Value6, spot: Spot6, at: LibraryPlace): void {
    const values = isList(value) ? value.items : [value]
    const wrong = values.find((item) => item !== undefined && !allows(element, item.is))
    if (wrong === undefined) return
    const type = wrong.is.name
    const isUnknown = wrong.is.isDynamic
    const rule = isUnknown ? 'r4-choice-type-unknown' : 'r4-choice-type-not-allowed'
    const facts = { element: element.name, allowed: element.types, ...(isUnknown ? { name: type } : { type }) }
    this.report(rule, wording6('PVAL101', type), spot, at, facts)
  }

  private cardinality(element: ElementInfo, value: Value6, spot: Spot6, at: LibraryPlace): void {
    if (!isList(value)) return
    const facts = { element: element.name, repeats: element.repeats, type: propertyClass(element) }
    const count = value.items.length
    if (value.items.includes(undefined)) this.report('r4-null-in-array', wording6('PVAL104'), spot, at, facts)
    else if (element.mandatory && count < 1) {
      const wording = wording6('PVAL102', String(count))
      this.report('r4-missing-element', wording, spot, at, { ...facts, allowed: element.types })
    } else if (!element.repeats && count > 1) {
      const found = `array of ${count}`
      this.report('r4-value-is-array', wording6('PVAL103', String(count)), spot, at, { ...facts, found })
    }
  }

  /** An object or a primitive, once all of it is read. */
  object(node: Node6, is: Class6, spot: Spot6, at: LibraryPlace): void {
    if (node.is.isDynamic && node.is.kind === 'resource' && !is.isUnnamed) {
      const { name } = node.is
      this.report('r4-resource-type-unknown', wording6('PVAL130', name), spot, at, { name })
    }
    if (!is.isDynamic) this.missing(node, is, spot, at)
    if (is.kind === 'resource' && this.nested(node, spot, at)) return
    this.content(node, is, spot, at)
  }

  private missing(node: Node6, is: Class6, spot: Spot6, at: LibraryPlace): void {
    for (const element of mandatoryElements(is.type)) {
      const value = node.present(element.name)
      if (value !== undefined && !(isList(value) && value.items.length === 0)) continue
      const { name, types, repeats, choice } = element
      const path = `${at.path}.${name}`
      const wording = value === undefined ? wording6('PVAL105', path) : wording6('PVAL102', '0')
      const step = spot.step.element(name, choice ? `${name}[x]` : name)
      const facts = { element: name, repeats, type: types[0], allowed: types }
      this.report(
        'r4-missing-element',
        wording,
        { step, token: spot.token },
        { path, offset: at.offset, back: at.back },
        facts,
      )
    }
  }

  /** Whether a contained resource contains resources; then nothing else is looked at. */
  private nested(node: Node6, spot: Spot6, at: LibraryPlace): boolean {
    if (!isDomainResource(node)) return false
    const own = spot.step.element('contained', 'contained')
    const index = containedOf(node, () => own.here(spot.token)).findIndex(
      (item) => item !== undefined && isDomainResource(item) && item.listOf('contained').length > 0,
    )
    if (index < 0) return false
    const step = own.item(index, [index]).element('contained', 'contained')
    this.report('r4-nested-contained', wording6('PVAL118'), { step, token: spot.token }, at, {})
    return true
  }

  private content(node: Node6, is: Class6, spot: Spot6, at: LibraryPlace): void {
    const isPrimitive = node.is.kind === 'primitive'
    if (node.isEmpty() && (!isPrimitive || node.json === undefined)) {
      const rule = node.isNull ? 'r4-null-value' : 'r4-empty-object'
      this.report(rule, wording6('PVAL129'), spot, at, { type: is.name, found: node.isNull ? 'null' : 'nothing' })
    }
    if (isPrimitive) this.literal(node, spot, at)
  }

  private literal({ is, json }: Node6, spot: Spot6, at: LibraryPlace): void {
    const { valueSet } = is
    if (is.isDynamic && json === undefined) {
      const wording = wording6('PVAL123', quote(json), is.name)
      this.report('r4-wrong-json-type', wording, spot, at, { type: is.name, found: 'nothing' })
    }
    const fault = faultOf(json, is, { sdk: 6, ...this.options })
    if (fault === undefined) return
    const coded = valueSet === undefined ? {} : { valueSet: valueSet.name, allowed: [...valueSet.codes] }
    const found = json?.kind === 'string' ? `string of ${json.text.length} characters` : json?.kind
    this.report(fault.rule, fault.wording, spot, at, { type: is.name, found, ...coded })
  }
}

/** All resources but those that have no text. */
function isDomainResource({ is }: Node6): boolean {
  return is.kind === 'resource' && (is.isDynamic || is.type.byLowerCase.has('contained'))
}

function allows({ types }: ElementInfo, is: Class6): boolean {
  if (is.isDynamic || is.kind === 'resource') return false
  if (types[0] === '*') return !NOT_OPEN_IN_6.has(is.name) && !is.name.includes('.')
  return types.includes(is.name) || types.includes(findType(is.name)?.base ?? '')
}

function containedOf(node: Node6, here: () => Here): readonly (Node6 | undefined)[] {
  try {
    return node.listOf('contained')
  } catch (error) {
    throw thrownAt(here(), error)
  }
}
