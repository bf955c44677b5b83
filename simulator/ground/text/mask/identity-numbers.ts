import { decodings } from './decoded.ts'
import { eachCluster, lookFor } from './digit-groups.ts'
import { hasRealDate, looksReal } from './series.ts'
import type { Span } from './span.ts'

/** What an identity number is replaced by. */
export const MASK = '***********'

/*
 * How an identity number is recognised; the one rule for everything that is stored, logged, sent or shown.
 *
 * Eleven digits of the real series (`looksReal`), in a row or with blanks, dots, hyphens, slashes or markup between day, month,
 * year, individual number and control digits, also with the century; in the text as it is, or with its escapes resolved.
 * Beside a system of national identity numbers the control digits do not count: one that is misspelt is as good as told.
 *
 * No identity number: twelve or more digits in a row, a fraction, a dotted number such as an OID, a part of a time of day, of
 * a GUID, of a trace context or of a hash, an impossible date, a code that SNOMED CT can have beside its system.
 */

/** The digits of an identity number. */
const DIGITS = 11

const NONE: readonly Span[] = []

/** The parts of a text that look like an identity number, in their order. Takes time in step with the text. */
export function identityNumbersIn(text: string): readonly Span[] {
  const { parts, isHidden } = lookFor(text, DIGITS)
  if (!isHidden) return parts.length === 0 ? NONE : parts.flatMap((part) => spansIn(text, part))
  const plain = spansIn(text)
  const hidden = decodings(text).flatMap((view) =>
    spansIn(view.text).map(({ start, end }) => ({ start: view.startOf(start), end: view.endOf(end) })),
  )
  return hidden.length === 0 ? plain : united([...plain, ...hidden])
}

function spansIn(text: string, part?: Span): readonly Span[] {
  const spans: Span[] = []
  eachCluster(text, DIGITS, (groups) => collect(text, groups, spans), part)
  return spans.length < 2 ? spans : united(spans)
}

function united(spans: readonly Span[]): Span[] {
  const result: Span[] = []
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1)
    if (last && span.start < last.end) result[result.length - 1] = { ...last, end: Math.max(last.end, span.end) }
    else result.push(span)
  }
  return result
}

function collect(text: string, groups: readonly Span[], spans: Span[]): void {
  for (let first = 0; first < groups.length; first += 1) {
    const last = lastGroup(text, groups, first)
    if (last === undefined) continue
    spans.push({ start: groups[first]?.start ?? 0, end: groups[last]?.end ?? 0 })
    first = last
  }
}

/** The longest that counts: a day, a month and a year with its century, and five digits. */
const MOST = 13

/** The group with which an identity number ends that begins with the group `first`. */
function lastGroup(text: string, groups: readonly Span[], first: number): number | undefined {
  let digits = ''
  const cuts: number[] = []
  for (let last = first; last < groups.length && digits.length < MOST; last += 1) {
    const { start, end } = groups[last] ?? { start: 0, end: 0 }
    if (end - start > MOST) return undefined
    digits += text.slice(start, end)
    if (digits.length >= DIGITS && isIdentityNumber(text, { start: groups[first]?.start ?? 0, end }, digits, cuts))
      return last
    cuts.push(digits.length)
  }
  return undefined
}

/** Where digits may stand apart, by what is written: the plain number, and two forms with the century. */
const LAYOUTS = [
  { length: 11, cuts: [2, 4, 6, 8, 9], needed: [], year: undefined, plain: (digits: string) => digits },
  {
    length: 13,
    cuts: [2, 4, 8, 10, 11],
    needed: [8],
    year: 4,
    plain: (digits: string) => digits.slice(0, 4) + digits.slice(6),
  },
  {
    length: 13,
    cuts: [4, 6, 8, 10, 11],
    needed: [4, 6, 8],
    year: 0,
    plain: (digits: string) => digits.slice(6, 8) + digits.slice(4, 6) + digits.slice(2, 4) + digits.slice(8),
  },
] as const

function isIdentityNumber(text: string, span: Span, digits: string, cuts: readonly number[]): boolean {
  for (const { length, cuts: allowed, needed, year, plain } of LAYOUTS) {
    if (digits.length !== length) continue
    const apart = cuts.every((cut) => (allowed as readonly number[]).includes(cut)) || cuts.length === length - 1
    if (!apart || !needed.every((cut) => cuts.includes(cut))) continue
    if (year !== undefined && !/^(?:18|19|20)/.test(digits.slice(year))) continue
    const number = plain(digits)
    if (!hasRealDate(number)) continue
    if (!looksReal(number) && !besideIdentitySystem(text, span)) continue
    if (!isPartOfOther(text, span) && !isConcept(text, span, number)) return true
  }
  return false
}

/** The OIDs of fødselsnummer, D-nummer and felles hjelpenummer. */
const SYSTEM_BEFORE = /2\.16\.578\.1\.12\.4\.1\.4\.[123](?![0-9.])[^0-9{}]{0,60}$/
const SYSTEM_AFTER = /^[^0-9{}]{0,60}2\.16\.578\.1\.12\.4\.1\.4\.[123](?![0-9.])/

function besideIdentitySystem(text: string, { start, end }: Span): boolean {
  return (
    SYSTEM_BEFORE.test(text.slice(Math.max(0, start - 100), start)) || SYSTEM_AFTER.test(text.slice(end, end + 100))
  )
}

/** A fraction, a dotted number, or a piece of a time, a GUID, a trace context or a hash. */
function isPartOfOther(text: string, { start, end }: Span): boolean {
  const written = text.slice(start, end)
  const dotted = /^[0-9.]*$/.test(written)
  if (
    dotted &&
    (/[0-9]\.$/.test(text.slice(Math.max(0, start - 2), start)) || /^\.[0-9]/.test(text.slice(end, end + 2)))
  )
    return true
  return partOfForm(text, start, end)
}

/** As long as the longest hash. */
const ROOM = 128
/** Seconds with a fraction, behind hours and minutes: .NET writes seven digits of it before an offset, Java and Go nine. */
const TIME =
  /(?<![0-9])(?:[01][0-9]|2[0-3])(?::|%3a)[0-5][0-9](?::|%3a)[0-6][0-9][.,][0-9]{1,9}(?:(?:[+\-\u2212]|%2b)[0-9]{2})?(?![0-9])/gi
/** The header traceparent (W3C Trace Context, section 3.2.2). */
const TRACE_CONTEXT = /(?<![0-9a-f])[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}(?![0-9a-f])/gi
const GUID = /(?<![0-9a-f])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-f])/gi
const HASH = /(?<![0-9a-z])(?=[0-9]*[a-f])(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{128})(?![0-9a-z])/gi

const FORMS = [TIME, GUID, TRACE_CONTEXT, HASH]

function partOfForm(text: string, start: number, end: number): boolean {
  const from = Math.max(0, start - ROOM)
  const around = text.slice(from, end + ROOM)
  return FORMS.some((form) =>
    Array.from(around.matchAll(form)).some(
      ({ index, 0: found }) => from + index <= start && from + index + found.length >= end,
    ),
  )
}

const SNOMED = /snomed\.info\/sct/

/** An SCTID has a check digit of its own, and says what it is (SNOMED CT, SCTID representation). */
function isConcept(text: string, { start, end }: Span, number: string): boolean {
  const around = text.slice(Math.max(0, start - 60), end + 60)
  return SNOMED.test(around) && /^[01][012]$/.test(number.slice(-3, -1)) && verhoeff(number)
}

const DIHEDRAL = ['0123456789', '1234067895', '2340178956', '3401289567', '4012395678'].concat([
  '5987604321',
  '6598710432',
  '7659821043',
  '8765932104',
  '9876543210',
])
const PERMUTED = [
  '0123456789',
  '1576283094',
  '5803796142',
  '8916043527',
  '9453126870',
  '4286573901',
  '2793806415',
  '7046913258',
]

function verhoeff(number: string): boolean {
  return (
    [...number].reverse().reduce((sum, digit, index) => {
      const permuted = PERMUTED[index % 8]?.[Number(digit)] ?? '0'
      return Number(DIHEDRAL[sum]?.[Number(permuted)])
    }, 0) === 0
  )
}
