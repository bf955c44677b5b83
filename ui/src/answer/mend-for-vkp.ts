import { SERVICE_CODES } from '../../../simulator/ground/service-codes.ts'
import type { ShownIssue } from '../data/api.ts'
import { accessTo, type SentRequest } from '../parts/snippets.ts'
import { type RequestMend, tokenOf, withHeader } from './request-mend.ts'

const VKP_ID = 'nhn:vkp/client/claims/vkp-id'
const FORM = 'application/x-www-form-urlencoded'

/** A request to VKP put right, where one thing is wrong beside its body. */
export function mendForVkp(request: SentRequest, issues: readonly ShownIssue[]): RequestMend | undefined {
  const rules = new Set(issues.map(({ rule }) => rule))
  if (issues.every(({ rule }) => OF_TOKEN.test(rule))) return { what: 'bearer', request: withToken(request, issues) }
  const [first] = issues
  if (first === undefined || rules.size > 1) return undefined
  return MENDS[first.rule]?.(request, first)
}

/** What another token of VKP's own kind puts right. */
const OF_TOKEN = /^(?:token-|vkp-token-|vkp-scope$|vkp-id$|vkp-client-amr$)/

/** Bearer, bound to no key, with the scope of the endpoint and a vkp-id, where the token that was sent has none. */
function withToken(request: SentRequest, issues: readonly ShownIssue[]): SentRequest {
  const own = accessTo(request.url)
  const foreign = issues.some(({ rule }) => rule === 'token-audience')
  const claims = {
    ...(foreign ? own : {}),
    ...(issues.some(({ rule }) => rule === 'vkp-scope') ? { scope: own.scope } : {}),
    ...(issues.some(({ rule }) => rule === 'vkp-id') ? { [VKP_ID]: own[VKP_ID] } : {}),
  }
  return { ...withHeader(request, 'authorization', tokenOf(request).replace(/^\S*/, 'Bearer')), claims }
}

const MENDS: Readonly<Record<string, (request: SentRequest, issue: ShownIssue) => RequestMend | undefined>> = {
  'vkp-not-allowed': (request, { evidence }) => {
    const vkpId = firstOf(evidence)
    return vkpId === undefined ? undefined : { what: 'bearer', request: { ...request, claims: { [VKP_ID]: vkpId } } }
  },
  'vkp-organization': (request, { evidence }) => {
    const orgnr = firstOf(evidence)
    if (orgnr === undefined) return undefined
    const url = request.url.replace(/(?<=\/epj\/r4\/)[^/]*/, orgnr)
    return { what: 'municipality', request: { ...request, url }, names: orgnr }
  },
  'vkp-service-code-unknown': (request) => {
    const sent = request.headers.find(([name]) => name === 'servicecodes')?.[1] ?? ''
    const codes = sent.split(',').map((code) => code.trim().toLowerCase())
    const known = codes.filter((code) => SERVICE_CODES.some((one) => one === code)).join(',')
    return known === ''
      ? undefined
      : { what: 'codes', request: withHeader(request, 'servicecodes', known), names: known }
  },
  'vkp-parameter-format': (request) => {
    const [, type = ''] = request.headers.find(([name]) => name === 'content-type') ?? []
    return type.startsWith(FORM) ? undefined : { what: 'form', request: withHeader(request, 'content-type', FORM) }
  },
  'vkp-body-type': (request) => {
    const [, type] = /"resourceType"\s*:\s*"(\w+)"/.exec(request.body ?? '') ?? []
    if (type === undefined) return undefined
    return { what: 'path', request: { ...request, url: request.url.replace(/[^/]+$/, type.toLowerCase()) } }
  },
}

/** The first of the values that were expected. */
function firstOf(evidence: unknown): string | undefined {
  if (typeof evidence !== 'object' || evidence === null || !('expected' in evidence)) return undefined
  const first: unknown = Array.isArray(evidence.expected) ? evidence.expected[0] : undefined
  return typeof first === 'string' ? first : undefined
}
