import { jsonValue, type Member, member, object, parse, print, token, type Value } from './document.ts'
import { anyLiteral } from './literals.ts'
import { Random } from './random.ts'
import { anyEventText, makeResource, PRIMITIVE_TYPES, RESOURCE_TYPES, spoiltEventText } from './resources.ts'
import { STRUCTURE } from './structure.ts'
import { BYTES, SIZES, TEXT } from './text.ts'

/** One text to compare on. */
export interface Input {
  /** Seed and number: the same give the same bytes. */
  readonly id: string
  /** What was done: figures are given for each kind. */
  readonly kind: string
  readonly bytes: Buffer
}

/** How often each family of inputs is drawn. */
const FAMILIES: readonly (readonly [number, (random: Random) => Omit<Input, 'id'>])[] = [
  [5, valid],
  [3, spoilt],
  [40, oneChange],
  [15, twoChanges],
  [20, literal],
  [13, textual],
  [2, bytewise],
  [2, sized],
]

const TOTAL = FAMILIES.reduce((sum, [weight]) => sum + weight, 0)

/** The inputs of a seed, in order; each is made by itself, so that one can be made again alone. */
export function* inputs(seed: number, count: number): Generator<Input> {
  for (let index = 0; index < count; index++) yield inputOf(seed, index)
}

/** One input of a seed. */
export function inputOf(seed: number, index: number): Input {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  let draw = random.below(TOTAL)
  for (const [weight, make] of FAMILIES) {
    draw -= weight
    if (draw < 0) return { id: `${seed}-${index}`, ...make(random) }
  }
  throw new Error('The weights of the families do not add up.')
}

function valid(random: Random): Omit<Input, 'id'> {
  return { kind: 'unchanged', bytes: Buffer.from(print(base(random))) }
}

function spoilt(random: Random): Omit<Input, 'id'> {
  return { kind: 'spoilt-event', bytes: Buffer.from(spoiltEventText(random)) }
}

/** A payload to change: a vendor's event, or a small resource of any type. */
function base(random: Random): Value {
  const event = random.once(4) ? parse(anyEventText(random)) : undefined
  return event ?? makeResource(random.of(RESOURCE_TYPES), random)
}

function oneChange(random: Random): Omit<Input, 'id'> {
  const root = base(random)
  const kind = random.of(Object.keys(STRUCTURE))
  STRUCTURE[kind]?.(root, random)
  return { kind, bytes: Buffer.from(print(root)) }
}

function twoChanges(random: Random): Omit<Input, 'id'> {
  const root = base(random)
  for (let times = random.between(2, 3); times > 0; times--)
    STRUCTURE[random.of(Object.keys(STRUCTURE))]?.(root, random)
  return { kind: 'several-changes', bytes: Buffer.from(print(root)) }
}

/** One literal of one type, as the value of an extension. */
function literal(random: Random): Omit<Input, 'id'> {
  const type = random.of(PRIMITIVE_TYPES.filter((name) => name !== 'xhtml'))
  const value: Member = member(`value${type.charAt(0).toUpperCase()}${type.slice(1)}`, token(anyLiteral(type, random)))
  const extension = object(member('url', jsonValue('http://example.no/e')), value)
  const root = object(
    member('resourceType', jsonValue('Basic')),
    member('extension', { kind: 'array', items: [extension] }),
  )
  root.members.push(member('code', jsonValue({ text: 'x' })))
  return { kind: `literal-${type}`, bytes: Buffer.from(print(root)) }
}

function textual(random: Random): Omit<Input, 'id'> {
  const kind = random.of(Object.keys(TEXT))
  const text = print(makeResource(random.of(RESOURCE_TYPES), random, { sparse: 16, depth: 2 }))
  return { kind: `text-${kind}`, bytes: Buffer.from(TEXT[kind]?.(text, random) ?? text) }
}

function bytewise(random: Random): Omit<Input, 'id'> {
  const kind = random.of(Object.keys(BYTES))
  const bytes = Buffer.from(print(makeResource(random.of(RESOURCE_TYPES), random, { sparse: 16, depth: 2 })))
  return { kind: `bytes-${kind}`, bytes: BYTES[kind]?.(bytes, random) ?? bytes }
}

function sized(random: Random): Omit<Input, 'id'> {
  const kind = random.of(Object.keys(SIZES))
  const root = makeResource(random.of(['Patient', 'Basic', 'Person']), random, { sparse: 16, depth: 2 })
  return { kind: `size-${kind}`, bytes: Buffer.from(SIZES[kind]?.(root, random) ?? print(root)) }
}
