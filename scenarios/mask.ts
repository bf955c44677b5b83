import { cutSignatures } from '../simulator/ground/text/jwt.ts'

/** Eleven digits that are not part of a longer number, as a national identity number is written. */
const ELEVEN = /(?<!\d)(\d{2})(\d{2})(\d{2})(\d{5})(?!\d)/g
const PRIVATE_MEMBER = /(\\?"(?:d|p|q|dp|dq|qi|k)\\?"\s*:\s*\\?")[\w-]{16,}(\\?")/g

/**
 * A text as a report may show it: whatever has the form of an identity number of the real series is masked (synthetic
 * ones have a month above 40), signatures are cut off tokens, private members out of keys.
 */
export function mask(text: string): string {
  return cutSignatures(text)
    .replace(ELEVEN, (number, day: string, month: string, year: string) =>
      looksReal(Number(day), Number(month)) ? `${day}${month}${year}*****` : number,
    )
    .replace(PRIVATE_MEMBER, '$1[removed]$2')
}

/** What a text has in the form of the real series, masked or not. */
export function realSeries(text: string): string[] {
  const plain = [...text.matchAll(ELEVEN)].filter(([, day, month]) => looksReal(Number(day), Number(month)))
  const masked = [...text.matchAll(/(?<!\d)\d{6}\*{5}/g)]
  return [...plain, ...masked].map(([number]) => `${number.slice(0, 6)}*****`)
}

/** D numbers have 40 added to the day. */
function looksReal(day: number, month: number): boolean {
  const born = day > 40 ? day - 40 : day
  return born >= 1 && born <= 31 && month >= 1 && month <= 12
}
