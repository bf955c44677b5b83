import { copy, type DocumentMember, jsonValue, member, object, parse, print, token, type Value } from './document.ts'
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

/** Chance, and payloads of the user's own to change. */
interface Draw {
  readonly random: Random
  readonly own: readonly Value[]
}

type Made = Omit<Input, 'id'>

/** How often each family of inputs is drawn. */
const FAMILIES: readonly (readonly [number, (draw: Draw) => Made])[] = [
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

/**
 * The inputs of a seed, in order; each is made on its own, so that one can be made again alone. Where there are payloads of
 * the user's `own`, half of those that are changed are of them.
 */
export function* inputs(seed: number, count: number, own: readonly Value[] = []): Generator<Input> {
  for (let index = 0; index < count; index++) yield inputOf(seed, index, own)
}

/** One input of a seed. */
export function inputOf(seed: number, index: number, own: readonly Value[] = []): Input {
  const random = new Random(Math.imul(seed, 0x9e3779b1) ^ Math.imul(index + 1, 0x85ebca6b))
  let chosen = random.below(TOTAL)
  for (const [weight, make] of FAMILIES) {
    chosen -= weight
    if (chosen < 0) return { id: `${seed}-${index}`, ...make({ random, own }) }
  }
  throw new Error('The weights of the families do not add up.')
}

function valid(draw: Draw): Made {
  return { kind: 'unchanged', bytes: Buffer.from(print(base(draw))) }
}

function spoilt({ random }: Draw): Made {
  return { kind: 'spoilt-event', bytes: Buffer.from(spoiltEventText(random)) }
}

/** A payload to change: a vendor's event, or a small resource of any type. */
function base({ random, own }: Draw): Value {
  if (own.length > 0 && random.once(2)) return copy(random.of(own))
  const event = random.once(4) ? parse(anyEventText(random)) : undefined
  return event ?? makeResource(random.of(RESOURCE_TYPES), random)
}

function oneChange(draw: Draw): Made {
  const { random } = draw
  const root = base(draw)
  const kind = random.of(Object.keys(STRUCTURE))
  STRUCTURE[kind]?.(root, random)
  return { kind, bytes: Buffer.from(print(root)) }
}

function twoChanges(draw: Draw): Made {
  const { random } = draw
  const root = base(draw)
  for (let times = random.between(2, 3); times > 0; times--)
    STRUCTURE[random.of(Object.keys(STRUCTURE))]?.(root, random)
  return { kind: 'several-changes', bytes: Buffer.from(print(root)) }
}

/** One literal of one type, as the value of an extension. */
function literal({ random }: Draw): Made {
  const type = random.of(PRIMITIVE_TYPES.filter((name) => name !== 'xhtml'))
  const value: DocumentMember = member(
    `value${type.charAt(0).toUpperCase()}${type.slice(1)}`,
    token(anyLiteral(type, random)),
  )
  const extension = object(member('url', jsonValue('http://example.no/e')), value)
  const root = object(
    member('resourceType', jsonValue('Basic')),
    member('extension', { kind: 'array', items: [extension] }),
  )
  root.members.push(member('code', jsonValue({ text: 'x' })))
  return { kind: `literal-${type}`, bytes: Buffer.from(print(root)) }
}

function textual({ random }: Draw): Made {
  const kind = random.of(Object.keys(TEXT))
  const text = print(makeResource(random.of(RESOURCE_TYPES), random, { sparse: 16, depth: 2 }))
  return { kind: `text-${kind}`, bytes: Buffer.from(TEXT[kind]?.(text, random) ?? text) }
}

function bytewise({ random }: Draw): Made {
  const kind = random.of(Object.keys(BYTES))
  const bytes = Buffer.from(print(makeResource(random.of(RESOURCE_TYPES), random, { sparse: 16, depth: 2 })))
  return { kind: `bytes-${kind}`, bytes: BYTES[kind]?.(bytes, random) ?? bytes }
}

function sized({ random }: Draw): Made {
  const kind = random.of(Object.keys(SIZES))
  const root = makeResource(random.of(['Patient', 'Basic', 'Person']), random, { sparse: 16, depth: 2 })
  return { kind: `size-${kind}`, bytes: Buffer.from(SIZES[kind]?.(root, random) ?? print(root)) }
}
