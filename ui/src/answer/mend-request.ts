import { EVENT_TYPES } from '../../../simulator/ground/event-types.ts'
import type { ShownIssue } from '../data/api.ts'
import { accessTo, type SentRequest } from '../parts/snippets.ts'
import { mendForVkp } from './mend-for-vkp.ts'
import { type RequestMend, tokenOf, withHeader } from './request-mend.ts'

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
    return { what: 'content-type', request: withHeader(request, 'content-type', 'application/json') }
  const path = pathOfType(request, issues)
  if (path !== undefined) return { what: 'path', request: { ...request, url: path } }
  if (issues.every(({ rule }) => rule.startsWith('search-'))) return withoutParameters(request, issues)
  if (/\/vkp\/epj\/r4\//.test(request.url)) return mendForVkp(request, issues)
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

/** A search without the parameters that it cannot have so. */
function withoutParameters(request: SentRequest, issues: readonly ShownIssue[]): RequestMend | undefined {
  const wrong = issues.map(({ evidence }) => textIn(evidence, 'parameter'))
  const url = new URL(request.url)
  if (!wrong.every((name) => name !== undefined && url.searchParams.has(name))) return undefined
  for (const name of wrong) url.searchParams.delete(name ?? '')
  return { what: 'query', request: { ...request, url: url.href }, names: [...new Set(wrong)].join(', ') }
}

/** Who sends it again makes a token and a proof again, by the header that is there and by the claims. */
function withFreshToken(request: SentRequest, issues: readonly ShownIssue[]): SentRequest {
  const claims = issues.flatMap(({ rule, evidence }) => {
    const claim = CLAIMS[rule]
    const expected = textIn(evidence, 'expected')
    return claim === undefined || expected === undefined ? [] : [[claim, expected]]
  })
  const foreign = issues.some(({ rule }) => rule === 'token-audience')
  const token = tokenOf(request)
  const bound = issues.some(({ rule }) => NEEDS_PROOF.test(rule))
  return {
    ...withHeader(request, 'authorization', bound ? token.replace(/^\S*/, 'DPoP') : token),
    // A token for another API has the scopes of that one.
    claims: { ...(foreign ? accessTo(request.url) : {}), ...Object.fromEntries(claims) },
  }
}

function textIn(evidence: unknown, member: string): string | undefined {
  const value = typeof evidence === 'object' && evidence !== null ? Object.entries(evidence) : []
  const found: unknown = value.find(([name]) => name === member)?.[1]
  return typeof found === 'string' ? found : undefined
}
