import { isBlank, isOid, isUuid } from './literals.ts'

/*
 * What `new Uri(text, UriKind.RelativeOrAbsolute)` of .NET takes (System.Private.Uri: Uri.cs, DomainNameHelper.cs,
 * UncNameHelper.cs, IPv6AddressHelper.cs), as it runs on Linux. Linear in the length of the text.
 */

const MOST_OF_LABEL = 63

/** A web address with a plain host, which is what most texts are. */
const PLAIN_WEB = /^https?:\/\/(?:[A-Za-z0-9][A-Za-z0-9-]*\.)*[A-Za-z0-9][A-Za-z0-9-]*(?:\/[\x21-\x7e]*)?$/

function isPlainWeb(value: string): boolean {
  const end = value.indexOf('/', 8)
  return (end < 0 ? value.length : end) <= MOST_OF_LABEL && PLAIN_WEB.test(value)
}

/**
 * Whether `FhirUri.IsValidValue` takes a text: an urn:oid or urn:uuid must be a real one, all else only something that .NET
 * can make a Uri of. SDK 6 refuses blanks alone.
 */
export function isUri(value: string, sdk: 5 | 6): boolean {
  if (isPlainWeb(value) || isPlainUrn(value)) return true
  if (sdk === 6 && isBlank(value)) return false
  const kind = kindOfUri(value)
  if (kind !== 'absolute') return kind === 'relative'
  const printed = printedUrn(value)
  const begins = beginningOf(printed)
  if (begins.startsWith('urn:oid:')) return isOid(printed)
  return !begins.startsWith('urn:uuid:') || isUuid(printed)
}

const COLLATOR = new Intl.Collator('en')
const LONGEST_PREFIX = 'urn:uuid:'.length
const C1_CONTROL = /[\x80-\x9f]/

/** What a text begins with as `StartsWith` of .NET sees it: by a culture, which passes over marks that nobody sees. */
function beginningOf(text: string): string {
  if (/^[\x20-\x7e]{9}/.test(text)) return text.slice(0, LONGEST_PREFIX)
  let beginning = ''
  for (const character of text) {
    if (beginning.length >= LONGEST_PREFIX) break
    if (C1_CONTROL.test(character) || COLLATOR.compare(character, '') !== 0) beginning += character
  }
  return beginning
}

/** Whether .NET can make a Uri of a text. */
export function isUrl(value: string): boolean {
  return isPlainWeb(value) || kindOfUri(value) !== 'impossible'
}

/** An urn as they mostly are: of others than oid and uuid nothing is looked at. */
function isPlainUrn(value: string): boolean {
  if (!value.startsWith('urn:')) return false
  if (value.startsWith('oid:', 4)) return isOid(value)
  if (value.startsWith('uuid:', 4)) return isUuid(value)
  return /[a-np-tv-z]/.test(value.charAt(4))
}

/** The start of what `Uri.ToString` prints: without blanks around it, the scheme in small letters, escapes resolved. */
function printedUrn(value: string): string {
  const text = withoutBlanks(value)
  if (!/^urn:/i.test(text)) return ''
  const rest = text.slice(4).replace(/%[0-9A-Fa-f]{2}/g, (escaped) => {
    const character = String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    return /[\w.~-]/.test(character) ? character : escaped
  })
  return `urn:${rest}`
}

const isBlankAt = (text: string, at: number): boolean => ' \t\r\n'.includes(text.charAt(at)) && at < text.length

function withoutBlanks(text: string): string {
  let start = 0
  let end = text.length
  while (start < end && isBlankAt(text, start)) start++
  while (end > start && isBlankAt(text, end - 1)) end--
  return text.slice(start, end)
}

/** What of a URI's parts a scheme asks for or takes. */
interface Syntax {
  /** `//` and a host: must be there, may be there, or is not a part of it. */
  readonly authority: 'must' | 'may' | 'none'
  readonly user?: boolean
  readonly port?: boolean
  readonly emptyHost?: boolean
  /** The host is not a server's name that only Windows would take. */
  readonly noUnc?: boolean
  /** file and vsmacros. */
  readonly isFile?: boolean
  readonly dosPath?: boolean
  /** mailto has a host without `//`. */
  readonly isMail?: boolean
  /** A scheme that .NET does not know. */
  readonly isUnknown?: boolean
}

const INTERNET: Syntax = { authority: 'must', user: true, port: true }
const FILE: Syntax = { authority: 'must', emptyHost: true, isFile: true, dosPath: true }
const UNKNOWN: Syntax = {
  authority: 'may',
  user: true,
  port: true,
  emptyHost: true,
  dosPath: true,
  isUnknown: true,
}

const SYNTAXES: ReadonlyMap<string, Syntax> = new Map([
  ['http', INTERNET],
  ['https', INTERNET],
  ['ws', INTERNET],
  ['wss', INTERNET],
  ['ftp', INTERNET],
  ['gopher', INTERNET],
  ['nntp', INTERNET],
  ['telnet', INTERNET],
  ['ldap', { ...INTERNET, emptyHost: true }],
  ['net.tcp', { authority: 'must', port: true, noUnc: true }],
  ['net.pipe', { authority: 'must', noUnc: true }],
  ['file', FILE],
  ['vsmacros', FILE],
  ['news', { authority: 'none' }],
  ['uuid', { authority: 'none' }],
  ['mailto', { authority: 'none', user: true, port: true, emptyHost: true, isMail: true }],
])

type UriKind = 'absolute' | 'relative' | 'impossible'

const MOST_OF_SCHEME = 1024
const isSlash = (character: string): boolean => character === '/' || character === '\\'
const isLetter = (character: string): boolean => /^[A-Za-z]$/.test(character)

function kindOfUri(value: string): UriKind {
  let start = 0
  while (isBlankAt(value, start)) start++
  const first = value.charAt(start)
  const second = value.charAt(start + 1)
  const third = value.charAt(start + 2)
  if (/^https?:/i.test(value)) return kindAfterScheme(value, value.indexOf(':') + 1, INTERNET)
  if (first === '/' && !isSlash(second)) return 'relative'
  const colon = value.indexOf(':', start)
  if (third === '' || colon === start) return 'relative'
  if (second === ':' || second === '|') {
    if (!isLetter(first)) return 'relative'
    return isSlash(third) ? 'absolute' : 'impossible'
  }
  if (isSlash(first)) return isSlash(second) && value.startsWith('\\\\') ? uncKind(value) : 'relative'
  return colon < 0 ? 'relative' : kindOfScheme(value, start, colon)
}

function kindOfScheme(value: string, start: number, colon: number): UriKind {
  const scheme = value.slice(start, colon)
  if (!/^[A-Za-z][A-Za-z0-9+.-]*$/.test(scheme)) return 'relative'
  const syntax = scheme.length <= 8 ? SYNTAXES.get(scheme.toLowerCase()) : undefined
  if (scheme.length > MOST_OF_SCHEME) return 'impossible'
  return kindAfterScheme(value, colon + 1, syntax ?? UNKNOWN)
}

/** `\\server\share` names a file without a scheme. */
function uncKind(value: string): UriKind {
  let start = 2
  while (isSlash(value.charAt(start))) start++
  const text = trimEnd(value, start)
  return hostKind({ text, start, syntax: FILE, isImplicit: true })
}

function trimEnd(value: string, start: number): string {
  let end = value.length
  while (end > start && isBlankAt(value, end - 1)) end--
  return value.slice(0, end)
}

function kindAfterScheme(value: string, start: number, syntax: Syntax): UriKind {
  const text = trimEnd(value, start)
  let slashes = start
  while (slashes < text.length && isSlash(text.charAt(slashes))) slashes++
  const count = slashes - start
  if (syntax.emptyHost && syntax.dosPath && start + 1 < text.length && (syntax.isFile || count <= 3)) {
    const path = pathKind(text, slashes, count, syntax)
    if (path === 'host') return hostKind({ text, start: slashes, syntax, isImplicit: false })
    if (path !== undefined) return path
  }
  const isSlashed = isSlash(text.charAt(start)) && isSlash(text.charAt(start + 1))
  if (syntax.authority === 'must')
    return isSlashed ? hostKind({ text, start: start + 2, syntax, isImplicit: false }) : 'relative'
  if (
    syntax.authority === 'may' &&
    (text.startsWith('//', start) || (count >= 2 && count <= 3 && start + 1 < text.length))
  ) {
    return hostKind({ text, start: start + 2, syntax, isImplicit: false })
  }
  return syntax.isMail ? hostKind({ text, start, syntax, isImplicit: false }) : 'absolute'
}

/** What a path of a file means: one with a drive, one of a server (a host follows), one of Unix; undefined for none of these. */
function pathKind(text: string, slashes: number, count: number, { isFile }: Syntax): UriKind | 'host' | undefined {
  const drive = text.charAt(slashes + 1)
  if (isLetter(text.charAt(slashes)) && (drive === ':' || drive === '|')) {
    if (isSlash(text.charAt(slashes + 2))) return 'absolute'
    return isFile ? 'impossible' : undefined
  }
  if (!isFile || slashes >= text.length)
    return isFile && count === 3 && text.charAt(slashes - 1) === '/' ? 'absolute' : undefined
  const next = text.charAt(slashes)
  if (count >= 2 && count !== 3 && next !== '?' && next !== '#') return 'host'
  return count === 3 && text.charAt(slashes - 1) === '/' ? 'absolute' : undefined
}

interface HostSearch {
  /** Without blanks at the end. */
  readonly text: string
  readonly start: number
  readonly syntax: Syntax
  /** A file without a scheme. */
  readonly isImplicit: boolean
}

function hostKind(search: HostSearch): UriKind {
  return hasHost(search) ? 'absolute' : 'impossible'
}

/** Whether a host that .NET takes stands at a place: a name, an address, a server's name, or none where none need be. */
function hasHost(search: HostSearch): boolean {
  const { text, start, syntax, isImplicit } = search
  const first = text.charAt(start)
  if (start >= text.length || '/#?'.includes(first) || (first === '\\' && syntax.isFile)) {
    return syntax.emptyHost === true && !isImplicit
  }
  const host = syntax.user ? afterUser(text, start) : start
  const { end, isHost } = hostAt(text, host, search)
  const terminator = text.charAt(end)
  if (isHost && terminator === '\\' && !syntax.isFile) return !syntax.isUnknown && hasOtherHost(search, start)
  if (terminator === ':' && syntax.port) {
    const after = endOfPort(text, end + 1)
    return after !== undefined && (isHost || (syntax.isUnknown === true && after === text.length))
  }
  if (terminator === ':' || !isHost) return hasOtherHost(search, start)
  return terminator !== '\\' || isImplicit || syntax.dosPath === true
}

/** Behind `user@`, when that stands before any other part. */
function afterUser(text: string, start: number): number {
  for (let at = start; at < text.length - 1; at++) {
    const character = text.charAt(at)
    if (character === '@') return at + 1
    if ('?#\\/'.includes(character)) break
  }
  return start
}

/** Schemes that .NET does not know take one or two dots for a host; a scheme with neither host nor mail takes all. */
function hasOtherHost({ text, syntax }: HostSearch, start: number): boolean {
  if (!syntax.isUnknown) return syntax.authority !== 'must' && !syntax.isMail
  return /^\.{1,2}(?:[/?#]|$)/.test(text.slice(start, start + 3))
}

const MOST_PORT = 65_535

/** Where a port ends, which is where the authority does; none at all is one, too. Undefined where it is none. */
function endOfPort(text: string, start: number): number | undefined {
  let port = 0
  let at = start
  for (; at < text.length && !'/?#'.includes(text.charAt(at)); at++) {
    const digit = text.charCodeAt(at) - 0x30
    port = digit >= 0 && digit <= 9 ? port * 10 + digit : Number.POSITIVE_INFINITY
    if (port > MOST_PORT) return undefined
  }
  return at
}

interface Host {
  /** Where it ends, or the text where there is none. */
  readonly end: number
  readonly isHost: boolean
}

/** The host that begins at `start`: a name, an address, or the name of a server. */
function hostAt(text: string, start: number, { isImplicit, syntax }: HostSearch): Host {
  const address = text.charAt(start) === '[' ? endOfIpv6(text, start + 1) : undefined
  if (address !== undefined) return { end: address, isHost: true }
  const length = lengthOfDns(text.slice(start), isImplicit)
  if (length > 0) return { end: start + length, isHost: true }
  const server = syntax.noUnc ? undefined : endOfUnc(text, start, isImplicit)
  return { end: server ?? text.length, isHost: server !== undefined && server - start <= MOST_OF_UNC }
}

const NOT_IN_NAMES = /[\0- !-,/:-@[-^`{-\x9f]/
const DOTS = /[.\u3002\uff0e\uff61]/

/** How long the name is that a text begins with; 0 where it is none. */
function lengthOfDns(text: string, isImplicit: boolean): number {
  const end = text.search(NOT_IN_NAMES)
  const terminator = end < 0 ? '' : text.charAt(end)
  if (!isTerminator(terminator, isImplicit)) return 0
  const name = end < 0 ? text : text.slice(0, end)
  const labels = name.split(DOTS)
  if (labels.length > 1 && labels.at(-1) === '') labels.pop()
  return labels.every(isLabel) ? name.length : 0
}

const isTerminator = (character: string, isImplicit: boolean): boolean =>
  character === '' || isSlash(character) || (!isImplicit && '#:?'.includes(character))

/** A part of a name: what is outside of ASCII counts more, as it will be written in letters of ASCII. */
function isLabel(label: string): boolean {
  if (!/^[A-Za-z0-9\u00a0-\uffff]/.test(label)) return false
  let length = label.length
  if (/[^\0-\x7f]/.test(label)) {
    length += 4
    for (let at = 0; at < label.length; at++) if (label.charCodeAt(at) > 0xff) length++
  }
  return length <= MOST_OF_LABEL
}

const MOST_OF_UNC = 256

const FIRST_PART = /^\d*[\p{L}_-][\p{L}\d_-]*$/u
const SECOND_PART = /^[\p{L}\d_-]+$/u
const LATER_PART = /^[\p{L}\d][\p{L}\d_-]*$/u

/** Where the name of a server ends, as Windows takes it: letters, digits, - and _ in parts, of which the first has no digits alone. */
function endOfUnc(text: string, start: number, isImplicit: boolean): number | undefined {
  let end = start
  while (end < text.length && !isTerminator(text.charAt(end), isImplicit)) end++
  const parts = text.slice(start, end).split('.')
  if (parts.length > 1 && parts.at(-1) === '') parts.pop()
  const [first = '', ...others] = parts
  const isPart = (part: string, index: number): boolean => (index === 0 ? SECOND_PART : LATER_PART).test(part)
  const isName = FIRST_PART.test(first) && others.every(isPart)
  return isName ? end : undefined
}

/** Where an address of IPv6 ends with `]`; it may have a zone, a prefix, and an address of IPv4 in it. */
function endOfIpv6(text: string, start: number): number | undefined {
  const end = text.indexOf(']', start)
  if (end < 0) return undefined
  const [, address = '', prefix] = /^([0-9A-Fa-f:.]+)(\/\d{1,2})?(?:%[^/]*)?$/.exec(text.slice(start, end)) ?? []
  return isIpv6(address, prefix !== undefined) ? end + 1 : undefined
}

function isIpv6(address: string, hasPrefix: boolean): boolean {
  const halves = address.split('::')
  if (address === '' || halves.length > 2) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  const last = groups.at(-1) ?? ''
  const isMixed = last.includes('.')
  if (isMixed && !isIpv4(last)) return false
  const words = isMixed ? groups.slice(0, -1) : groups
  if (!words.every((word) => /^[0-9A-Fa-f]{1,4}$/.test(word))) return false
  const count = words.length + (isMixed ? 2 : 0)
  if (hasPrefix && count === 0) return false
  return halves.length === 2 ? count < 8 : count === 8
}

function isIpv4(address: string): boolean {
  const parts = address.split('.')
  return parts.length === 4 && parts.every((part) => /^(?:0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)
}
