import { pointerToken } from '../../../simulator/ground/text/json-pointer.ts'
import type { ExchangeDetail, Headers } from '../data/api.ts'
import { decodeToken } from '../parts/jwt.ts'

/** What two requests do not have in common: a header, a member of a body by its JSON Pointer, a step. `undefined`: it is not there. */
export interface PartDifference {
  readonly name: string
  readonly first: string | undefined
  readonly second: string | undefined
}

/**
 * Each header that differs; the values of one that is there more than once stand in their order. Of a token only its kind is
 * compared: `claimDifferences` says in what two differ.
 */
export function headerDifferences(first: Headers, second: Headers): readonly PartDifference[] {
  return differencesOf(valuesOf(first.map(shown)), valuesOf(second.map(shown)))
}

function shown([name, value]: Headers[number]): Headers[number] {
  if (decodeToken(value) === undefined) return [name, value]
  return [name, value.replace(/[\w-]+\.[\w-]+\..*$/, '…')]
}

/** Each claim of a token or a proof that differs, by its JSON Pointer. */
export function claimDifferences(header: string, first: Headers, second: Headers): readonly PartDifference[] {
  const claims = (headers: Headers) =>
    decodeToken(headers.find(([name]) => name.toLowerCase() === header)?.[1] ?? '')?.claims
  return differencesOf(membersOf(claims(first) ?? {}), membersOf(claims(second) ?? {}))
}

/** Each member that differs, by its JSON Pointer. Where one of the two is not JSON, or is too deep, the whole bodies. */
export function bodyDifferences(first: string | undefined, second: string | undefined): readonly PartDifference[] {
  if (first === second) return []
  const [one, other] = [membersIn(first), membersIn(second)]
  return one && other ? differencesOf(one, other) : [{ name: '', first, second }]
}

/** Each step that ended otherwise, or that only one of the two has. */
export function stepDifferences(
  first: ExchangeDetail['steps'],
  second: ExchangeDetail['steps'],
): readonly PartDifference[] {
  const outcomes = (steps: ExchangeDetail['steps']) =>
    new Map(steps.map(({ name, outcome, rules }) => [name, [outcome, ...rules].join(' ')]))
  return differencesOf(outcomes(first), outcomes(second))
}

function differencesOf(first: ReadonlyMap<string, string>, second: ReadonlyMap<string, string>): PartDifference[] {
  const names = [...new Set([...first.keys(), ...second.keys()])]
  return names
    .map((name) => ({ name, first: first.get(name), second: second.get(name) }))
    .filter((difference) => difference.first !== difference.second)
}

function valuesOf(headers: Headers): Map<string, string> {
  const values = new Map<string, string>()
  for (const [written, value] of headers) {
    const name = written.toLowerCase()
    const before = values.get(name)
    values.set(name, before === undefined ? value : `${before}, ${value}`)
  }
  return values
}

/** `undefined`: it is not JSON, or lies too deep to be walked. */
function membersIn(text: string | undefined): Map<string, string> | undefined {
  try {
    return membersOf(JSON.parse(text ?? ''))
  } catch {
    return undefined
  }
}

/** What may be nested: JFT takes 64. */
const DEEPEST = 100

/** Every simple value, empty list and empty object, by its JSON Pointer, in the order of the text. */
function membersOf(root: unknown): Map<string, string> {
  const members = new Map<string, string>()
  const open: (readonly [pointer: string, value: unknown, depth: number])[] = [['', root, 0]]
  for (let next = open.pop(); next; next = open.pop()) {
    const [pointer, value, depth] = next
    if (depth > DEEPEST) throw new RangeError(`More than ${DEEPEST} levels`)
    const parts = typeof value === 'object' && value !== null ? Object.entries(value) : []
    if (parts.length === 0) members.set(pointer, JSON.stringify(value))
    for (const [name, part] of parts.toReversed()) open.push([`${pointer}/${pointerToken(name)}`, part, depth + 1])
  }
  return members
}
