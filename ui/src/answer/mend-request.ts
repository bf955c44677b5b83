import { EVENT_TYPES } from '../../../simulator/ground/event-types.ts'
import type { ShownIssue } from '../data/api.ts'
import type { SentRequest } from '../parts/snippets.ts'

/** What is put right of a request beside its body. */
export type RequestMend = { readonly what: 'token' | 'content-type' | 'path'; readonly request: SentRequest }

/** What the token of the request should have had, by the rule that looked for it. */
const CLAIMS: Readonly<Record<string, string>> = { 'token-audience': 'aud', 'token-scope': 'scope' }
/** Those are of APIs that take a DPoP token and nothing else. */
const NEEDS_PROOF = /^(?:token-(?:missing|scheme)|dpop-)/

/**
 * The request with another token and proof, another content type, or to another path, where nothing but that was wrong.
 * `undefined`: only the vendor can put it right, as where HelseID was asked, or a token names nobody.
 */
export function mendRequest(request: SentRequest, issues: readonly ShownIssue[]): RequestMend | undefined {
  if (/\/connect\/(token|par)/.test(request.url) || issues.length === 0) return undefined
  if (issues.every(({ rule }) => rule === 'http-content-type'))
    return { what: 'content-type', request: asJson(request) }
  const path = pathOfType(request, issues)
  if (path !== undefined) return { what: 'path', request: { ...request, url: path } }
  const ofToken = issues.every(({ rule }) => /^(?:token|dpop)-/.test(rule))
  return ofToken ? { what: 'token', request: withFreshToken(request, issues) } : undefined
}

/** The URL of the type that was sent, where nothing is wrong but that it went to that of another. */
function pathOfType({ url }: SentRequest, [issue, ...others]: readonly ShownIssue[]): string | undefined {
  const { key, values } = issue?.advice ?? {}
  if (others.length > 0 || key !== 'endpoint-of-type') return undefined
  const type = EVENT_TYPES.find((one) => one === values?.type)
  return type && url.replace(/[^/?]+(?=$|\?)/, type)
}

function asJson(request: SentRequest): SentRequest {
  return { ...request, headers: [...without(request, 'content-type'), ['content-type', 'application/json']] }
}

/** Who sends it again makes a token and a proof again, by the header that is there and by the claims. */
function withFreshToken(request: SentRequest, issues: readonly ShownIssue[]): SentRequest {
  const claims = issues.flatMap(({ rule, evidence }) => {
    const claim = CLAIMS[rule]
    const expected = expectedIn(evidence)
    return claim === undefined || expected === undefined ? [] : [[claim, expected]]
  })
  const [, token = ''] = request.headers.find(([name]) => name === 'authorization') ?? []
  const bound = issues.some(({ rule }) => NEEDS_PROOF.test(rule))
  const authorization = bound ? token.replace(/^\S*/, 'DPoP') : token
  return {
    ...request,
    headers: [...without(request, 'authorization'), ['authorization', authorization]],
    claims: Object.fromEntries(claims),
  }
}

function expectedIn(evidence: unknown): string | undefined {
  if (typeof evidence !== 'object' || evidence === null || !('expected' in evidence)) return undefined
  return typeof evidence.expected === 'string' ? evidence.expected : undefined
}

function without({ headers }: SentRequest, header: string): SentRequest['headers'] {
  return headers.filter(([name]) => name !== header)
}
