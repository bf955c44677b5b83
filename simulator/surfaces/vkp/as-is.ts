/** What is about one connection only (RFC 9110, section 7.6.1), or is found again for the next one. */
const OF_THE_CONNECTION = [
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]

/** What is between the vendor and VKP: who calls, and how it may be packed. */
const OF_THE_CALLER = ['accept-encoding', 'authorization', 'cookie', 'dpop']

/** What would speak for the simulator's own address: its guard for pages, and how the answer was packed. */
const OF_THE_ORIGIN = [
  'clear-site-data',
  'content-encoding',
  'content-security-policy',
  'date',
  'refresh',
  'service-worker-allowed',
  'set-cookie',
  'x-content-type-options',
]

/** The headers of a request that VKP forwards: all but its own token, and what is about the connection. */
export function forwardedHeaders(headers: Headers): [string, string][] {
  return passed(headers, OF_THE_CALLER)
}

/** The headers of an answer that VKP forwards. */
export function returnedHeaders(headers: Headers): Record<string, string> {
  const all = passed(headers, OF_THE_ORIGIN).filter(([name]) => !name.startsWith('access-control-'))
  return Object.fromEntries(all)
}

function passed(headers: Headers, own: readonly string[]): [string, string][] {
  const named = (headers.get('connection') ?? '').split(',').map((name) => name.trim().toLowerCase())
  const left = new Set([...OF_THE_CONNECTION, ...own, ...named])
  return [...headers].filter(([name]) => !left.has(name) && !name.startsWith('jftsim-'))
}
