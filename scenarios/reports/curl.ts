import type { RecordedExchange } from '../runner/result.ts'

/** Headers that a token and a proof are in: a report has neither, so the command takes them from the environment. */
const SECRET: Readonly<Record<string, string>> = { authorization: '$AUTHORIZATION', dpop: '$DPOP' }

/** What curl sets by itself. */
const OWN = new Set(['content-length', 'host', 'connection'])

/**
 * The request as a curl command. `AUTHORIZATION` and `DPOP` are to be set (`jftsim token` prints both); the sandbox, which
 * is gone after a run, is left out of the URL.
 */
export function curlOf({ request }: RecordedExchange): string {
  const url = request.url.replace(/^(https?:\/\/[^/]+)\/s\/[^/]+/, '$1')
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
