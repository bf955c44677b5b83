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
 * have at least `least` digits. One pass; digits are those of ASCII.
 */
export function eachCluster(text: string, least: number, see: (groups: readonly Span[]) => void): void {
  for (let at = 0; at < text.length; ) {
    if (!isDigit(text.charCodeAt(at))) {
      at += 1
      continue
    }
    const { groups, digits, end } = clusterAt(text, at)
    if (digits >= least) see(groups)
    at = end
  }
}

interface Cluster {
  readonly groups: readonly Span[]
  readonly digits: number
  readonly end: number
}

function clusterAt(text: string, from: number): Cluster {
  const groups: Span[] = []
  let digits = 0
  let end = from
  for (let at = from; at >= 0; at = nextGroup(text, end)) {
    end = at + 1
    while (isDigit(text.charCodeAt(end))) end += 1
    groups.push({ start: at, end })
    digits += end - at
  }
  return { groups, digits, end }
}

/** Where the next group begins; -1 where something else comes first. */
function nextGroup(text: string, from: number): number {
  for (let at = from; at - from <= APART; at += 1) {
    const code = text.charCodeAt(at)
    if (isDigit(code)) return at
    if (code === LESS) at = endOfMarkup(text, at)
    else if (SEPARATES[code] !== 1) return -1
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

/** What a look at a text tells: nowhere enough digits together; some; some that are only there once escapes are resolved. */
export type Look = 'none' | 'plain' | 'hidden'

/** Characters after an escape in which it may still be part of what separates digits, as that of a tag. */
const REACH = 64

/**
 * Whether a text may have as many digits together, and whether it has to be decoded for them: some are escapes, or stand behind
 * an escape that ends with a digit. It errs on the side of more. One pass, and the only one for most texts.
 */
export function lookFor(text: string, least: number): Look {
  let look: Look = 'none'
  let digits = 0
  let escaped = Number.NEGATIVE_INFINITY
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at)
    if (UNRELATED[code] === 1) {
      if (at - escaped > REACH) {
        digits = 0
        escaped = Number.NEGATIVE_INFINITY
      }
      at += 1
      continue
    }
    const end = endOfEscape(text, at, code)
    if (isDigit(code)) digits += 1
    else if (end > at) {
      escaped = at
      digits += isPlainControl(text, end) ? 0 : 1
    } else if (SEPARATES[code] !== 1 && at - escaped > REACH) {
      const tag = code === LESS ? endOfMarkup(text, at) : -1
      if (tag >= 0) at = tag
      else {
        digits = 0
        escaped = Number.NEGATIVE_INFINITY
      }
    }
    if (digits >= least) {
      if (escaped >= 0) return 'hidden'
      look = 'plain'
    }
    at = Math.max(end, at + 1)
  }
  return look
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

function endOfEntity(text: string, at: number): number {
  const end = text.indexOf(';', at)
  return end < 0 || end - at > 12 ? at : end + 1
}

/** An escape that ends here with a letter, such as that of a line break, is no digit. */
function isPlainControl(text: string, end: number): boolean {
  return text.charCodeAt(end - 2) === BACKSLASH && !isDigit(text.charCodeAt(end - 1))
}
