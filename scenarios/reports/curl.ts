import type { RecordedExchange } from '../runner/result.ts'

/** Headers that a token and a proof are in: a report has neither, so the command takes them from the environment. */
const SECRET: Readonly<Record<string, string>> = { authorization: '$AUTHORIZATION', dpop: '$DPOP' }

/** What curl sets by itself. */
const OWN = new Set(['content-length', 'host', 'connection'])

/** Where `jftsim start` listens. */
const USUAL = 'http://localhost:7357'

/**
 * The request as a curl command. `AUTHORIZATION` and `DPOP` are to be set (`jftsim token` prints both). A simulator that
 * ended with the run leaves no link: the command then goes to one on the usual port.
 */
export function curlOf({ request, exchange, link }: RecordedExchange): string {
  const gone = exchange !== undefined && link === undefined
  const url = gone ? request.url.replace(/^https?:\/\/[^/]+(\/s\/[^/]+)?/, USUAL) : request.url
  const headers = request.headers
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]) => {
      const variable = SECRET[name]
      return variable === undefined ? `-H ${quoted(`${name}: ${value}`)}` : `-H "${name}: ${variable}"`
    })
  const body = request.body === undefined ? [] : [`--data-raw ${quoted(request.body)}`]
  return [`curl -sS -i -X ${request.method} ${quoted(url)}`, ...headers, ...body].join(' \\\n  ')
}

/** One word for a POSIX shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}
