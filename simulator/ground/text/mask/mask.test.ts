import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { identityNumbersIn } from './identity-numbers.ts'
import { IN_JSON, IN_URLS, NO_NUMBERS, NUMBER, SPELLINGS, shows } from './mask.fixture.ts'
import { isMasked, maskIdentityNumbers, maskInPlace, maskJson, maskText } from './mask.ts'
import { identitySeries, looksReal } from './series.ts'

const withNames = (spellings: Readonly<Record<string, string>>) => Object.entries(spellings)

describe('an identity number of the real series is masked', () => {
  test.each(withNames(SPELLINGS))('%s', (_, text) => {
    expect(shows(text)).toBe(true)
    expect(shows(maskIdentityNumbers(text))).toBe(false)
    const { text: masked, pointers } = maskJson(JSON.stringify({ a: [text] }))
    expect(shows(masked)).toBe(false)
    expect(JSON.parse(masked)).toHaveProperty('a')
    expect(pointers).toEqual(['/a/0'])
    expect(shows(maskText(`a=${encodeURIComponent(text)}&b=1`))).toBe(false)
  })

  test.each(withNames(IN_JSON))('inside of a string of JSON: %s', (_, raw) => {
    const { text, pointers } = maskJson(`{"a":{"b":"${raw}","c":"x"}}`)
    expect(shows(text)).toBe(false)
    expect(JSON.parse(text)).toMatchObject({ a: { c: 'x' } })
    expect(pointers).toEqual(['/a/b'])
  })

  test.each(withNames(IN_URLS))('in a form: %s', (_, value) => {
    const text = `before=1&value=${value}&after=2`
    expect(shows(maskText(text))).toBe(false)
    expect([...new URLSearchParams(maskText(text)).keys()]).toEqual(['before', 'value', 'after'])
  })

  test('with any text around it, in any nesting of encodings', () => {
    const encodings = [
      (text: string) => JSON.stringify({ a: text }),
      (text: string) => `a=${encodeURIComponent(text)}`,
      (text: string) => `<p>${text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</p>`,
    ]
    const around = fc
      .string({ unit: 'grapheme', maxLength: 20 })
      .filter((text) => !/\p{N}|[.\-+/_\\%&<>\s]$|^[.]/u.test(text))
    const spelling = fc.constantFrom(...Object.values(SPELLINGS))
    const nesting = fc.array(fc.constantFrom(...encodings), { maxLength: 2 })
    fc.assert(
      fc.property(around, spelling, around, nesting, (before, text, after, encode) => {
        const whole = encode.reduce((inner, one) => one(inner), before + text + after)
        expect(shows(maskText(whole))).toBe(false)
      }),
      { numRuns: 400 },
    )
  })
})

describe('what is no identity number stays byte for byte', () => {
  test.each(withNames(NO_NUMBERS))('%s', (_, text) => {
    const json = JSON.stringify({ a: text, [text]: [text] })
    expect(maskIdentityNumbers(text)).toBe(text)
    expect(maskJson(json)).toEqual({ text: json, pointers: [] })
  })

  test('numbers of JSON with a fraction or an exponent', () => {
    const json = `{"a":${NUMBER}.5,"b":${NUMBER}e3,"c":0.${NUMBER},"d":${NUMBER}0}`
    expect(maskJson(json).text).toBe(json)
  })

  test('times of day, as programs write them: those that look like a number are looked for, and there are such', () => {
    let alike = 0
    for (let second = 0; second < 60; second += 1) {
      for (let part = 0; part < 1_000; part += 1) {
        const fraction = String(10_000_000 + ((part * 10_007 + second * 271) % 2_000_000)).slice(1)
        for (const time of TIMES(String(second).padStart(2, '0'), fraction)) {
          const digits = time.slice(6).replace(/[^0-9]/g, '')
          if (!looksReal(digits.slice(0, 11))) continue
          alike += 1
          for (const text of [`2026-11-30T${time}`, encodeURIComponent(`ge2026-11-30T${time}`), `12 ${time} 3`]) {
            expect(maskText(text)).toBe(text)
          }
        }
      }
    }
    expect(alike).toBeGreaterThan(100)
  })

  test('a number beside a time', () => {
    for (const text of [`03:30:52.0209282+02:00 ${NUMBER}`, `${NUMBER} 03:30:52.020928212Z`, `12:30 ${NUMBER}`]) {
      expect(maskText(text)).toBe(text.replace(NUMBER, '***********'))
    }
  })

  test('a trace context', () => {
    const parent = `00-0af7651916cd43dd8448eb211c80319c-a${NUMBER}bcde-01`
    expect(maskText(parent)).toBe(parent)
  })

  test('a concept of SNOMED CT beside its system', () => {
    const concept = conceptThatLooksReal()
    const coding = JSON.stringify({ system: 'http://snomed.info/sct', code: concept })
    expect(maskJson(coding).text).toBe(coding)
    expect(maskJson(JSON.stringify({ code: concept })).text).not.toContain(concept)
  })

  test('0.24 % of all numbers of eleven digits look real', () => {
    const step = 99_991
    let count = 0
    let all = 0
    for (let number = 0; number < 1e11; number += step * 10 + (number % 7)) {
      all += 1
      if (looksReal(String(number).padStart(11, '0'))) count += 1
    }
    expect(count / all).toBeGreaterThan(0.0021)
    expect(count / all).toBeLessThan(0.0027)
  })
})

/** A time of day as .NET, Java and Go write it. */
const TIMES = (second: string, fraction: string) =>
  ['Z', '+00:00', '+01:00', '-02:00', '+0100'].flatMap((offset) => [
    `03:34:${second}.${fraction}${offset}`,
    `03:34:${second}.${fraction}12${offset}`,
    `23:59:${second},${fraction}${offset}`,
  ])

/** A number that SNOMED CT can have and that looks like a real identity number. */
function conceptThatLooksReal(): string {
  for (let number = 31_123_900_000; ; number += 1) {
    const text = String(number)
    if (!looksReal(text)) continue
    const coding = JSON.stringify({ system: 'http://snomed.info/sct', code: text })
    if (identityNumbersIn(coding).length === 0) return text
  }
}

describe('a number beside a system of identity numbers', () => {
  const misspelt = NO_NUMBERS['wrong control digits'] ?? ''

  test.each([
    ['before it', { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: misspelt }],
    ['behind it', { value: misspelt, system: 'urn:oid:2.16.578.1.12.4.1.4.2' }],
    ['in one value', `URN:OID:2.16.578.1.12.4.1.4.1|${misspelt}`],
  ])('%s is masked though its control digits are wrong', (_, value) => {
    expect(maskJson(JSON.stringify([value])).text).not.toContain(misspelt)
  })

  test('of another system is not', () => {
    const text = JSON.stringify({ system: 'urn:oid:2.16.578.1.12.4.1.4.101', value: misspelt })
    expect(maskJson(text).text).toBe(text)
  })
})

describe('JSON after masking', () => {
  test('is the JSON of before: numbers stay numbers, and names and places stay', () => {
    const { text, pointers } = maskJson(
      `{ "a" : ${NUMBER}, "b":-${NUMBER} ,"c":["x ${NUMBER}",{"æ/ø":"${NUMBER}"}],"d":1.50 }`,
    )
    expect(text).toBe('{ "a" : 0, "b":0 ,"c":["x ***********",{"æ/ø":"***********"}],"d":1.50 }')
    expect(pointers).toEqual(['/a', '/b', '/c/0', '/c/1/æ~1ø'])
  })

  test('names a place without the number that is its name', () => {
    expect(maskJson(`{"${NUMBER}":{"a":"${NUMBER}"}}`).pointers).toEqual(['/***********', '/***********/a'])
  })

  test('has the same length when it is masked in place', () => {
    const text = `a ${SPELLINGS['with two blanks']} ${SPELLINGS['in full-width digits']} b`
    expect(maskInPlace(text)).toHaveLength(text.length)
    expect(shows(maskInPlace(text))).toBe(false)
  })
})

describe('the date', () => {
  test.each(['310600', '300200', '290201', '000100', '320100', '011300', '710600'])('%s is none', (date) => {
    for (let rest = 0; rest < 100_000; rest += 7) {
      if (looksReal(date + String(rest).padStart(5, '0'))) throw new Error(`${date} was taken for one`)
    }
    expect(identitySeries(`${date}00000`)).toBe('invalid')
  })

  test('29 February is one in leap years, whatever the century', () => {
    const found = ['290200', '290204', '690296'].map((date) =>
      Array.from({ length: 10_000 }, (_, rest) => date + String(rest * 7).padStart(5, '0')).some(looksReal),
    )
    expect(found).toEqual([true, true, true])
  })
})

/** 400 kB each: a time that grows with the square of the text would be minutes. */
const SIZE = 400_000
const WORST = {
  'unterminated quotes': '"',
  'escaped quotes': '\\"',
  'starts of tokens': 'eyJ-',
  blanks: ' ',
  'a digit and blanks': `1${' '.repeat(999)}`,
  digits: '1',
  'digits apart': '1 ',
  'dates apart': '31 12 39 ',
  'numbers of the real series': `${NUMBER} `,
  backslashes: '\\',
  'escaped escapes': '%25',
  ampersands: '&amp;',
  'starts of tags': '1<',
  tags: '1<a>',
  'full-width digits': '３',
  'dotted numbers': '1.',
  'escaped digits': '\\u0031',
  systems: '2.16.578.1.12.4.1.4.1|',
  brackets: '[',
}

test.each(Object.entries(WORST))('takes time in step with the text: %s', (_, part) => {
  const once = part.repeat(Math.ceil(SIZE / part.length))
  expect(work(once)).toBeLessThan(20_000)
})

/** Milliseconds of this process, whoever else has the machine. */
function work(text: string): number {
  const before = process.cpuUsage()
  maskText(`{"a":"${text}`)
  maskText(text)
  return process.cpuUsage(before).user / 1000
}

describe('what is known to be masked', () => {
  test('is so by the same rule, also when it is asked again', () => {
    const long = 'x'.repeat(100)
    for (const text of [...Object.values(SPELLINGS), ...Object.values(NO_NUMBERS)].flatMap((one) => [
      one,
      long + one,
    ])) {
      const expected = maskText(text) === text
      for (const _ of [1, 2, 3]) expect(isMasked(text), text).toBe(expected)
    }
  })

  test('stays so side by side with others, where they meet at quotes or braces', () => {
    const piece = fc.string({
      unit: fc.constantFrom(...'0123456789 .-+/<>%&;"{}:xu\\', NUMBER, '2.16.578.1.12.4.1.4.1'),
    })
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, piece), { maxLength: 6 }), (texts) => {
        const events = texts.map(([a, b]) => {
          const { text } = maskJson(JSON.stringify({ a, b, end: 1 }))
          const cut = text.indexOf('"end"')
          return {
            pieces: [`${text.slice(0, cut)}"time":"`, '2026-11-29T20:12:11.123456+00:00', `",${text.slice(cut)}`],
          }
        })
        fc.pre(events.every(({ pieces }) => pieces.every(isMasked)))
        const page = `{"entry":[${events.map(({ pieces }) => `{"resource":${pieces.join('')}}`).join(',')}]}`
        expect(maskText(page)).toBe(page)
      }),
      { numRuns: 2_000 },
    )
  })
})
