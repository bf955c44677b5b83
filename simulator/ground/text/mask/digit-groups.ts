import type { Span } from './span.ts'

/** Characters that may stand between the groups of digits of one number, by their code. */
const SEPARATORS = new Set(
  '\t\n\v\f\r +-./_\u0085\u00a0\u00b7\u1680\u2010\u2011\u2012\u2013\u2014\u2015\u202f\u205f\u2028\u2029\u2212\u3000',
)
for (let code = 0x2000; code <= 0x200a; code += 1) SEPARATORS.add(String.fromCharCode(code))

const SEPARATES = new Uint8Array(0x10000)
for (const separator of SEPARATORS) SEPARATES[separator.charCodeAt(0)] = 1

/** Characters of markup that may stand between two groups, and how much may stand between them altogether. */
const MARKUP = 200
const APART = 1_000

const LESS = 0x3c
const BACKSLASH = 0x5c
const PERCENT = 0x25
const AMPERSAND = 0x26
const isDigit = (code: number) => code >= 0x30 && code <= 0x39

/**
 * Calls `see` with the groups of digits that stand together, with nothing but separators and markup between them, where these
 * have at least `least` digits; in a part of the text, if one is given. What stands in the markup itself, such as the value of
 * an attribute, has clusters of its own. Digits are those of ASCII; no character is looked at more than twice.
 */
export function eachCluster(
  text: string,
  least: number,
  see: (groups: readonly Span[]) => void,
  { start, end: stop }: Span = { start: 0, end: text.length },
): void {
  for (let at = start; at < stop; ) {
    if (!isDigit(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const { groups, digits, tags, end } = clusterAt(text, at)
    if (digits >= least) see(groups)
    for (const tag of tags) eachCluster(text, least, see, tag)
    at = end
  }
}

interface Cluster {
  readonly groups: readonly Span[]
  readonly digits: number
  /** The markup between the groups. */
  readonly tags: readonly Span[]
  readonly end: number
}

function clusterAt(text: string, from: number): Cluster {
  const groups: Span[] = []
  const tags: Span[] = []
  let digits = 0
  let end = from
  for (let at = from; at >= 0; at = nextGroup(text, end, tags)) {
    end = at + 1
    while (isDigit(text.charCodeAt(end))) end += 1
    groups.push({ start: at, end })
    digits += end - at
  }
  return { groups, digits, tags: tags.filter(({ start }) => start < end), end }
}

/** Where the next group begins; -1 where something else comes first. The markup on the way is added to `tags`. */
function nextGroup(text: string, from: number, tags: Span[]): number {
  for (let at = from; at - from <= APART; at += 1) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) return at
    if (code === LESS) {
      const start = at
      at = endOfMarkup(text, at)
      if (at >= 0) tags.push({ start, end: at })
    } else if (SEPARATES[code] !== 1) return -1
    if (at < 0) return -1
  }
  return -1
}

/** Where the `>` of the tag that begins here is; -1 where there is none. */
function endOfMarkup(text: string, from: number): number {
  for (let at = from + 1; at - from <= MARKUP; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x3e) return at
    if (code === LESS || Number.isNaN(code)) return -1
  }
  return -1
}

/** Characters that can be of no number, nor of what separates or escapes one: most of them, so that they are told by one look. */
const UNRELATED = new Uint8Array(0x660)
for (let code = 0; code < UNRELATED.length; code += 1) {
  const isRelated = isDigit(code) || SEPARATES[code] === 1
  UNRELATED[code] = isRelated || [LESS, BACKSLASH, PERCENT, AMPERSAND, 0xad].includes(code) ? 0 : 1
}

/** What a look at a text tells. */
export interface Look {
  /** The parts that may have enough digits together; none where `isHidden`. */
  readonly parts: readonly Span[]
  /** Whether some are only there once escapes are resolved, so that all of the text has to be looked at. */
  readonly isHidden: boolean
}

const HIDDEN: Look = { parts: [], isHidden: true }

/** Characters after an escape in which it may still be part of what separates digits, as that of a tag. */
const REACH = 64

/** Before every text, and its reach. */
const NEVER = -REACH - 1

/**
 * Where a text may have as many digits together, and whether it has to be decoded for them: some are escapes, or stand behind
 * an escape that ends with a digit. It errs on the side of more. One pass, and the only one for most texts.
 */
export function lookFor(text: string, least: number): Look {
  const parts: Span[] = []
  const notePart = (digits: number, start: number, end: number) => {
    if (digits >= least) parts.push({ start, end })
    return 0
  }
  let digits = 0
  let start = 0
  let escaped = NEVER
  let tagEnd = -1
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (UNRELATED[code] === 1) {
      if (at - escaped > REACH && at > tagEnd) {
        if (digits > 0) digits = notePart(digits, start, at)
        escaped = NEVER
        do at += 1
        while (at < text.length && UNRELATED[text.charCodeAt(at)] === 1)
      } else at += 1
      continue
    }
    const end = endOfEscape(text, at, code)
    if (isDigit(code)) {
      if (digits === 0) start = at
      digits += 1
    } else if (end > at) {
      escaped = at
      if (digits === 0) start = at
      digits += isPlainControl(text, end) ? 0 : Math.max(1, digitsIn(text, at, end))
    } else if (SEPARATES[code] !== 1 && at - escaped > REACH && at > tagEnd) {
      tagEnd = code === LESS ? endOfMarkup(text, at) : -1
      if (tagEnd < 0) {
        digits = notePart(digits, start, at)
        escaped = NEVER
      }
    }
    if (digits >= least && escaped >= 0) return HIDDEN
    at = Math.max(end, at + 1)
  }
  notePart(digits, start, text.length)
  return { parts, isHidden: false }
}

/** The offset after what may be an escape or a character that is not written with ASCII; the same where it is neither. */
function endOfEscape(text: string, at: number, code: number): number {
  if (code >= 0x660 || code === 0xad) return at + 1
  if (code === PERCENT) return at + 3
  if (code === AMPERSAND) return endOfEntity(text, at)
  if (code !== BACKSLASH) return at
  let end = at + 1
  while (text.charCodeAt(end) === BACKSLASH) end += 1
  return text.charCodeAt(end) === 0x75 ? end + 5 : end + 1
}

/** The longest reference of a character, such as `&#x0000002f;`. */
const REFERENCE = 12

function endOfEntity(text: string, at: number): number {
  if (!/[#a-z]/i.test(text.charAt(at + 1))) return at
  for (let end = at + 1; end - at <= REFERENCE; end += 1) if (text.charCodeAt(end) === 0x3b) return end + 1
  return at
}

/** An escape may be none, but a number behind a backslash. */
function digitsIn(text: string, from: number, to: number): number {
  let count = 0
  for (let at = from; at < to; at += 1) if (isDigit(text.charCodeAt(at))) count += 1
  return count
}

/** An escape that ends here with a letter, such as that of a line break, is no digit. */
function isPlainControl(text: string, end: number): boolean {
  return text.charCodeAt(end - 2) === BACKSLASH && !isDigit(text.charCodeAt(end - 1))
}
