import { findType } from '../../simulator/rules/fhir/table.ts'
import { parse, print, slots, token, type Value } from '../generate/document.ts'
import type { Aspect, AspectDifference } from './aspects.ts'
import type { Said } from './said.ts'

/** A difference that is meant. */
export interface Deliberate {
  readonly aspects: readonly Aspect[]
  /** Of which version; both where it is absent. */
  readonly sdk?: 5 | 6
  /** Why the simulator differs. */
  readonly reason: string
  readonly applies: (difference: AspectDifference, library: Said, ours: Said, payload: Buffer) => boolean
}

/** What the old reader of version 5 says, and the remains of it in version 6 never do. */
const GONE_IN_6 =
  /^The input is not a valid Base-64|^While building a POCO: Element '.*' must not repeat|^Value cannot be null|is not a valid AllXsd value|^Cannot dynamically create an instance|^Unable to cast object of type/s

/** What only the remains of it say. */
const NEW_IN_6 =
  /^Type checking the data: (?:Encountered unknown element|Choice element)|^While building a POCO: Literal 'question'/

/** What System.Text.Json adds to the message of an exception. */
const ADDED =
  /^(?: The unsupported member type is located on type '[\w.+]+'\.)? Path: .*\| LineNumber: \d+ \| BytePositionInLine: \d+\.$/s

const NO_MAPPING = /^InvalidOperationException: Encountered property type \S+ for which no mapping was found/

const GENERIC_COLLECTION = /^ArgumentException: .* cannot be used in this generic collection/s

const isAccepted = ({ strict }: Said): boolean => strict.thrown === undefined && strict.issues.length === 0

/** The last resourceType of the root, without its quotes. */
function rootType(payload: Buffer): string {
  const root = parse(payload.toString())
  const named =
    root?.kind === 'object' ? root.members.findLast(({ name }) => name === 'resourceType')?.value : undefined
  return named?.kind === 'token' ? named.text.slice(1, -1) : ''
}

function isDatatype(name: string): boolean {
  const type = findType(name)
  return type !== undefined && type.kind !== 'resource' && type.name !== 'Resource' && type.name !== 'DomainResource'
}

/** Every difference that is meant, with its reason. What no entry covers fails the comparison. */
export const DELIBERATE: readonly Deliberate[] = [
  {
    aspects: ['verdict', 'codes'],
    reason: 'null makes no resource, and the library says nothing of it; nothing but an object can be stored',
    applies: (_difference, library, _ours, payload) => isAccepted(library) && payload.toString().trim() === 'null',
  },
  {
    aspects: ['lenient verdict', 'lenient message', 'forwarded text'],
    reason: 'UTF-16 with a byte order mark: a StreamReader would decode it, but JSON is sent in UTF-8 (RFC 8259, 8.1)',
    applies: (_difference, _library, _ours, payload) => payload[0] === 0xff && payload[1] === 0xfe,
  },
  {
    aspects: ['messages'],
    reason: 'what System.Text.Json adds to the message of an exception, its own place, is left out: an issue has one',
    applies: (_difference, library, ours) => {
      const [theirs, our] = [library.strict.exception, ours.strict.exception]
      return theirs !== undefined && our !== undefined && theirs.startsWith(our) && ADDED.test(theirs.slice(our.length))
    },
  },
  {
    aspects: ['messages'],
    sdk: 5,
    reason: 'the value of a code in its companion: both sides throw; where .NET has the enumeration is not imitated',
    applies: (_difference, library, ours) =>
      NO_MAPPING.test(library.strict.exception ?? '') && NO_MAPPING.test(ours.strict.exception ?? ''),
  },
  {
    aspects: ['codes', 'messages', 'lenient message'],
    reason:
      'a root whose resourceType is a datatype: both sides refuse it; which of its members is named first is not imitated',
    applies: (_difference, library, ours, payload) =>
      isDatatype(rootType(payload)) && !isAccepted(library) && !isAccepted(ours),
  },
  {
    aspects: ['messages'],
    sdk: 6,
    reason: 'contained as an object, twice: both sides throw; which exception comes first is not imitated',
    applies: (_difference, library, ours) =>
      GENERIC_COLLECTION.test(library.strict.exception ?? '') && ours.strict.exception !== undefined,
  },
  {
    aspects: ['lenient verdict'],
    sdk: 6,
    reason: 'VKP is modelled on the old reader of version 5, which checks more than what version 6 has left of it',
    applies: (_difference, library, ours) => library.lenient.accepted && GONE_IN_6.test(ours.lenient.message),
  },
  {
    aspects: ['lenient verdict'],
    sdk: 6,
    reason:
      'VKP is modelled on the old reader of version 5, which passes over names in a companion, and takes integer64, xhtml and the code question',
    applies: (_difference, library, ours) => ours.lenient.accepted && NEW_IN_6.test(library.lenient.message),
  },
  {
    aspects: ['lenient message'],
    sdk: 6,
    reason:
      'VKP is modelled on the old reader of version 5; where several things are wrong, that of version 6 meets another first',
    applies: ({ sort }) => {
      const [library, ours] = sort.split(' / ')
      return library !== ours
    },
  },
  {
    aspects: ['forwarded text'],
    sdk: 6,
    reason:
      'VKP is modelled on version 5, which writes instants again and fewer characters as escapes, and does not read the companions of ids and urls',
    applies: (_difference, library, ours) => essence(library.forwarded) === essence(ours.forwarded),
  },
]

const INSTANT = /^\d{4}(?:-\d\d(?:-\d\d(?:T.*)?)?)?$/s

/** The JSON with the escapes of values resolved, a sign for what looks like an instant, and without `_id` and `_url`. */
function essence(text: string | undefined): string {
  const root = text === undefined ? undefined : parse(text)
  if (root === undefined) return ''
  withoutCompanions(root)
  for (const { get, set } of slots(root)) {
    const value = get()
    withoutCompanions(value)
    if (value.kind !== 'token' || !value.text.startsWith('"')) continue
    const string: string = JSON.parse(value.text)
    set(token(INSTANT.test(string) ? '‹instant›' : JSON.stringify(string)))
  }
  return print(root)
}

function withoutCompanions(value: Value): void {
  if (value.kind === 'object') value.members = value.members.filter(({ name }) => name !== '_id' && name !== '_url')
}

/** The entry that covers a difference. */
export function deliberateFor(
  difference: AspectDifference,
  sides: { readonly library: Said; readonly ours: Said; readonly payload: Buffer },
  sdk: 5 | 6,
): Deliberate | undefined {
  const { library, ours, payload } = sides
  return DELIBERATE.filter(({ aspects }) => aspects.includes(difference.aspect))
    .filter((one) => (one.sdk ?? sdk) === sdk)
    .find((one) => one.applies(difference, library, ours, payload))
}
