import { PRIMITIVES } from './primitives.ts'
import { isAbstractName, noConstructor } from './properties.ts'
import { LibraryThrows } from './strict-findings.ts'
import { type ElementInfo, findType, findTypeAnyCase, type TypeInfo, type ValueSet } from './table.ts'

/*
 * The objects that SDK 6.8.0 reads a text into (Model/Base.cs and the generated classes): every value is kept, what does not
 * fit a property's type as overflow, what has no class as a dynamic object. What is checked afterwards is checked on them.
 */

/** A class of the library (ClassMapping). */
export interface Class6 {
  /** FHIR's name, or the name that the text gives. */
  readonly name: string
  readonly kind: 'resource' | 'complex' | 'primitive'
  /** Whose elements it has; a dynamic class has those of its base. */
  readonly type: TypeInfo
  readonly isDynamic: boolean
  /** Of a code with a required binding. */
  readonly valueSet?: ValueSet
  /** Whether the resource has no resourceType. */
  readonly isUnnamed?: boolean
}

/** The value of a primitive as JSON has it. */
export type Json6 =
  | { readonly kind: 'string'; readonly text: string }
  | { readonly kind: 'integer' | 'decimal'; readonly text: string }
  | { readonly kind: 'boolean'; readonly text: 'True' | 'False' }

export interface List6 {
  /** The class of the items that the list takes: its .NET type. */
  readonly of: string
  readonly items: (Node6 | undefined)[]
}

export type Value6 = Node6 | List6

export const isList = (value: Value6 | undefined): value is List6 => value !== undefined && 'items' in value

/** An object of a class (Base), with what was set in it by the element's name. */
export class Node6 {
  readonly is: Class6
  json: Json6 | undefined
  /** Whether null stands in its place. */
  isNull = false
  private readonly typed = new Map<string, Value6>()
  private readonly overflow = new Map<string, Value6>()

  constructor(is: Class6) {
    this.is = is
  }

  get(name: string): Value6 | undefined {
    return this.overflow.get(name) ?? this.typed.get(name)
  }

  /** What is there of a list, an empty one is not. */
  present(name: string): Value6 | undefined {
    const inOverflow = this.overflow.get(name)
    if (inOverflow !== undefined) return inOverflow
    const value = this.typed.get(name)
    return isList(value) && value.items.length === 0 ? undefined : value
  }

  set(name: string, value: Value6): void {
    const element = elementOf(this.is, name)
    const fits = element !== undefined && fitsElement(element, value)
    const [into, from] = fits ? [this.typed, this.overflow] : [this.overflow, this.typed]
    from.delete(name)
    into.set(name, value)
  }

  /** A list of resources, which asking for it makes; the library throws when it holds something else. */
  listOf(name: string): readonly (Node6 | undefined)[] {
    const wrong = this.overflow.get(name)
    if (wrong !== undefined) {
      const found = `Expected property to be a collection of Resource, but found a single ${typeNameOf(wrong)}.`
      throw new LibraryThrows('CodedValidationException', found)
    }
    const value = this.typed.get(name)
    if (isList(value)) return value.items
    this.typed.set(name, { of: 'Resource', items: [] })
    return []
  }

  isEmpty(): boolean {
    if (this.overflow.size > 0) return false
    for (const value of this.typed.values()) if (!isList(value) || value.items.length > 0) return false
    return true
  }
}

/** The element of that exact name, of those that a class has. */
export function elementOf({ type }: Class6, name: string): ElementInfo | undefined {
  const element = type.byLowerCase.get(name.toLowerCase())
  return element?.name === name ? element : undefined
}

/** The .NET type of a property, or of its items, by FHIR's name. */
export function propertyClass(element: ElementInfo): string {
  if (element.model6 !== undefined) return element.model6
  if (element.choice) return 'DataType'
  const [type = ''] = element.types
  if (element.valueSet !== undefined) return `codeOfT`
  return type === 'native' ? nativeType(element) : type
}

/** Strings of .NET are primitives like any other in SDK 6. */
export function nativeType({ name }: ElementInfo): string {
  return name === 'url' ? 'uri' : 'string'
}

/** Whether a value is of the type that the property has. */
export function fitsElement(element: ElementInfo, value: Value6): boolean {
  if (isList(value)) return element.repeats && value.of === propertyClass(element)
  return !element.repeats && isInstance(value.is, propertyClass(element), element)
}

function isInstance(is: Class6, wanted: string, element: ElementInfo): boolean {
  if (wanted === 'DataType') return isDataType(is)
  if (wanted === 'PrimitiveType') return is.kind === 'primitive'
  if (wanted === 'codeOfT') return is.valueSet !== undefined
  const isResource = findType(wanted)?.kind
  if (isResource === 'abstract' || isResource === 'resource') return is.kind === 'resource'
  return !is.isDynamic && (is.name === wanted || element.types.includes(is.name))
}

/** Resources and backbones are not a datatypes. */
function isDataType({ kind, name, isDynamic }: Class6): boolean {
  return kind === 'primitive' || (kind === 'complex' && (isDynamic || !name.includes('.')))
}

/** Whether a list takes an item. */
export function listTakes(list: List6, { is }: Node6): boolean {
  if (list.of === 'DataType') return isDataType(is)
  if (list.of === 'PrimitiveType') return is.kind === 'primitive'
  if (list.of === 'codeOfT') return is.valueSet !== undefined
  if (list.of === 'Resource') return is.kind === 'resource'
  if (list.of === DYNAMIC.primitive || list.of === DYNAMIC.complex) {
    return is.isDynamic && is.kind === (list.of === DYNAMIC.primitive ? 'primitive' : 'complex')
  }
  return is.name === list.of
}

/** Classes of .NET for what has none of FHIR's. */
export const DYNAMIC = {
  primitive: 'DynamicPrimitive',
  complex: 'DynamicDataType',
  resource: 'DynamicResource',
} as const

function requireType(name: string): TypeInfo {
  const type = findType(name)
  if (type === undefined) throw new Error(`The R4 table has no type ${name}`)
  return type
}

const classes = new Map<string, Class6>()

/** The class of a type that FHIR has. */
export function classOf(typeName: string): Class6 {
  const known = classes.get(typeName)
  if (known !== undefined) return known
  const type = requireType(typeName)
  const kind = PRIMITIVES.has(typeName) ? 'primitive' : isResource(type) ? 'resource' : 'complex'
  const made: Class6 = {
    name: type.name,
    kind,
    type: kind === 'primitive' ? requireType('Element') : type,
    isDynamic: false,
  }
  classes.set(typeName, made)
  return made
}

const isResource = ({ kind }: TypeInfo): boolean => kind === 'resource' || kind === 'abstract'

/** The class that a text names, in any letter case: a datatype, a resource, a part of either; undefined when there is none. */
export function findClass(name: string): Class6 | undefined {
  const type = findTypeAnyCase(name)
  if (type !== undefined) return classOf(type.name)
  return isAbstractName(name) ? { ...classOf('Element'), name } : undefined
}

/** A class for what FHIR does not know. */
export function dynamicClass(kind: Class6['kind'], name: string): Class6 {
  return { name, kind, type: requireType(kind === 'resource' ? 'DomainResource' : 'Element'), isDynamic: true }
}

export function unnamedResource(path: string): Class6 {
  return { ...dynamicClass('resource', `UnnamedResource_${path}`), isUnnamed: true }
}

/** Makes an object; the library has none of an abstract class. */
export function make(is: Class6): Node6 {
  if (!is.isDynamic && (is.type.kind === 'abstract' || isAbstractName(is.name))) throw noConstructor(is.name)
  return new Node6(is)
}

/** What a message calls the type of a value. */
export function typeNameOf(value: Value6): string {
  if (!isList(value)) return value.is.name
  return `collection of ${listTypeName(value)}`
}

function listTypeName({ of }: List6): string {
  return of === DYNAMIC.primitive || of === DYNAMIC.complex ? 'unknown type' : of
}

/** A value as a message quotes it. */
export function quote(json: Json6 | undefined): string {
  if (json === undefined) return 'null'
  return json.kind === 'string' ? `string '${json.text}'` : `${json.kind} ${json.text}`
}
