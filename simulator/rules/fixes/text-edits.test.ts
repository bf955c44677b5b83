import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { composed, tokensOf } from './fixes.fixture.ts'

/*
 * A file is fixed in its text: whatever is not part of an error keeps its characters. The texts here are drawn with all the
 * liberties that JSON leaves: line ends, indentation, escapes, spellings of numbers.
 */

const SPACE = fc.constantFrom('', ' ', '\n', '\r\n', '\t', '\n    ', ' \r\n\t ')

const CHARACTER = fc.oneof(
  fc.constantFrom(
    'a',
    'æ',
    'ø',
    'Å',
    '🫀',
    '\\u00f8',
    '\\u00F8',
    '\\/',
    '/',
    '\\"',
    '\\\\',
    '\\n',
    '\\t',
    '\u2028',
    '\\ud83e\\udec0',
    ',',
    ':',
    '{',
    ']',
    '\u00a0',
    '\u007f',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 2 }).map((text) => JSON.stringify(text).slice(1, -1)),
)
/** A JSON string with something in it, as somebody wrote it. */
const STRING = fc.array(CHARACTER, { minLength: 1, maxLength: 12 }).map((characters) => `"x${characters.join('')}"`)

const NUMBER = fc.oneof(
  fc.constantFrom(
    '36.60',
    '1234567890123456789.25',
    '-0',
    '-0.0',
    '1e2',
    '1E-3',
    '1.0e0',
    '0.10',
    '100.000',
    '79228162514264337593543950335',
  ),
  fc
    .tuple(fc.integer({ min: 0, max: 10 ** 9 }), fc.stringMatching(/^[0-9]{1,18}$/))
    .map(([whole, fraction]) => `${whole}.${fraction}`),
)

/** A member of an object: as it is sent, and its tokens once it is fixed; none: it goes. */
interface Piece {
  readonly sent: string
  readonly fixed: string | undefined
}

const same = (sent: string): Piece => ({ sent, fixed: sent })

const RIGHT = fc.oneof(
  fc.tuple(STRING, SPACE).map(([text, space]) => same(`"subject"${space}:${space}{${space}"display":${text}}`)),
  fc
    .tuple(NUMBER, SPACE)
    .map(([number, space]) =>
      same(`"extension":${space}[{"url":"urn:x",${space}"valueDecimal"${space}:${space}${number}}]`),
    ),
  fc
    .tuple(STRING, NUMBER)
    .map(([text, number]) => same(`"extension":[{"url":"urn:x","valueQuantity":{"unit":${text},"value":${number}}}]`)),
)

const WRONG = fc.oneof(
  fc.tuple(STRING, NUMBER, SPACE).map(([text, number, space]) => {
    const section = `{${space}"title":${text},"extension":[{"url":"urn:x","valueDecimal":${number}${space}}]}`
    return { sent: `"section":${space}${section}`, fixed: `"section":[${section}]` }
  }),
  SPACE.map((space): Piece => ({ sent: `"language"${space}:${space}""`, fixed: undefined })),
  fc.constantFrom<Piece>(
    { sent: '"identifier":{"value":""}', fixed: undefined },
    { sent: '"custodian": null', fixed: undefined },
    { sent: '"event":[ ]', fixed: undefined },
    { sent: '"confidentiality":" N"', fixed: '"confidentiality":"N"' },
  ),
  NUMBER.map((number) => ({
    sent: `"meta":{"extension":[{"url":"urn:x","valueDecimal":"${number}"}]}`,
    fixed: `"meta":{"extension":[{"url":"urn:x","valueDecimal":${number}}]}`,
  })),
  fc.tuple(NUMBER, STRING).map(([number, text]) => ({
    sent: `"encounter":[{"display":${text},"extension":[{"url":"urn:x","valueDecimal":${number}}]}]`,
    fixed: `"encounter":{"display":${text},"extension":[{"url":"urn:x","valueDecimal":${number}}]}`,
  })),
  STRING.map((text) => ({
    sent: `"relatesTo":[{"code":"appends","targetReference":{"dislpay":${text}}}]`,
    fixed: `"relatesTo":[{"code":"appends","targetReference":{"display":${text}}}]`,
  })),
)

const BASE = [
  '"resourceType":"Composition"',
  '"status":"final"',
  '"type":{"text":"x"}',
  '"date":"2026-05-26"',
  '"author":[{"display":"x"}]',
  '"title":"\\u00e6"',
].map(same)

const nameOf = ({ sent }: Piece): string => sent.slice(0, sent.indexOf('"', 1))

/** Members of a Composition, right and wrong, each name once, with white space around them. */
const TEXT = fc
  .tuple(
    fc.shuffledSubarray(BASE, { minLength: BASE.length }),
    fc.array(fc.oneof(RIGHT, WRONG), { maxLength: 6 }),
    fc.infiniteStream(SPACE),
  )
  .map(([base, more, spaces]) => {
    const pieces = [...new Map([...more, ...base].map((piece) => [nameOf(piece), piece])).values()]
    const next = () => spaces.next().value ?? ''
    const sent = `${next()}{${pieces.map((piece) => next() + piece.sent + next()).join(',')}}${next()}`
    const fixed = `{${pieces.flatMap((piece) => piece.fixed ?? []).join(',')}}`
    return { sent, fixed, wrong: pieces.filter((piece) => piece.fixed !== piece.sent) }
  })

describe('a fixed text', () => {
  test('has every token of the sent one as it was written, but for those of the errors', () => {
    fc.assert(
      fc.property(TEXT, ({ sent, fixed }) => {
        const { text, rest } = composed(sent)
        expect(composed(`\uFEFF${sent}`).text).toBe(`\uFEFF${text}`)
        expect(rest).toEqual([])
        expect(tokensOf(text)).toEqual(tokensOf(fixed))
      }),
      { numRuns: 400 },
    )
  })

  test('is the sent one, character by character, up to the error and after it', () => {
    fc.assert(
      fc.property(
        TEXT.filter(({ wrong }) => wrong.length === 1),
        ({ sent, wrong: [piece] }) => {
          const { text } = composed(sent)
          const start = sent.indexOf(piece?.sent ?? '')
          const before = sent.slice(0, Math.max(1, sent.slice(0, start).trimEnd().replace(/,$/, '').trimEnd().length))
          const after = sent.slice(start + (piece?.sent.length ?? 0)).replace(/^\s*,?\s*/, '')
          expect(text.startsWith(before)).toBe(true)
          expect(text.endsWith(after)).toBe(true)
        },
      ),
      { numRuns: 300 },
    )
  })

  test('is the sent one where nothing is wrong', () => {
    fc.assert(
      fc.property(
        TEXT.filter(({ wrong }) => wrong.length === 0),
        ({ sent }) => {
          expect(composed(sent)).toEqual({ text: sent, patch: null, fixed: 0, of: 0, rest: [], beyond: 0 })
        },
      ),
      { numRuns: 50 },
    )
  })
})
