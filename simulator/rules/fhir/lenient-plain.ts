import { countMembers } from '../json/json-text.ts'
import { isAnyText, readLiteral, stringToken, trim } from './lenient-literal.ts'
import { inOrder } from './lenient-writer.ts'
import { hasSurrogateEscape } from './strict-faultless.ts'
import { findType, type PropertyInfo, type TypeInfo } from './table.ts'
import { isEmpty, isObject } from './walker.ts'

/** JSON in which there is nothing to read leniently. */
export interface PlainReading {
  /** As `JSON.parse` read it. */
  readonly resource: unknown
  /** The text that VKP forwards. */
  readonly forwarded: string
  /** Whether a value is written otherwise than it was sent, such as an instant. */
  readonly isChanged: boolean
}

/**
 * Reads a text that is surely taken as it stands, as quickly as it can: every name and value is one of R4, and `JSON.parse` says
 * all that the text says. Undefined where it is not sure: `LenientParser` has to read it.
 */
export function readPlain(text: string): PlainReading | undefined {
  if (hasSurrogateEscape(text) || !hasPlainNumbers(text)) return undefined
  try {
    const resource: unknown = JSON.parse(text)
    const writer = new PlainWriter()
    writer.resource(resource)
    // A name that occurs twice is read once only; half of a surrogate pair is written as an escape.
    if (writer.members !== countMembers(text) || writer.text.includes('\\ud')) return undefined
    return { resource, forwarded: writer.text, isChanged: writer.isChanged }
  } catch (thrown) {
    if (thrown === NOT_PLAIN || thrown instanceof SyntaxError) return undefined
    throw thrown
  }
}

/** Numbers that JavaScript may write otherwise: with a fraction, an exponent, many digits or a minus before 0. */
const UNUSUAL_NUMBER = /(?:"\s*:|[[,])\s*(-?\d+\.\d+(?:[eE][+-]?\d+)?|-?\d+[eE][+-]?\d+|-?\d{16,}|-0)(?=\s*[,\]}])/g

/** Whether JavaScript writes every number of the text as it stands there, without an exponent. */
function hasPlainNumbers(text: string): boolean {
  for (const [, number = ''] of text.matchAll(UNUSUAL_NUMBER)) {
    if (/e/i.test(number) || String(Number(number)) !== number) return false
  }
  return true
}

const NOT_PLAIN = new Error('not plain')

/** Objects in each other, each of which may stand in a list: the readers have limits on what is deeper. */
const MOST_DEPTH = 24

class PlainWriter {
  text = ''
  /** How many properties were written, `resourceType` too. */
  members = 0
  isChanged = false
  private depth = 0

  resource(value: unknown): void {
    const name = isObject(value) ? value.resourceType : undefined
    const type = typeof name === 'string' ? findType(name) : undefined
    if (!isObject(value) || type?.kind !== 'resource') throw NOT_PLAIN
    this.members++
    this.text += `{"resourceType":"${type.name}"`
    this.properties(value, type, true)
    this.text += '}'
  }

  private object(value: unknown, type: TypeInfo): void {
    if (!isObject(value) || isEmpty(value)) throw NOT_PLAIN
    this.text += '{'
    this.properties(value, type, false)
    this.text += '}'
  }

  private properties(value: Readonly<Record<string, unknown>>, type: TypeInfo, isResource: boolean): void {
    if (++this.depth > MOST_DEPTH) throw NOT_PLAIN
    const found: NamedValue[] = []
    let choices = 0
    for (const name in value) {
      if (isResource && name === 'resourceType') continue
      const property = type.properties.get(name)
      if (property === undefined || property.kind === 'companion') throw NOT_PLAIN
      const { choiceBit } = property.element
      if ((choices & choiceBit) !== 0) throw NOT_PLAIN
      choices |= choiceBit
      found.push({ name, property, value: value[name] })
    }
    this.members += found.length
    let isFirst = !isResource
    for (const { name, property, value: one } of inOrder(type, found)) {
      this.text += isFirst ? `"${name}":` : `,"${name}":`
      isFirst = false
      if (property.repeats) this.list(one, property)
      else this.single(one, property)
    }
    this.depth--
  }

  private list(values: unknown, property: PropertyInfo): void {
    if (!Array.isArray(values) || values.length === 0) throw NOT_PLAIN
    for (let index = 0; index < values.length; index++) {
      this.text += index === 0 ? '[' : ','
      this.single(values[index], property)
    }
    this.text += ']'
  }

  private single(value: unknown, property: PropertyInfo): void {
    const { kind } = property
    if (kind === 'primitive' || kind === 'native') this.text += this.token(value, property)
    else if (kind === 'resource' && !property.element.choice) this.resource(value)
    else this.object(value, property.type())
  }

  private token(value: unknown, { primitive, typeName, element, kind }: PropertyInfo): string {
    if (typeof value !== (kind === 'native' ? 'string' : primitive.json)) throw NOT_PLAIN
    const text = String(value)
    if (text === '' || trim(text) !== text || element.valueSet?.codes.has(text) === false) throw NOT_PLAIN
    if (isAnyText(typeName)) return stringToken(text)
    const token = readLiteral(text, typeName)
    if (typeof token !== 'string') throw NOT_PLAIN
    this.isChanged ||= token !== (typeof value === 'string' ? stringToken(text) : text)
    return token
  }
}

interface NamedValue {
  readonly name: string
  readonly property: PropertyInfo
  readonly value: unknown
}
