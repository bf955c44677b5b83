import type { Origins } from '../../ground/origins.ts'
import { SERVICES } from '../../ground/services.ts'
import { SURFACE_NAMES, SURFACES, serviceOf, tokenOf } from '../../ground/surfaces.ts'
import { curlCommand, type HeaderValue } from '../../ground/text/curl.ts'
import type { CapturedBody, Exchange } from '../../state/exchange.ts'

/** Headers that belong to one connection or one proof, and are of no use in another request. */
const NOT_REPEATED = new Set(['host', 'connection', 'content-length', 'authorization', 'dpop', 'accept-encoding'])

function repeatable({ request }: Exchange): readonly (readonly [string, string])[] {
  return request.headers.filter(([name]) => !NOT_REPEATED.has(name))
}

/** The request as a command for a POSIX shell. The proof of the journal was used, so the command asks for new ones. */
export function asCurl(exchange: Exchange, origins: Origins): string {
  const { method, body } = exchange.request
  const url = urlHere(exchange, origins)
  const command = curlCommand({
    method,
    url,
    headers: [...repeatable(exchange), ...(needsToken(exchange) ? credentialsOf(exchange) : [])],
    body: body?.text,
  })
  const notes = [
    ...(needsToken(exchange) ? [hintOf(exchange)] : []),
    ...(body && body.capturedBytes < body.totalBytes
      ? [`# The body is the beginning only: ${body.capturedBytes} of ${body.totalBytes} characters were kept.`]
      : []),
  ]
  return `${[...notes, command].join('\n')}\n`
}

/** The URL at this simulator: sent once more to a real host name, the request could reach the real service. */
function urlHere({ request, surface }: Exchange, origins: Origins): string {
  const url = new URL(request.url)
  const name = SURFACE_NAMES.find((one) => one === surface)
  const hosts = name === undefined ? [] : Object.values(SURFACES[name].hosts)
  if (name === undefined || !hosts.some((host) => host === url.hostname)) return request.url
  return origins[name] + url.pathname + url.search
}

/** The scheme that the request had; where it had none, that of the API. */
function schemeOf({ surface, request }: Exchange): 'DPoP' | 'Bearer' {
  const [, sent] = request.headers.find(([name]) => name === 'authorization') ?? []
  if (sent !== undefined && /^dpop\s/i.test(sent)) return 'DPoP'
  if (sent !== undefined && /^bearer\s/i.test(sent)) return 'Bearer'
  return tokenOf(surface)?.scheme ?? 'DPoP'
}

/** A proof goes with the scheme DPoP, or was sent beside another one. */
function credentialsOf(exchange: Exchange): readonly (readonly [string, HeaderValue])[] {
  const scheme = schemeOf(exchange)
  const hasProof = scheme === 'DPoP' || exchange.request.headers.some(([name]) => name === 'dpop')
  return [
    ['Authorization', { prefix: `${scheme} `, variable: 'TOKEN' }],
    ...(hasProof ? [['DPoP', { prefix: '', variable: 'PROOF' }] as const] : []),
  ]
}

/** Of JFT nothing need be said: a token is for JFT where nothing else is asked for. */
function audienceOf({ surface }: Exchange): string {
  const service = serviceOf(surface)
  const { audience } = tokenOf(surface) ?? {}
  if (service === 'jft' || audience === undefined) return ''
  return ` of ${SERVICES[service]} (audience ${audience}${service === 'vkp' ? ', with vkp-id' : ''})`
}

function hintOf(exchange: Exchange): string {
  const audience = audienceOf(exchange)
  const what = credentialsOf(exchange).length > 1 ? 'TOKEN and PROOF' : 'TOKEN'
  const how = exchange.surface === 'vkp' ? 'GET /_sim/curl for the same path shows one, and ' : 'jftsim token, or '
  return `# ${what}${audience}: ${how}POST /ttt/v2/create-test-token-with-key${exchange.surface === 'vkp' ? ' makes it' : ''}`
}

/** The request as a test that any JavaScript test runner with `test` and `expect` can run. */
export function asTest(exchange: Exchange, origins: Origins): string {
  const { method, body } = exchange.request
  const url = urlHere(exchange, origins)
  const { status } = exchange.response
  const headers = Object.fromEntries(repeatable(exchange))
  const auth = needsToken(exchange) ? ', ...(await authorize(method, url))' : ''
  return [
    ...(needsToken(exchange) && schemeOf(exchange) === 'Bearer'
      ? ['// authorize gives { authorization: "Bearer …" } with a token of VKP, and no proof.']
      : []),
    `test(${JSON.stringify(`${method} ${new URL(url).pathname} answers ${status}`)}, async () => {`,
    `  const method = ${JSON.stringify(method)}`,
    `  const url = ${JSON.stringify(url)}`,
    `  const headers = { ...${JSON.stringify(headers)}${auth} }`,
    ...(body ? [`  const body = ${JSON.stringify(body.text)}`] : []),
    `  const answer = await fetch(url, { method, headers${body ? ', body' : ''} })`,
    `  expect(answer.status).toBe(${status})`,
    '})',
    '',
  ].join('\n')
}

function needsToken({ surface }: Exchange): boolean {
  return tokenOf(surface) !== undefined
}

/** Exchanges as an HTTP Archive, version 1.2. Secrets were cut out when they were journaled. */
export function asHar(exchanges: readonly Exchange[], version: string): Record<string, unknown> {
  return {
    log: { version: '1.2', creator: { name: 'jft-simulator', version }, entries: exchanges.map(harEntry) },
  }
}

function harEntry({ id, time, milliseconds, request, response }: Exchange): Record<string, unknown> {
  return {
    startedDateTime: time,
    time: milliseconds,
    comment: id,
    request: {
      method: request.method,
      url: request.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(request.headers),
      queryString: pairs([...new URL(request.url).searchParams]),
      headersSize: -1,
      bodySize: request.body?.totalBytes ?? 0,
      ...(request.body ? { postData: { mimeType: typeOf(request.headers), text: request.body.text } } : {}),
    },
    response: {
      status: response.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: pairs(response.headers),
      content: content(response.body, typeOf(response.headers)),
      redirectURL: '',
      headersSize: -1,
      bodySize: response.body?.totalBytes ?? 0,
    },
    cache: {},
    timings: { send: 0, wait: milliseconds, receive: 0 },
  }
}

function content(body: CapturedBody | undefined, mimeType: string): Record<string, unknown> {
  return { size: body?.totalBytes ?? 0, mimeType, ...(body ? { text: body.text } : {}) }
}

function pairs(values: readonly (readonly [string, string])[]): { name: string; value: string }[] {
  return values.map(([name, value]) => ({ name, value }))
}

function typeOf(headers: readonly (readonly [string, string])[]): string {
  return headers.find(([name]) => name === 'content-type')?.[1] ?? ''
}
