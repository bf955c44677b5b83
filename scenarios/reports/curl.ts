import { curlCommand as commandOf, type HeaderValue } from '../../simulator/ground/text/curl.ts'
import type { RecordedExchange } from '../runner/result.ts'

/** Headers that a token and a proof are in: a report has neither, so the command takes them from the environment. */
const SECRET: Readonly<Record<string, string>> = { authorization: 'AUTHORIZATION', dpop: 'DPOP' }

/** What curl sets on its own. */
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
  return curlCommand({ ...request, url })
}

/** The request as a curl command, with its token and proof from the environment. */
export function curlCommand({ method, url, headers, body }: RecordedExchange['request']): string {
  const sent = headers
    .filter(([name]) => !OWN.has(name))
    .map(([name, value]): [string, HeaderValue] => {
      const variable = SECRET[name]
      return [name, variable === undefined ? value : { prefix: '', variable }]
    })
  return commandOf({ method, url, headers: sent, body })
}
