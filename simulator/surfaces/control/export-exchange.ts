import { takesToken } from '../../ground/surfaces.ts'
import { curlCommand } from '../../ground/text/curl.ts'
import type { CapturedBody, Exchange } from '../../state/exchange.ts'

/** Headers that belong to one connection or one proof, and are of no use in another request. */
const NOT_REPEATED = new Set(['host', 'connection', 'content-length', 'authorization', 'dpop', 'accept-encoding'])

function repeatable({ request }: Exchange): readonly (readonly [string, string])[] {
  return request.headers.filter(([name]) => !NOT_REPEATED.has(name))
}

/** The request as a command for a POSIX shell. The proof of the journal was used, so the command asks for new ones. */
export function asCurl(exchange: Exchange): string {
  const { method, url, body } = exchange.request
  const command = curlCommand({
    method,
    url,
    headers: [...repeatable(exchange), ...(needsToken(exchange) ? CREDENTIALS : [])],
    body: body?.text,
  })
  const notes = [
    ...(needsToken(exchange) ? ['# TOKEN and PROOF: jftsim token, or POST /ttt/v2/create-test-token-with-key'] : []),
    ...(body && body.capturedBytes < body.totalBytes
      ? [`# The body is the beginning only: ${body.capturedBytes} of ${body.totalBytes} characters were kept.`]
      : []),
  ]
  return `${[...notes, command].join('\n')}\n`
}

const CREDENTIALS = [
  ['Authorization', { prefix: 'DPoP ', variable: 'TOKEN' }],
  ['DPoP', { prefix: '', variable: 'PROOF' }],
] as const

/** The request as a test that any JavaScript test runner with `test` and `expect` can run. */
export function asTest(exchange: Exchange): string {
  const { method, url, body } = exchange.request
  const { status } = exchange.response
  const headers = Object.fromEntries(repeatable(exchange))
  const auth = needsToken(exchange) ? ', ...(await authorize(method, url))' : ''
  return [
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
  return takesToken(surface)
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
