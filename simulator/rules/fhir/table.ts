import { nativeString, PRIMITIVES, type Primitive } from './primitives.ts'
import { R4_TYPES, R4_VALUE_SETS } from './r4.generated.ts'

/*
 * Access to the R4 table. One line of it is one type: `name kind base|element|element…` without what the base has, and an
 * element is `name[!][*] type,type…[=value set]`: `!` mandatory, `*` repeating; the type `*` is any datatype, `native` a
 * plain string without extensions (Element.id, Extension.url). Lines are read when a type is first asked for.
 */

export type TypeKind = 'resource' | 'abstract' | 'complex' | 'primitive'

/** A required binding: the name that messages print, and the codes. */
export interface ValueSet {
  readonly name: string
  readonly codes: ReadonlySet<string>
  /** The same, in the order of R4. */
  readonly list: readonly string[]
}

/** An element as the definitions have it. */
export interface ElementInfo {
  /** Without `[x]`. */
  readonly name: string
  readonly mandatory: boolean
  readonly repeats: boolean
  readonly choice: boolean
  /** Names of types; `*` alone is any datatype. */
  readonly types: readonly string[]
  readonly valueSet: ValueSet | undefined
  /** The type in the classes of SDK 5, where that is another. */
  readonly model5: string | undefined
  /** The abstract class that the property has in SDK 6, where it has one: its messages print it. */
  readonly model6: string | undefined
  /** One bit for each mandatory element of the type, otherwise 0. */
  readonly mandatoryBit: number
  /** One bit for each choice of the type, otherwise 0. */
  readonly choiceBit: number
}

/** What the value of a JSON property is read as; `companion` is the `_name` of a primitive. */
export type PropertyKind = 'primitive' | 'companion' | 'native' | 'complex' | 'resource'

/** A JSON property of a type: an element, and for a choice the type that the name says. */
export interface PropertyInfo {
  readonly element: ElementInfo
  readonly repeats: boolean
  readonly kind: PropertyKind
  readonly typeName: string
  /** Rules of the literal; of a string for kinds that have none. */
  readonly primitive: Primitive
  /** Rules of the literal in the classes of SDK 5, where those are others. */
  readonly model5: Primitive | undefined
  /** Type of the object that the value is: `Element` for a companion. */
  readonly type: () => TypeInfo
  /** False where the element does not allow the type of the name. */
  readonly allowed: boolean
}

export interface TypeInfo {
  readonly name: string
  readonly kind: TypeKind
  /** The type that it specialises; empty for most primitives. */
  readonly base: string
  readonly elements: readonly ElementInfo[]
  /** By exact JSON name: plain, `_name`, and each suffixed name of a choice. */
  readonly properties: ReadonlyMap<string, PropertyInfo>
  /** The bits of all mandatory elements. */
  readonly mandatoryBits: number
  /** By the element's name in lower case, the name of a choice without a type. */
  readonly byLowerCase: ReadonlyMap<string, ElementInfo>
}

/** The library has one class for all versions of FHIR, so some of its properties have other types than R4. */
const MODEL_5: ReadonlyMap<string, string> = new Map([
  ['Attachment.size', 'integer64'],
  ['Meta.profile', 'uri'],
])
const MODEL_6: ReadonlyMap<string, string> = new Map([
  ['Attachment.size', 'PrimitiveType'],
  ['Attachment.url', 'PrimitiveType'],
  ['Bundle.link.relation', 'PrimitiveType'],
  ['CapabilityStatement.implementation.description', 'PrimitiveType'],
  ['ElementDefinition.binding.description', 'PrimitiveType'],
  ['ElementDefinition.constraint.requirements', 'PrimitiveType'],
  ['ElementDefinition.mapping.comment', 'PrimitiveType'],
  ['Meta.profile', 'PrimitiveType'],
  ['Signature.onBehalfOf', 'DataType'],
  ['Signature.who', 'DataType'],
])

const typeLines = new Map<string, string>()
const valueSetLines = new Map<string, string>()
const types = new Map<string, TypeInfo>()
const valueSets = new Map<string, ValueSet>()
const namesByLowerCase = new Map<string, string>()

function indexLines(): void {
  for (const line of R4_VALUE_SETS.split('\n')) valueSetLines.set(line.slice(0, line.indexOf(' ')), line)
  for (const line of R4_TYPES.split('\n')) {
    const name = line.slice(0, line.indexOf(' '))
    typeLines.set(name, line)
    if (!name.includes('.')) namesByLowerCase.set(name.toLowerCase(), name)
  }
}

/** The type of that exact name (`Composition`, `Bundle.entry`, `dateTime`), or undefined. */
export function findType(name: string): TypeInfo | undefined {
  const known = types.get(name)
  if (known !== undefined) return known
  if (typeLines.size === 0) indexLines()
  const line = typeLines.get(name)
  if (line === undefined) return undefined
  const type = readType(line)
  types.set(name, type)
  return type
}

/** The datatype or resource type of that name in any letter case, never a backbone; undefined when there is none. */
export function findTypeAnyCase(name: string): TypeInfo | undefined {
  if (typeLines.size === 0) indexLines()
  const exact = namesByLowerCase.get(name.toLowerCase())
  return exact === undefined ? undefined : findType(exact)
}

function requireType(name: string): TypeInfo {
  const type = findType(name)
  if (type === undefined) throw new Error(`The R4 table has no type ${name}`)
  return type
}

function readType(line: string): TypeInfo {
  const [head = '', ...entries] = line.split('|')
  const [name = '', kind, base = ''] = head.split(' ')
  const inherited = base === '' ? [] : requireType(base).elements
  const elements = numbered([...inherited, ...entries.map((entry) => readElement(name, entry))])
  const properties = new Map<string, PropertyInfo>()
  for (const element of elements) addProperties(properties, element)
  const mandatoryBits = elements.reduce((bits, element) => bits | element.mandatoryBit, 0)
  const byLowerCase = new Map(elements.map((element) => [element.name.toLowerCase(), element]))
  return { name, kind: kind as TypeKind, base, elements, properties, mandatoryBits, byLowerCase }
}

/** Bits are per type, so an inherited element may get another one. No R4 type has more than 15 of either. */
function numbered(elements: readonly ElementInfo[]): readonly ElementInfo[] {
  let mandatory = 1
  let choices = 1
  return elements.map((element) => {
    const mandatoryBit = element.mandatory ? mandatory : 0
    const choiceBit = element.choice ? choices : 0
    if (element.mandatory) mandatory <<= 1
    if (element.choice) choices <<= 1
    return { ...element, mandatoryBit, choiceBit }
  })
}

const ELEMENT = /^(\w+)(\[x\])?(!?)(\*?) ([^=]+)(?:=(.+))?$/

function readElement(owner: string, entry: string): ElementInfo {
  const [, name = '', choice, mandatory, repeats, typeNames = '', valueSet] = ELEMENT.exec(entry) ?? []
  return {
    name,
    mandatory: mandatory === '!',
    repeats: repeats === '*',
    choice: choice !== undefined,
    types: typeNames.split(','),
    valueSet: valueSet === undefined ? undefined : findValueSet(valueSet),
    model5: MODEL_5.get(`${owner}.${name}`),
    model6: MODEL_6.get(`${owner}.${name}`),
    mandatoryBit: 0,
    choiceBit: 0,
  }
}

function findValueSet(id: string): ValueSet | undefined {
  const known = valueSets.get(id)
  if (known !== undefined) return known
  const [, name = '', ...codes] = valueSetLines.get(id)?.split(' ') ?? []
  const valueSet = { name, codes: new Set(codes), list: codes }
  valueSets.set(id, valueSet)
  return valueSet
}

function addProperties(properties: Map<string, PropertyInfo>, element: ElementInfo): void {
  for (const typeName of typeNamesOf(element)) {
    const name = element.choice ? element.name + capitalised(typeName) : element.name
    properties.set(name, propertyOf(element, typeName))
    if (PRIMITIVES.has(typeName)) properties.set(`_${name}`, companionOf(element, typeName))
  }
}

const capitalised = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1)

function typeNamesOf({ types }: ElementInfo): readonly string[] {
  return types[0] === '*' ? datatypes() : types
}

let allDatatypes: readonly string[] | undefined

/** Every datatype that an open choice takes: all that are neither resources nor backbones. */
function datatypes(): readonly string[] {
  if (typeLines.size === 0) indexLines()
  allDatatypes ??= [...namesByLowerCase.values()].filter((name) => isDatatype(typeLines.get(name) ?? ''))
  return allDatatypes
}

const isDatatype = (line: string): boolean => /^(?!Element |BackboneElement )\w+ (?:complex|primitive)\b/.test(line)

function kindOf(typeName: string): PropertyKind {
  if (PRIMITIVES.has(typeName)) return 'primitive'
  if (typeName === 'native') return 'native'
  const kind = /^\S+ (\w+)/.exec(typeLines.get(typeName) ?? '')?.[1]
  return kind === 'resource' || kind === 'abstract' ? 'resource' : 'complex'
}

/** The property of an element when its value is of the type named. */
export function propertyOf(element: ElementInfo, typeName: string, allowed = true): PropertyInfo {
  const primitive = PRIMITIVES.get(typeName)
  let type: TypeInfo | undefined
  return {
    element,
    repeats: element.repeats,
    kind: kindOf(typeName),
    typeName,
    primitive: primitive ?? nativeString(element.name),
    model5: PRIMITIVES.get(element.model5 ?? ''),
    type: () => {
      type ??= requireType(typeName)
      return type
    },
    allowed,
  }
}

/** The `_name` property that carries the id and the extensions of a primitive. */
export function companionOf(element: ElementInfo, typeName: string, allowed = true): PropertyInfo {
  return { ...propertyOf(element, typeName, allowed), kind: 'companion', type: () => requireType('Element') }
}

const companionTypes = new Map<string, TypeInfo>()

/**
 * What the object of a `_name` may have in the classes of SDK 5: the id and extensions that FHIR knows, and the value itself
 * as a string, number or boolean without extensions.
 */
export function companionType(typeName: string, valueSet?: ValueSet): TypeInfo {
  const key = `${typeName} ${valueSet?.name ?? ''}`
  const known = companionTypes.get(key)
  if (known !== undefined) return known
  const element = requireType('Element')
  const value: ElementInfo = { ...readElement(typeName, `value ${typeName}`), types: ['native'], valueSet }
  const properties = new Map(element.properties)
  properties.set('value', { ...propertyOf(value, typeName), kind: 'native' })
  const byLowerCase = new Map([...element.byLowerCase, ['value', value] as const])
  const type = { ...element, name: typeName, kind: 'primitive' as const, properties, byLowerCase }
  companionTypes.set(key, type)
  return type
}
