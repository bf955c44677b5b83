import { trimEnd } from '../../ground/text/trim-end.ts'
import type { PropertyInfo } from '../fhir/table.ts'
import type { FixAction } from './actions.ts'
import { type Advice, advise } from './advice.ts'
import { expectedIn, foundAt, nameOf, oneOf, shorten } from './describe.ts'
import type { NodePlace } from './document.ts'
import { type Case, type Fix, inWords, needsValue } from './fix.ts'
import { choiceType } from './names.ts'
import { nearestTo } from './nearest.ts'
import { isLiteralOf } from './schema.ts'
import { isUrn, localTime, spellings } from './spellings.ts'
import { offsetAt } from './zone.ts'

interface Literal {
  readonly place: NodePlace
  readonly property: PropertyInfo
  /** As it was sent, with its quotes. */
  readonly raw: string
  readonly about: Readonly<Record<string, string | Advice>>
}

/** The literal at a place; where a name stands twice, the one that is wrong. */
function literalIn(one: Case): Literal | undefined {
  const { doc } = one
  const place = wrongOf(one)
  const { property } = place
  if (property === undefined || place.node.kind === 'object' || place.node.kind === 'array') return undefined
  const raw = doc.raw(place)
  const about = {
    name: nameOf(place),
    sent: shorten(raw),
    found: foundAt(doc, place),
    expected: expectedIn(property),
    type: typeOf(property),
  }
  return { place, property, raw, about }
}

/** Properties of one name of which one is looked for: all of them, for each of them, would take more than linear time. */
const MOST_NAMESAKES = 100

function wrongOf({ doc, place, options }: Case): NodePlace {
  const { parent, member, property } = place
  if (!place.ambiguous || parent === undefined || member === undefined || property === undefined) return place
  const isRight = ({ node }: NodePlace) =>
    node.kind !== 'object' &&
    node.kind !== 'array' &&
    isLiteralOf(doc.text.slice(node.start, node.end), property, options)
  return isRight(place)
    ? (doc.namesakes(parent, place, MOST_NAMESAKES).find((other) => !isRight(other)) ?? place)
    : place
}

/** An element's id and an extension's url have no type of their own. */
const typeOf = ({ typeName, primitive }: PropertyInfo): string => (typeName === 'native' ? primitive.name : typeName)

const written = (advice: Advice, at: NodePlace, text: string): Fix => ({
  advice,
  actions: [{ does: 'write', at, text }],
})

/** A literal that its type does not allow: spelt otherwise it may say the same. */
export function wrongLiteral(one: Case): Fix | undefined {
  const literal = literalIn(one)
  if (literal === undefined) return undefined
  const { place, property, raw, about } = literal
  const value: unknown = JSON.parse(raw)
  if (typeof value !== 'string') return needsValue(advise('literal', about), one)
  const text = spellings(typeOf(property), value)
    .map((spelling) => JSON.stringify(spelling))
    .find((spelling) => isLiteralOf(spelling, property, one.options))
  if (text === undefined) return withoutSpelling(one, literal, value)
  const values = { ...about, right: shorten(text) }
  if (!isUrn(value)) return written(advise('respell', values), place, text)
  const references = one.doc.sameStrings(place).filter((at) => at !== place && at.property?.typeName === 'string')
  if (references.length === 0) return written(advise('respell', values), place, text)
  const advice = advise('respell-everywhere', values)
  if (references.length > MOST_REFERENCES) return inWords(advice)
  return { advice, actions: [place, ...references].map((at): FixAction => ({ does: 'write', at, text })) }
}

/** How many references to one name are rewritten with it. */
const MOST_REFERENCES = 50

/** Why no other spelling is right: the faults that have a name, and one that the vendor's word on the time zone mends. */
function withoutSpelling(one: Case, { about, property, place }: Literal, value: string): Fix {
  const type = typeOf(property)
  if (type === 'string' || type === 'markdown')
    return needsValue(advise('too-long', { ...about, count: value.length }), one)
  if (type === 'uri' && /[{}]/.test(value)) return needsValue(advise('unfilled', about), one)
  const local = localTime(value)
  if (local === undefined) return needsValue(advise('literal', about), one)
  if (type === 'date') return needsValue(advise('date-only', { ...about, right: `"${local.slice(0, 10)}"` }), one)
  const complete = (offset: string) => JSON.stringify(local + offset)
  if (!isLiteralOf(complete('Z'), property, one.options)) return needsValue(advise('literal', about), one)
  const { offset } = one.options
  const own = offset === undefined ? undefined : offsetAt(local, offset)
  if (own !== undefined) return written(advise('respell', { ...about, right: complete(own) }), place, complete(own))
  const right = complete(offsetAt(local, 'Europe/Oslo') ?? 'Z')
  return inWords(advise('offset', { ...about, right }), { at: place, property, local })
}

/** A value of another JSON type: a number, true or false in quotes, or text without them. */
export function wrongJsonType(one: Case): Fix | undefined {
  const literal = literalIn(one)
  if (literal === undefined) return undefined
  if (!literal.property.allowed) return choiceType(one)
  const { place, property, raw, about } = literal
  const isText = place.node.kind === 'string'
  const text = isText ? String(JSON.parse(raw)).trim() : `"${raw}"`
  const isJson = !isText || NUMBER_OR_WORD.test(text)
  if (!isJson || !isLiteralOf(text, property, one.options))
    return needsValue(advise('wrong-type', { ...about, wanted: wantedIn(property) }), one)
  const isSize = property.typeName === 'unsignedInt' && place.pointer.endsWith('/size')
  const key = isText ? (isSize ? 'unquote-size' : 'unquote') : 'quote'
  return written(advise(key, { ...about, right: shorten(text) }), place, text)
}

/** The JSON type of a simple value, in words. */
function wantedIn({ primitive: { json } }: PropertyInfo): Advice {
  return advise(json === 'number' ? 'number-found' : json)
}

const NUMBER_OR_WORD = /^(?:-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?|true|false)$/

/** A number outside of its type: a whole number that is written with a fraction or an exponent is written out. */
export function wrongNumber(one: Case): Fix | undefined {
  const literal = literalIn(one)
  if (literal === undefined) return undefined
  const { place, property, raw, about } = literal
  const text = String(Number(raw))
  const isWhole = property.primitive.dotnet === 'Int32' && isExactlyWhole(raw) && text !== raw
  if (!isWhole || !isLiteralOf(text, property, one.options)) return needsValue(advise('number', about), one)
  return written(advise('respell', { ...about, right: text }), place, text)
}

/** A fraction of zeros, or an exponent that reaches past the fraction. */
function isExactlyWhole(raw: string): boolean {
  const [all, fraction = '', exponent = '0'] = /^-?\d{1,20}(?:\.(\d{1,20}))?(?:[eE]([+-]?\d{1,3}))?$/.exec(raw) ?? []
  return all !== undefined && Number.isSafeInteger(Number(raw)) && trimEnd(fraction, '0').length <= Number(exponent)
}

/** A code that its value set does not have. */
export function wrongCode(one: Case): Fix | undefined {
  const literal = literalIn(one)
  const codes = literal?.property.element.valueSet?.codes
  if (literal === undefined || codes === undefined) return undefined
  const { place, property, raw, about } = literal
  if (isLiteralOf(raw, property, one.options)) return undefined
  const nearest = nearestTo(String(JSON.parse(raw)), codes)
  const values = { ...about, codes: oneOf(codes) }
  if (nearest === undefined) return needsValue(advise('code', values), one)
  const near = { ...values, nearest: nearest.name }
  if (!nearest.sure) return needsValue(advise('code-near', near), one)
  return written(advise('code-respell', near), place, JSON.stringify(nearest.name))
}
