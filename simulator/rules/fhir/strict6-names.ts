import { findElement } from './properties.ts'
import { LibraryThrows } from './strict-findings.ts'
import { TOKEN, type TokenCode, type TokenReader } from './strict-tokens.ts'
import { type Class6, classOf, DYNAMIC, dynamicClass, findClass, nativeType, propertyClass } from './strict6-model.ts'
import type { ElementInfo } from './table.ts'

/** What a property's name means to SDK 6 (PropertyValueMapping). */
export interface Property6 {
  /** The element's name, or the property's where there is no such element. */
  readonly name: string
  /** Undefined for what the class does not have. */
  readonly element: ElementInfo | undefined
  readonly isCollection: boolean
  /** The class that its value has. */
  readonly is: Class6
  /** The class of the items of a list that is made for it. */
  readonly listOf: string
  /** The class that has the property. */
  readonly owner: Class6
}

/** What is known of the object that is being read. */
export class ReadingObject {
  /** Put off until the end of the object; by the property's name, and by the node. */
  readonly checks = new Map<unknown, () => void>()
  /** Properties that were made up for names that the class does not have. */
  readonly made = new Map<string, Property6>()
  private readonly seen = new Set<string>()

  /** Notes a property; true when it was there before. */
  hit(name: string): boolean {
    const isAgain = this.seen.has(name)
    this.seen.add(name)
    return isAgain
  }
}

interface LookUp {
  readonly parent: Class6
  readonly key: string
  readonly object: ReadingObject
  /** On the property's value. */
  readonly reader: TokenReader
  /** Names in another letter case are unknown. */
  readonly isStrict: boolean
  /** Reports a choice without a type, and says the path that it has. */
  readonly bare: (element: string, allowed: readonly string[]) => string
}

/** Finds what a name means, and makes a property up where the class has none. */
export function lookUp(search: LookUp): Property6 {
  const { parent, key, object } = search
  if (key === '') throw new LibraryThrows('IndexOutOfRangeException', 'Index was outside the bounds of the array.')
  const name = key.startsWith('_') ? key.slice(1) : key
  const made = object.made.get(name)
  if (made !== undefined) return made
  const element = parent.kind === 'primitive' && name === 'value' ? undefined : findElement(parent.type, name, true)
  if (element === undefined || (search.isStrict && !isExact(element, name))) return makeUp(search, name)
  return knownProperty(search, element, name)
}

function knownProperty(search: LookUp, element: ElementInfo, name: string): Property6 {
  const { parent } = search
  const is = element.choice ? choiceClass(search, element, name) : elementClass(element)
  const listOf = propertyClass(element)
  return { name: element.name, element, isCollection: element.repeats, is, listOf, owner: parent }
}

function elementClass(element: ElementInfo): Class6 {
  const [type = ''] = element.types
  const is = classOf(type === 'native' ? nativeType(element) : type)
  return element.valueSet === undefined ? is : { ...is, valueSet: element.valueSet }
}

/** The type after the name of a choice; a dynamic one where there is none, or none that exists. */
function choiceClass(search: LookUp, element: ElementInfo, name: string): Class6 {
  const suffix = name.slice(element.name.length)
  if (suffix === '') {
    const path = search.bare(element.name, element.types)
    const { is } = makeUp(search, name)
    return dynamicClass(is.kind, `UnknownType_${path}`)
  }
  return findClass(suffix) ?? dynamicClass(makeUp(search, name).is.kind, suffix)
}

/** Whether a name is written as FHIR has it, the type of a choice included. */
export function isExact(element: ElementInfo, name: string): boolean {
  return name === canonicalName(element, name)
}

/** A name as FHIR writes it. */
export function canonicalName(element: ElementInfo, name: string): string {
  const suffix = name.slice(element.name.length)
  const type = element.choice && suffix !== '' ? findClass(suffix)?.name : undefined
  return element.name + (type === undefined ? suffix : type.charAt(0).toUpperCase() + type.slice(1))
}

/** A property for a name that the class does not have, of a type that its value looks like. */
function makeUp({ parent, key, object, reader }: LookUp, name: string): Property6 {
  const isCollection = reader.is(TOKEN.StartArray)
  const token = isCollection ? firstItem(reader) : reader.token
  const kind = kindFor(token, key.startsWith('_'))
  const is = dynamicClass(kind, DYNAMIC[kind])
  const property = { name, element: undefined, isCollection, is, listOf: DYNAMIC[kind], owner: parent }
  object.made.set(name, property)
  return property
}

const PRIMITIVE_TOKENS: ReadonlySet<TokenCode> = new Set([TOKEN.String, TOKEN.Number, TOKEN.True, TOKEN.False])

function kindFor(token: TokenCode, isCompanion: boolean): 'primitive' | 'complex' {
  return PRIMITIVE_TOKENS.has(token) || isCompanion ? 'primitive' : 'complex'
}

/** The first token that is neither a null nor the start of an array; the library looks on behind the array's end. */
function firstItem(reader: TokenReader): TokenCode {
  const start = reader.index
  while (reader.is(TOKEN.StartArray) || reader.is(TOKEN.Null)) reader.read()
  const { token } = reader
  reader.moveTo(start)
  return token
}
