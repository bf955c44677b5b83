import type { SentRequest } from '../parts/snippets.ts'

/** Where in a request, outside its body, an error is: in its path, in its query, or in a header. */
export type RequestPlace = 'path' | 'query' | { readonly header: string }

/** A line of a request as it was sent: its first, or a header. */
export interface RequestLine {
  readonly text: string
  readonly faulty: boolean
}

const HEADERS: readonly (readonly [RegExp, string])[] = [
  [/^vkp-service/, 'servicecodes'],
  [/^http-content-type$/, 'content-type'],
  [/^http-content-coding$/, 'content-encoding'],
  [/^jft-source-system$/, 'nhn-source-system'],
  [/^dpop-/, 'dpop'],
  [/^(?:vkp-)?token-|^vkp-(?:scope|id|client-amr|not-allowed)$|^jft-municipality$/, 'authorization'],
]

/** The place that a rule looks at; `undefined`: the body, or the request as a whole. */
export function requestPlace(rule: string, { url }: SentRequest): RequestPlace | undefined {
  // HelseID reads all from the body.
  if (/\/connect\/(token|par)/.test(url) && !rule.startsWith('dpop-')) return undefined
  if (/^(?:http-path|http-method|vkp-organization|vkp-inactive|jft-event-unknown)/.test(rule)) return 'path'
  if (rule.startsWith('search-')) return url.includes('?') ? 'query' : undefined
  const header = HEADERS.find(([rules]) => rules.test(rule))?.[1]
  return header === undefined ? undefined : { header }
}

/** Characters of a header that are shown. A token is long, and is read elsewhere. */
const LONGEST = 160

/** The first line of the request and the header that is wrong; of a header that is not there its name. */
export function linesOfRequest(request: SentRequest, place: RequestPlace | undefined): readonly RequestLine[] {
  const { pathname, search } = new URL(request.url)
  const first = { text: `${request.method} ${pathname}${search}`, faulty: place === 'path' || place === 'query' }
  if (typeof place !== 'object') return [first]
  const { header } = place
  const sent = request.headers.filter(([name]) => name === header).map(([, value]) => `${header}: ${short(value)}`)
  return [first, ...(sent.length > 0 ? sent : [`${header}:`]).map((text) => ({ text, faulty: true }))]
}

function short(value: string): string {
  return value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value
}
