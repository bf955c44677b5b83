import { array, jsonValue, member, object, print, slots, token, type Value } from './document.ts'
import type { Random } from './random.ts'

/** A change of a text, which need not be JSON afterwards. */
export type TextMutation = (text: string, random: Random) => string

/** Offsets between tokens, where white space and comments may stand. */
function gaps(text: string): number[] {
  const found = [0]
  let inString = false
  for (let at = 0; at < text.length; at++) {
    if (inString && text[at] === '\\') at++
    else if (text[at] === '"') inString = !inString
    if (!inString && '{}[],:"'.includes(text[at] ?? '')) found.push(at + 1)
  }
  return found
}

function atGap(text: string, random: Random, inserted: string): string {
  const at = random.of(gaps(text))
  return text.slice(0, at) + inserted + text.slice(at)
}

/** Puts another token in the place of one that `pick` takes. */
function replaceToken(text: string, random: Random, pattern: RegExp, next: (found: string) => string): string {
  const found = [...text.matchAll(pattern)]
  if (found.length === 0) return text
  const { 0: old, index } = random.of(found)
  return text.slice(0, index) + next(old) + text.slice(index + old.length)
}

const STRINGS = /"(?:[^"\\]|\\.)*"/g
const NUMBERS = /(?<=[:[,])-?\d[\d.eE+-]*(?=[,\]}])/g
const SPACES = [
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '  ',
  '\n\n',
  '\u00a0',
  '\ufeff',
  '\u2028',
  '\u000b',
  '\u0000',
  '\u0085',
  '',
]
const COMMENTS = ['/* x */', '// x\n', '/*', '//', '# x\n', '/**/', '//\r', '/* * / */']
const ODD_NUMBERS = [
  '010',
  '0x1F',
  '0X1f',
  '.5',
  '-.5',
  '5.',
  '+1',
  '--1',
  '1e',
  '1E+',
  '1e5',
  'NaN',
  'Infinity',
  '-Infinity',
  '1_0',
  '0008',
  '00',
  '-0',
  '1.',
  '1n',
  'undefined',
  'new Date(5)',
  '1e999',
  '-',
  '0b1',
  '0o7',
  '1,5',
  "'1'",
]
const ESCAPES = [
  '\\u00f8',
  '\\/',
  '\\b',
  '\\u0000',
  '\\ud800',
  '\\udc00',
  '\\ud83d\\ude00',
  '\\x41',
  "\\'",
  '\\u12',
  '\\U0041',
  '\\',
  '\\n',
  '\\u2028',
  '\\u00a0',
  '\\0',
  '\\\n',
  '\\u0022',
]
const ENDS = [
  '}',
  ']',
  ',',
  ' x',
  '{}',
  ' null',
  '\u0000',
  '\n',
  ' ',
  '//',
  '/* x */',
  '\u00a0',
  '"',
  ' 1',
  ';',
  '\ufeff',
]

/** The kinds of liberties with the text. */
export const TEXT: Readonly<Record<string, TextMutation>> = {
  space: (text, random) => atGap(text, random, random.of(SPACES)),
  comment: (text, random) => atGap(text, random, random.of(COMMENTS)),
  comma: (text, random) => atGap(text, random, random.of([',', ',,', ';', ':'])),
  'comma-removed': (text, random) => replaceToken(text, random, /[,:](?=["[{\d])/g, () => ''),
  bracket: (text, random) =>
    replaceToken(text, random, /[{}[\]]/g, () => random.of(['', '{', '}', '[', ']', '(', ')'])),
  'single-quotes': (text, random) => replaceToken(text, random, STRINGS, (found) => `'${found.slice(1, -1)}'`),
  'no-quotes': (text, random) => replaceToken(text, random, STRINGS, (found) => found.slice(1, -1)),
  escape: (text, random) =>
    replaceToken(text, random, STRINGS, (found) => {
      const at = random.between(1, found.length - 1)
      return found.slice(0, at) + random.of(ESCAPES) + found.slice(at)
    }),
  control: (text, random) =>
    replaceToken(
      text,
      random,
      STRINGS,
      (found) => `${found.slice(0, -1)}${random.of(['\n', '\t', '\r', '\u0000', '\u007f', '\u001f', '\u0085'])}"`,
    ),
  number: (text, random) =>
    replaceToken(text, random, random.once(3) ? STRINGS : NUMBERS, () => random.of(ODD_NUMBERS)),
  word: (text, random) =>
    replaceToken(text, random, /\b(?:true|false|null)\b|"(?:[^"\\]|\\.)*"(?=[,\]}])/g, () =>
      random.of(['True', 'TRUE', 'nul', 'nulll', 'truefalse', 'None', 'undefined', 'NULL', 'null']),
    ),
  truncated: (text, random) => text.slice(0, random.below(text.length)),
  'after-end': (text, random) => text + random.of(ENDS),
  'before-start': (text, random) =>
    random.of(['\ufeff', ' ', '\n', '\u0000', '//x\n', '[', '"', '\u00a0', 'x', ")]}',\n"]) + text,
  'deleted-character': (text, random) => {
    const at = random.below(text.length)
    return text.slice(0, at) + text.slice(at + 1)
  },
  'inserted-character': (text, random) => {
    const at = random.below(text.length + 1)
    return (
      text.slice(0, at) +
      random.of([
        '"',
        '\\',
        ',',
        ':',
        '{',
        '}',
        '[',
        ']',
        '0',
        '-',
        '.',
        'e',
        'x',
        ' ',
        '\n',
        '\u0000',
        'æ',
        '\u200b',
        "'",
        '/',
        '*',
      ]) +
      text.slice(at)
    )
  },
  'two-texts': (text) => text + text,
  indented: (text, random) => text.replace(/([{[,])(?=")/g, `$1${random.of(['\n  ', '\r\n\t', '\n', ' ', '\r'])}`),
}

/** A change of the bytes of a text. */
export type ByteMutation = (bytes: Buffer, random: Random) => Buffer

/** The kinds of bytes that are not UTF-8, or more than it. */
export const BYTES: Readonly<Record<string, ByteMutation>> = {
  'byte-order-mark': (bytes) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), bytes]),
  'not-utf-8': (bytes, random) => {
    const at = random.below(bytes.length)
    const wrong = Buffer.from(
      random.of([[0xff], [0xe6], [0xc3], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf5, 0x80, 0x80, 0x80], [0x80]]),
    )
    return Buffer.concat([bytes.subarray(0, at), wrong, bytes.subarray(at)])
  },
  'utf-16': (bytes) => Buffer.from(`\ufeff${bytes.toString()}`, 'utf16le'),
}

/** A change in depth or size: rarer, since such a text is long. */
export const SIZES: Readonly<Record<string, (root: Value, random: Random) => string>> = {
  depth: (root, random) => print(deepened(root, random.between(20, 34), random)),
  'array-depth': (root, random) => {
    const found = [...slots(root)]
    if (found.length > 0) {
      const slot = random.of(found)
      let value = slot.get()
      for (let depth = random.between(2, 70); depth > 0; depth--) value = array(value)
      slot.set(value)
    }
    return print(root)
  },
  'many-items': (root, random) => {
    const item = jsonValue(random.of([{ use: 'x' }, { family: '' }, null, 'x', { given: ['a'] }, {}]))
    if (root.kind === 'object')
      root.members.push(member('name', array(...Array.from({ length: random.between(50, 300) }, () => item))))
    return print(root)
  },
  'long-string': (root, random) => {
    const found = [...slots(root)].filter((slot) => slot.get().kind === 'token')
    const length = random.of([65_519, 65_520, 1_048_575, 1_048_576, 1_048_577, 300, 2000])
    if (found.length > 0)
      random.of(found).set(token(JSON.stringify(random.of(['x', 'http://x.no/', 'æ']).padEnd(length, 'x'))))
    return print(root)
  },
}

/** Extensions in extensions: each takes two levels, an array and an object. */
function deepened(root: Value, levels: number, random: Random): Value {
  if (root.kind !== 'object') return root
  const leaf = member('valueString', jsonValue(random.of(['x', ''])))
  let extension = object(member('url', jsonValue('http://example.no/e')), leaf)
  for (let level = 1; level < levels; level++) {
    extension = object(member('url', jsonValue('http://example.no/e')), member('extension', array(extension)))
  }
  root.members.push(member('extension', array(extension)))
  return root
}
