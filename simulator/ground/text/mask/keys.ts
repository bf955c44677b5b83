/** What stands where a secret was. */
export const REMOVED = '[removed]'

const QUOTE = String.raw`(?:(?<!\\)\\*"|(?<!\\)\\+u0022|%22|&quot;|&#34;)`
const COLON = String.raw`[\s+]{0,20}(?::|%3[aA])[\s+]{0,20}`

/** A private member of a JSON Web Key (RFC 7518, section 6), however often the JSON was escaped. */
const PRIVATE_MEMBER = new RegExp(`(${QUOTE}(?:d|p|q|dp|dq|qi|k)${QUOTE}${COLON}${QUOTE})[\\w-]{16,}`, 'g')
const OTHER_PRIMES = new RegExp(`(${QUOTE}oth${QUOTE}${COLON})\\[[^\\[\\]]+\\]`, 'g')

/** A private key in PEM (RFC 7468), to its end or as far as it was kept; a blank may be that of a form. */
const PEM = /(-----BEGIN[ +%\w]{0,40}PRIVATE(?: |\+|%20)KEY-----)(?:[^"<-]|-(?!----))+/g

const LESS = String.raw`(?:<|&lt;|(?<!\\)\\+u003[cC]|%3[cC])`
const GREATER = String.raw`(?:>|&gt;|(?<!\\)\\+u003[eE]|%3[eE])`

/** The private elements of an RSA or DSA key in XML, as .NET writes them; behind the first escaped one nothing is kept. */
const XML_ELEMENT = new RegExp(`(${LESS}(?:D|P|Q|DP|DQ|InverseQ|X)${GREATER})[A-Za-z0-9+/=%\\\\\\s]{8,}`, 'g')

/** A text without the private parts of keys: JSON Web Keys, PEM, XML. */
export function cutKeys(text: string): string {
  let cut = text
  if (/(?:"|22|quot;|34;)(?:d|p|q|dp|dq|qi|k|oth)(?:\\|"|%|&)/.test(cut)) {
    cut = cut.replace(PRIVATE_MEMBER, `$1${REMOVED}`).replace(OTHER_PRIMES, '$1[]')
  }
  if (cut.includes('PRIVATE')) cut = cut.replace(PEM, `$1${REMOVED}`)
  return /KeyValue|InverseQ/.test(cut) ? cut.replace(XML_ELEMENT, `$1${REMOVED}`) : cut
}
