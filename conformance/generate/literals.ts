import type { Random } from './random.ts'

/*
 * Literals of every primitive type of R4: good ones, those at the edges of what R4 or .NET takes, and edits of both.
 */

const DATES = ['2026', '2026-05', '2026-05-26', '0001-01-01', '9999-12-31', '2024-02-29', '2023-02-29', '2026-13-01']
const TIMES = ['10:06:17', '00:00:00', '23:59:59', '23:59:60', '24:00:00', '10:06', '10', '10:06:17.014', '10:06:17,5']
const FRACTIONS = ['', '', '.0', '.014', '.0140000', '.9999999', '.99999999', '.1234567890', ',5', '.']
const OFFSETS = ['Z', 'z', '+02:00', '-00:00', '+14:00', '+14:01', '-14:00', '+0100', '+01', '', ' Z', '+1:00']
const HOSTS = [
  'example.no',
  '\u0024{host}',
  '<host>',
  'a b',
  '',
  '.',
  'x:80',
  'x:99999',
  'x:abc',
  'user@',
  'æøå.no',
  '[::1]',
]
const PATHS = ['', '/', '/x', '/a b', '/%zz', '/æ', '?q=1', '#f', '/x|2', '/..']
const UUID = 'c757873d-ec9a-4326-a141-556f43239520'
const URIS = [
  'urn:oid:2.16.578.1.12.4.1.4.1',
  'urn:oid:2.16.578.1.12.4.1.',
  'urn:oid:3.1',
  'urn:oid:1.02',
  'URN:OID:x',
  `urn:uuid:${UUID}`,
  `urn:uuid:${UUID.toUpperCase()}`,
  ` urn:uuid:${UUID}`,
  'urn:uuid:1',
  'urn:x',
  'Patient/1',
  '#p',
  'http:',
  'https:',
  'mailto:a@b.no',
  'c:x',
  'c:/x',
  'file:///x',
  '//x',
  '\\\\x\\y',
  'http:x',
  'http:\\\\x',
  'x y',
  '%',
]
const NUMBERS = [
  '0',
  '-0',
  '1',
  '-1',
  '2147483647',
  '2147483648',
  '-2147483648',
  '-2147483649',
  '1.0',
  '36.60',
  '1e2',
  '1E-3',
  '1e+2',
  '1e400',
  '1e-400',
  '0.0',
  '-0.00',
  '79228162514264337593543950335',
  '79228162514264337593543950336',
  '50.0000000000000000000000000001',
  '0.1234567890123456789012345678901234567890',
  '1234567890123456789.25',
  '9223372036854775808',
  '1e28',
  '1e29',
]
const BASE64 = [
  'QUJD',
  'AA==',
  'AB==',
  'AAA=',
  'QUJDREVG',
  'QU JD',
  'QUJD\r\nREVG',
  ' QUJD',
  'QUJ',
  '=',
  'QU=D',
  'Q-_D',
  'a',
]
const CODES = ['final', 'a b', ' a', 'a ', 'a  b', '\t', 'æ', 'final\n', 'FINAL', 'x', 'nb']
const IDS = ['a', 'A-1.b', 'a_b', 'x'.repeat(64), 'x'.repeat(65), 'æ', 'a\n', ' a']
const TEXTS = [
  'x',
  'æøå',
  '😀',
  ' x ',
  ' ',
  '\u00a0',
  '\u2028',
  '\t',
  '\n',
  'a"b\\',
  '<b>',
  '\u0085',
  '\u200b',
  'é\u0301',
]
const UUIDS = [`urn:uuid:${UUID}`, UUID, `urn:uuid:${UUID.toUpperCase()}`, `urn:uuid:${UUID}\n`, 'urn:uuid:']
const OIDS = ['urn:oid:1.2.3', 'urn:oid:0.1', 'urn:oid:1', 'urn:oid:1.2.', '1.2.3', 'urn:oid:1.2.3\n', 'urn:oid:1.01']

type Make = (random: Random) => string

const dateTime: Make = (random) => {
  const date = random.of(DATES)
  if (random.once(3)) return date
  return `${date}T${random.of(TIMES)}${random.of(FRACTIONS)}${random.of(OFFSETS)}`
}
const uri: Make = (random) => {
  if (random.once(2)) return random.of(URIS)
  return `${random.of(['http', 'https', 'ftp', 'HTTP', 'x-a'])}://${random.of(HOSTS)}${random.of(PATHS)}`
}
const number: Make = (random) => random.of(NUMBERS)
const oneOf =
  (literals: readonly string[]): Make =>
  (random) =>
    random.of(literals)

const MAKERS: Readonly<Record<string, Make>> = {
  base64Binary: oneOf(BASE64),
  boolean: oneOf(['true', 'false', 'True', 'TRUE', '1', '0', ' true ']),
  canonical: uri,
  code: oneOf(CODES),
  date: (random) => (random.once(8) ? dateTime(random) : random.of(DATES)),
  dateTime,
  decimal: number,
  id: oneOf(IDS),
  instant: dateTime,
  integer: number,
  markdown: oneOf(TEXTS),
  oid: oneOf(OIDS),
  positiveInt: number,
  string: oneOf(TEXTS),
  time: (random) => `${random.of(TIMES)}${random.of(FRACTIONS)}${random.once(8) ? random.of(OFFSETS) : ''}`,
  unsignedInt: number,
  uri,
  url: uri,
  uuid: oneOf(UUIDS),
  xhtml: oneOf(['<div xmlns="http://www.w3.org/1999/xhtml">x</div>', 'x', '<div>&nbsp;</div>', '<script/>', ' ']),
}

const NUMERIC = new Set(['decimal', 'integer', 'positiveInt', 'unsignedInt'])

/** One good literal of each type, as a JSON token. */
const GOOD: Readonly<Record<string, readonly string[]>> = {
  base64Binary: ['QUJD'],
  boolean: ['true', 'false'],
  canonical: ['http://example.no/x|1'],
  code: ['nb', 'x'],
  date: ['2026', '2026-05', '2026-05-26'],
  dateTime: ['2026', '2026-05-26', '2026-05-26T10:06:17+02:00', '2026-05-26T10:06:17.014Z'],
  decimal: ['1', '36.60', '-0.5'],
  id: ['a-1'],
  instant: ['2026-05-26T10:06:17.014+02:00'],
  integer: ['0', '-3', '12'],
  markdown: ['x', 'æ *x*'],
  oid: ['urn:oid:1.2.3'],
  positiveInt: ['1', '12'],
  string: ['x', 'æøå', 'to ord'],
  time: ['10:06:17'],
  unsignedInt: ['0', '12'],
  uri: ['http://example.no/x', 'urn:oid:1.2.3'],
  url: ['http://example.no/x'],
  uuid: [`urn:uuid:${UUID}`],
  xhtml: ['<div xmlns="http://www.w3.org/1999/xhtml">x</div>'],
}

/** A literal that R4 allows for the type, as a JSON token. */
export function goodLiteral(type: string, random: Random): string {
  const literal = random.of(GOOD[type] ?? ['x'])
  return type === 'boolean' || NUMERIC.has(type) ? literal : JSON.stringify(literal)
}

/** A literal that may or may not be one of the type, as a JSON token: a number or word bare or in quotes. */
export function anyLiteral(type: string, random: Random): string {
  const of = random.once(8) ? random.of(Object.keys(MAKERS)) : type
  const made = (MAKERS[of] ?? oneOf(TEXTS))(random)
  const literal = random.once(3) ? edited(made, random) : made
  const isBare = (of === 'boolean' || NUMERIC.has(of)) && !random.once(5)
  return isBare ? literal.trim() || '0' : JSON.stringify(literal)
}

const CHARACTERS = [...'0123456789abzAZ-+:.,TZ/ _#%|\n\t"\\', '\u00a0', 'æ', '😀', '\u0000', '٣']

/** The text with one character taken out, put in, or changed for another. */
export function edited(text: string, random: Random): string {
  const characters = [...text]
  const at = random.below(characters.length + 1)
  characters.splice(at, random.below(2), ...(random.once(3) ? [] : [random.of(CHARACTERS)]))
  return characters.join('')
}
