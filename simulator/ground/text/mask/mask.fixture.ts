import { realIdentityNumber } from '../../../rules/identifiers.fixture.ts'

/** A number of the real series, made here; it belongs to nobody. */
export const NUMBER = realIdentityNumber()

const [DATE, REST] = [NUMBER.slice(0, 6), NUMBER.slice(6)]
const [DAY, MONTH, YEAR] = NUMBER.match(/../g) ?? []
const inScript = (zero: number) => [...NUMBER].map((digit) => String.fromCodePoint(zero + Number(digit))).join('')
const each = (write: (digit: string) => string) => [...NUMBER].map(write).join('')

/** The number as people and programs write it, in values that are not encoded. */
export const SPELLINGS: Readonly<Record<string, string>> = {
  plain: NUMBER,
  'after a line break': `Pasient:\n${NUMBER}`,
  'after a carriage return and a line break': `Pasient:\r\n${NUMBER}`,
  'after a tab': `Fnr:\t${NUMBER}`,
  'after a backspace': `Fnr:\b${NUMBER}`,
  'behind letters': `fnr${NUMBER}`,
  'before letters': `${NUMBER}x`,
  'behind an underscore': `fnr_${NUMBER}_1`,
  'behind another number': `111111 ${NUMBER}`,
  'behind a per cent sign': `100%${NUMBER}`,
  'in a list': `${NUMBER},${NUMBER};${NUMBER}`,
  'with a system': `urn:oid:2.16.578.1.12.4.1.4.1|${NUMBER}`,
  'with a blank': `${DATE} ${REST}`,
  'with two blanks': `${DATE}  ${REST}`,
  'with many blanks': `${DATE}${' '.repeat(300)}${REST}`,
  'with a tab': `${DATE}\t${REST}`,
  'with a line break': `${DATE}\n${REST}`,
  'with a hyphen': `${DATE}-${REST}`,
  'with a hyphen and blanks': `${DATE} - ${REST}`,
  'with a dash': `${DATE}–${REST}`,
  'with a plus': `${DATE}+${REST}`,
  'with a dot': `${DATE}.${REST}`,
  'with a no-break blank': `${DATE}\u00a0${REST}`,
  'with a narrow no-break blank': `${DATE}\u202f${REST}`,
  'with a blank without width': `${DATE}\u200b${REST}`,
  'with a soft hyphen': `${DATE}\u00ad${REST}`,
  'with dots in the date': `${DAY}.${MONTH}.${YEAR} ${REST}`,
  'with blanks in the date': `${DAY} ${MONTH} ${YEAR} ${REST}`,
  'with slashes in the date': `${DAY}/${MONTH}/${YEAR} ${REST}`,
  'in pairs': `${DATE} ${REST.slice(0, 3)} ${REST.slice(3)}`,
  'digit by digit': [...NUMBER].join(' '),
  'with the century': `${DAY}.${MONTH}.20${YEAR} ${REST}`,
  'in full-width digits': inScript(0xff10),
  'in Arabic digits': inScript(0x660),
  'in mathematical digits': inScript(0x1d7d8),
  'in markup': `<p>${NUMBER}</p>`,
  'in a table': `<td>${DATE}</td>\n  <td class="n">${REST}</td>`,
  'between angle brackets': `Kari Testesen <${NUMBER}>`,
  'between less and greater': `2 < 3, ${NUMBER} > 4`,
  'in an attribute': `<a href="?fnr=${NUMBER}" title="x">her</a>`,
  'in an attribute between digits': `12<b title="fnr ${NUMBER}">34</b>`,
  'in attributes, twice': `1<i a='${NUMBER}'>2<i b="${DATE}-${REST}">3</i>`,
  'in a comment': `<p><!-- ${NUMBER} -->x</p>`,
  'with an entity': `${DATE}&nbsp;${REST}`,
  'behind an entity': `&#160;${NUMBER}`,
  'between an ampersand and a semicolon': `&${NUMBER};`,
  'behind a backslash': `C:\\u${NUMBER}`,
  'in entities': each((digit) => `&#${digit.charCodeAt(0)};`),
  'in hexadecimal entities': each((digit) => `&#x${digit.charCodeAt(0).toString(16)};`),
  'in a URL': `https://example.org/a%7C${NUMBER}?b=%20${NUMBER}`,
  'in JSON': JSON.stringify({ a: `x\n${NUMBER}` }),
}

/** The same where the encoding itself is the spelling: the inside of a string of JSON. */
export const IN_JSON: Readonly<Record<string, string>> = {
  'as .NET writes markup': `\\u003Cp\\u003E${NUMBER}\\u003C/p\\u003E`,
  'as .NET writes an entity': `${DATE}\\u0026nbsp;${REST}`,
  'as .NET writes a table': `\\u003Ctd\\u003E${DATE}\\u003C/td\\u003E\\u003Ctd\\u003E${REST}`,
  'as .NET writes an attribute': `\\u003Cb title=\\u0022${NUMBER}\\u0022\\u003Ex`,
  'in an attribute between escapes': `12\\u003Cb title=\\"${NUMBER}\\"\\u003E34`,
  'digits as escapes': each((digit) => `\\u003${digit}`),
  'a blank as an escape': `\\u0020${NUMBER}`,
  'a form feed': `x\\f${NUMBER}`,
  'JSON in JSON in JSON': JSON.stringify(JSON.stringify({ a: `x\n${NUMBER}` })).slice(1, -1),
}

/** The value of a form or a query. */
export const IN_URLS: Readonly<Record<string, string>> = {
  'behind a bar': `urn%3Aoid%3A2.16.578.1.12.4.1.4.1%7C${NUMBER}`,
  'behind a blank': `%20${NUMBER}`,
  'behind a plus': `%2B${NUMBER}`,
  'behind an escaped escape': `%2520${NUMBER}`,
  'digits as escapes': each((digit) => `%3${digit}`),
  'full-width digits as escapes': encodeURIComponent(inScript(0xff10)),
  'with a no-break blank': `${DATE}%C2%A0${REST}`,
  'with a blank as a plus': `${DATE}+${REST}`,
}

/** What looks like one and is none. */
export const NO_NUMBERS: Readonly<Record<string, string>> = {
  'twelve digits': `1${NUMBER}`,
  'twelve digits, the other end': `${NUMBER}1`,
  'a fraction': `0.${NUMBER}`,
  'a number with a fraction': `${NUMBER}.5`,
  'an OID': `2.16.578.${NUMBER}`,
  'a part of a GUID': `acdc0123-acdc-0123-4567-a${NUMBER}`,
  'a part of a GUID, in capitals': `ACDC0123-ACDC-0123-4567-${NUMBER}F`,
  'a part of a hash': `a${NUMBER}${'0b'.repeat(10)}`,
  'an impossible date': `3106${NUMBER.slice(4)}`,
  'wrong control digits': `${NUMBER.slice(0, 10)}${(Number(NUMBER[10]) + 1) % 10}`,
  'a synthetic number': '02850097219 11845599620 13717404089',
  'a stamp': '1790000000000 2026-05-26T10:06:17.1234567+02:00',
}

/** Whether a text has the number in any spelling: decoded without the masker, all separators and markup taken out. */
export function shows(text: string, number = NUMBER): boolean {
  return [text, ...decodedParts(text)].some((one) => {
    let plain = one
    for (let depth = 0; depth < 4; depth += 1) plain = decodedOnce(plain)
    const digits = plain.replace(/<[^<>]*>|[\s.+/_–\-\u200b\u00ad]/g, '')
    const withCentury = `${number.slice(0, 4)}20${number.slice(4)}`
    return digits.includes(number) || digits.includes(withCentury) || one.includes(number)
  })
}

function decodedOnce(text: string): string {
  return text
    .replace(/\\+u([0-9a-fA-F]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\+[nrtbf]/g, ' ')
    .replace(/(?:%[0-9a-fA-F]{2})+/g, percentDecoded)
    .replace(/&#x([0-9a-fA-F]+);/g, (_, hex: string) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#([0-9]+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
    .replace(/[\u0660-\u0669]/g, (digit) => String(digit.charCodeAt(0) - 0x660))
    .normalize('NFKC')
}

function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function decodedParts(text: string): string[] {
  return (text.match(/[\w-]{20,}/g) ?? []).flatMap((part) => {
    try {
      return atob(part.replaceAll('-', '+').replaceAll('_', '/'))
    } catch {
      return []
    }
  })
}
