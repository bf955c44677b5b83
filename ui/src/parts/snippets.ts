import { SURFACES, tokenSurfaceAt, vkpScope } from '../../../simulator/ground/surfaces.ts'
import { type CurlRequest, curlCommand } from '../../../simulator/ground/text/curl.ts'
import { posixWord, powershellText } from '../../../simulator/ground/text/shell.ts'
import { decodeToken } from './jwt.ts'

/** A request that can be sent again. `body` as it was sent. */
export interface SentRequest {
  readonly method: string
  /** Absolute. */
  readonly url: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body?: string
  /** Claims that its token is to have instead of those that were sent. */
  readonly claims?: Readonly<Record<string, unknown>>
}

/** What the test token service is asked for. */
export type TokenWish = Readonly<Record<string, unknown>>

const CLIENT = 'helseid://claims/client/'
const NAMED: Readonly<Record<string, string>> = {
  client_id: 'clientId',
  [`${CLIENT}client_name`]: 'clientName',
  [`${CLIENT}claims/orgnr_parent`]: 'orgnrParent',
  [`${CLIENT}claims/orgnr_child`]: 'orgnrChild',
  [`${CLIENT}claims/orgnr_supplier`]: 'orgnrSupplier',
}
/** What every token has of its own, and what the service derives. */
const PER_TOKEN = ['iss', 'iat', 'nbf', 'exp', 'jti', 'aud', 'cnf', 'scope', 'client_amr', 'auth_time', 'sid']
const DERIVED = [`${CLIENT}amr`, `${CLIENT}client_tenancy`]

/** The system that VKP's register begins with. */
const READY_MADE_VKP_ID = 'Bruno_Local_Test'

/** Who a request without a readable token is from. */
const OWN_CLAIMS: TokenWish = { [`${CLIENT}client_name`]: 'Dashboard', [`${CLIENT}claims/orgnr_parent`]: '313231593' }

/** What a token needs for the API at that URL: its audience and scope, and for VKP who calls it. */
export function accessTo(url: string): TokenWish {
  const surface = tokenSurfaceAt(new URL(url))
  const [, type, search] = /\/epj\/r4\/[^/]*\/(\w+)(\/_search)?/.exec(url) ?? []
  if (surface === 'vkp' && type !== undefined) {
    const { audience } = SURFACES.vkp.token
    const scope = vkpScope(type, search === undefined ? 'write' : 'read')
    return { aud: audience, scope, 'nhn:vkp/client/claims/vkp-id': READY_MADE_VKP_ID }
  }
  const { audience, scopes } = SURFACES[surface === 'vkp' ? 'jft-write' : surface].token
  return { aud: audience, scope: scopes.join(' ') }
}

/** How the token of a request was sent; `undefined`: it had none, and needs none. */
export function schemeOf({ headers }: SentRequest): 'DPoP' | 'Bearer' | undefined {
  const [, scheme] = /^(dpop|bearer)\b/i.exec(authorizationOf(headers)) ?? []
  if (scheme === undefined) return undefined
  return scheme.toLowerCase() === 'dpop' ? 'DPoP' : 'Bearer'
}

/**
 * What to ask the test token service for, so that the request can be sent again: the token that was sent, with the same
 * audience, scopes and claims, and, where it was bound to a key, a proof for this request. `undefined`: it had no token.
 */
export function tokenWish(request: SentRequest): TokenWish | undefined {
  const { method, url, headers } = request
  const scheme = schemeOf(request)
  if (scheme === undefined) return undefined
  const own = { ...OWN_CLAIMS, ...accessTo(url) }
  const claims = { ...(decodeToken(authorizationOf(headers))?.claims ?? own), ...request.claims }
  const named = Object.entries(NAMED).flatMap(([claim, name]) => (claim in claims ? [[name, claims[claim]]] : []))
  const others = Object.entries(claims).filter(
    ([name]) => !(name in NAMED) && !PER_TOKEN.includes(name) && !DERIVED.includes(name),
  )
  const proof = {
    createDPoPTokenWithDPoPProof: true,
    dPoPProofParameters: { htuClaimValue: url.replace(/[?#].*$/s, ''), htmClaimValue: method },
  }
  return {
    audience: [claims.aud ?? accessTo(url).aud].flat()[0],
    withoutDefaultUserClaims: true,
    ...(scheme === 'DPoP' ? proof : {}),
    clientClaimsParameters: { scope: scopesOf(claims.scope), ...Object.fromEntries(named) },
    ...(others.length === 0 ? {} : { apiSpecificClaims: others.map(([type, value]) => ({ type, value })) }),
  }
}

function authorizationOf(headers: SentRequest['headers']): string {
  return headers.find(([name]) => name.toLowerCase() === 'authorization')?.[1] ?? ''
}

function scopesOf(scope: unknown): readonly string[] {
  if (typeof scope === 'string') return scope.split(' ')
  return Array.isArray(scope) ? scope.map(String) : ['nhn:jft/api']
}

/** What the sender's HTTP library adds on its own, and what is made again. */
const OWN =
  /^(host|connection|content-length|accept-encoding|user-agent|authorization|dpop|origin|referer|cookie|te|priority|(sec|accept)-.*|transfer-encoding)$/i

/** The headers that are worth sending again. */
export function plainHeaders({ headers }: SentRequest): readonly (readonly [string, string])[] {
  return headers.filter(([name, value]) => !OWN.test(name) && !(name === 'accept' && value === '*/*'))
}

/** The languages that a request can be copied in. */
export const SNIPPET_LANGUAGES = ['curl', 'PowerShell', 'fetch', 'C#', 'Java'] as const

export type SnippetLanguage = (typeof SNIPPET_LANGUAGES)[number]

/**
 * The request in a language. It first asks the test token service at `ttt` for a token and a proof, because those that were
 * sent are of no use: a proof counts once, and the journal keeps no signatures.
 */
export function snippet(language: SnippetLanguage, request: SentRequest, ttt: string): string {
  const tokenUrl = `${ttt}/v2/create-test-token-with-key`
  const parts = { request, wish: tokenWish(request), bound: schemeOf(request) === 'DPoP', tokenUrl }
  return WRITERS[language]({ ...parts, headers: plainHeaders(request) })
}

interface Parts {
  readonly request: SentRequest
  /** The token is bound to a key, and goes with a proof. */
  readonly bound: boolean
  readonly wish: TokenWish | undefined
  readonly tokenUrl: string
  readonly headers: readonly (readonly [string, string])[]
}

const WRITERS: Readonly<Record<SnippetLanguage, (parts: Parts) => string>> = {
  curl: curlOf,
  PowerShell: powershellOf,
  fetch: fetchOf,
  'C#': csharpOf,
  Java: javaOf,
}

function curlOf(parts: Parts): string {
  const { wish, bound, tokenUrl } = parts
  if (!wish) return curlCommand(repeatOf(parts))
  const ask = `curl -s ${posixWord(tokenUrl)} \\\n  -H 'Content-Type: application/json' --data-raw ${posixWord(JSON.stringify(wish))}`
  const credentials = bound
    ? `read -r token proof < <(${ask} |\n  sed -E 's/.*"accessTokenJwt":"([^"]+)","dPoPProof":"([^"]+)".*/\\1 \\2/')`
    : `token=$(${ask} |\n  sed -E 's/.*"accessTokenJwt":"([^"]+)".*/\\1/')`
  return `${credentials}\n${curlCommand(repeatOf(parts))}`
}

/** For 5.1 and 7, on Windows. */
function powershellOf(parts: Parts): string {
  const { wish, tokenUrl } = parts
  const repeat = curlCommand(repeatOf(parts), 'powershell')
  if (!wish) return repeat
  return [
    `$made = Invoke-RestMethod -Method Post -Uri ${powershellText(tokenUrl)} -ContentType 'application/json; charset=utf-8' \``,
    `  -Body ([Text.Encoding]::UTF8.GetBytes(${powershellText(JSON.stringify(wish))}))`,
    '$token = $made.successResponse.accessTokenJwt',
    '$proof = $made.successResponse.dPoPProof',
    repeat,
  ].join('\n')
}

/** The request, with the token and the proof that were asked for before. */
function repeatOf({ request: { method, url, body }, wish, bound, headers }: Parts): CurlRequest {
  const credentials: CurlRequest['headers'] = [
    ['Authorization', { prefix: bound ? 'DPoP ' : 'Bearer ', variable: 'token' }],
    ...(bound ? [['DPoP', { prefix: '', variable: 'proof' }] as const] : []),
  ]
  return { method, url, headers: [...(wish ? credentials : []), ...headers], body }
}

function fetchOf({ request: { method, url, body }, wish, bound, tokenUrl, headers }: Parts): string {
  const token = wish && [
    `const answer = await fetch(${JSON.stringify(tokenUrl)}, {`,
    "  method: 'POST',",
    "  headers: { 'content-type': 'application/json' },",
    `  body: JSON.stringify(${JSON.stringify(wish)}),`,
    '})',
    'const { accessTokenJwt, dPoPProof } = (await answer.json()).successResponse',
  ]
  return [
    ...(token ?? []),
    `const response = await fetch(${JSON.stringify(url)}, {`,
    `  method: ${JSON.stringify(method)},`,
    '  headers: {',
    ...(wish ? [`    authorization: '${bound ? 'DPoP' : 'Bearer'} ' + accessTokenJwt,`] : []),
    ...(bound ? ['    dpop: dPoPProof,'] : []),
    ...headers.map(([name, value]) => `    ${JSON.stringify(name)}: ${JSON.stringify(value)},`),
    '  },',
    ...(body === undefined ? [] : [`  body: ${JSON.stringify(body)},`]),
    '})',
    "console.log(response.status + ' ' + (await response.text()))",
  ].join('\n')
}

function csharpOf({ request: { method, url, body }, wish, bound, tokenUrl, headers }: Parts): string {
  const type = headers.find(([name]) => name === 'content-type')?.[1] ?? 'application/json'
  const token = wish && [
    `var answer = await http.PostAsync(${JSON.stringify(tokenUrl)}, new StringContent(`,
    `    ${csharp(JSON.stringify(wish))}, Encoding.UTF8, "application/json"));`,
    'var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["successResponse"]!;',
  ]
  return [
    'using System.Net.Http.Headers;\nusing System.Text;\nusing System.Text.Json.Nodes;\n',
    'using var http = new HttpClient();',
    ...(token ?? []),
    `using var request = new HttpRequestMessage(new HttpMethod("${method}"), ${JSON.stringify(url)});`,
    ...(wish
      ? [
          `request.Headers.Authorization = new AuthenticationHeaderValue("${bound ? 'DPoP' : 'Bearer'}", (string)made["accessTokenJwt"]!);`,
        ]
      : []),
    ...(bound ? ['request.Headers.Add("DPoP", (string)made["dPoPProof"]!);'] : []),
    ...headers
      .filter(([name]) => name !== 'content-type')
      .map(([name, value]) => `request.Headers.Add(${JSON.stringify(name)}, ${JSON.stringify(value)});`),
    ...(body === undefined
      ? []
      : [
          `request.Content = new StringContent(${csharp(body)});`,
          `request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(${JSON.stringify(type)});`,
        ]),
    'using var response = await http.SendAsync(request);',
    'Console.WriteLine($"{(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");',
  ].join('\n')
}

function javaOf({ request: { method, url, body }, wish, bound, tokenUrl, headers }: Parts): string {
  const publisher = body === undefined ? 'noBody()' : `ofString(${JSON.stringify(body)})`
  const token = wish && [
    `var asked = HttpRequest.newBuilder(URI.create(${JSON.stringify(tokenUrl)}))`,
    '    .header("Content-Type", "application/json")',
    `    .POST(HttpRequest.BodyPublishers.ofString(${JSON.stringify(JSON.stringify(wish))})).build();`,
    'var made = http.send(asked, HttpResponse.BodyHandlers.ofString()).body();',
    'UnaryOperator<String> member = name -> made.replaceAll("(?s).*\\"" + name + "\\":\\"([^\\"]+)\\".*", "$1");',
  ]
  return [
    'import java.net.URI;\nimport java.net.http.*;\nimport java.util.function.UnaryOperator;\n',
    'var http = HttpClient.newHttpClient();',
    ...(token ?? []),
    `var request = HttpRequest.newBuilder(URI.create(${JSON.stringify(url)}))`,
    ...(wish ? [`    .header("Authorization", "${bound ? 'DPoP' : 'Bearer'} " + member.apply("accessTokenJwt"))`] : []),
    ...(bound ? ['    .header("DPoP", member.apply("dPoPProof"))'] : []),
    ...headers.map(([name, value]) => `    .header(${JSON.stringify(name)}, ${JSON.stringify(value)})`),
    `    .method("${method}", HttpRequest.BodyPublishers.${publisher}).build();`,
    'var response = http.send(request, HttpResponse.BodyHandlers.ofString());',
    'System.out.println(response.statusCode() + " " + response.body());',
  ].join('\n')
}

/** A verbatim string of C#. */
function csharp(text: string): string {
  return `@"${text.replaceAll('"', '""')}"`
}
