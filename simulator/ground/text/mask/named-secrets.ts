import { isSecretName, isSecretParameter, mayNameSecrets } from './secret-names.ts'

/** A parameter: in a form, in a query, in a URL that is itself a parameter. */
const PARAMETER = /(^|[?&#;\s"'(,]|u0026|%26|%3[fF])([\w.%~-]{1,64}?)(=|%3[dD])([^&\s"'#<>\\;]+)/g

/** A header that somebody quotes, as in a command. */
const HEADER =
  /(?<![\w-])((?:proxy-)?authorization|(?:set-)?cookie|[a-z][\w-]{0,60}[-_](?:key|token|secret))(:[ \t]{0,9})([^\s"'\\][^\r\n"'\\]*)/gi

/** A name of JSON with its colon, and the quote that opens its value: with as many backslashes as the name has. */
const MEMBER = /(?<!\\)(\\*)"([A-Za-z_][\w.-]{0,63})\1"\s{0,20}:\s{0,20}\1"/g

const USER_INFORMATION = /(:\/\/)[^\s/?#@"'<>\\]+@/g

/** What becomes of a header that is quoted in a text, and of a secret. */
export interface Cutters {
  readonly header: (name: string, value: string) => string
  readonly secret: (value: string) => string
}

/** A text without the values of secret names, and without the user information of URLs (RFC 3986, section 3.2.1). */
export function cutNamed(text: string, { header, secret }: Cutters): string {
  const known = text.includes('@') ? text.replace(USER_INFORMATION, '$1[removed]@') : text
  const cut = /cookie|authorization/i.test(known) || mayNameSecrets(known) ? known : undefined
  if (cut === undefined) return known
  const parameters = cut.replace(PARAMETER, (whole, before: string, name: string, equals: string, value: string) =>
    isSecretParameter(name) ? `${before}${name}${equals}${secret(value)}` : whole,
  )
  const headers = parameters.replace(HEADER, (_, name: string, colon: string, value: string) => {
    return `${name}${colon}${header(name, value)}`
  })
  return cutMembers(headers, secret)
}

function cutMembers(text: string, secret: Cutters['secret']): string {
  const parts: string[] = []
  let kept = 0
  MEMBER.lastIndex = 0
  for (let found = MEMBER.exec(text); found; found = MEMBER.exec(text)) {
    const [whole, backslashes = '', name = ''] = found
    if (!isSecretName(name)) continue
    const start = found.index + whole.length
    const end = endOfValue(text, start, backslashes.length)
    parts.push(text.slice(kept, start), secret(text.slice(start, end)))
    kept = end
    MEMBER.lastIndex = end
  }
  parts.push(text.slice(kept))
  return parts.join('')
}

/** Where the quote of a value begins that closes it: in JSON that was escaped, after as many backslashes as before the first. */
function endOfValue(text: string, start: number, level: number): number {
  for (let quote = text.indexOf('"', start); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let from = quote
    while (from > start && text.charCodeAt(from - 1) === 0x5c) from -= 1
    const backslashes = quote - from
    if (backslashes < level || backslashes % (2 * (level + 1)) === level) return quote - Math.min(backslashes, level)
  }
  return text.length
}
