import type { SentRequest } from '../parts/snippets.ts'

/** What is put right of a request beside its body. `names`: what is left out, or put there. */
export interface RequestMend {
  readonly what: 'token' | 'bearer' | 'content-type' | 'form' | 'path' | 'municipality' | 'codes' | 'query'
  readonly request: SentRequest
  readonly names?: string
}

/** The value of the header Authorization, and nothing where there is none. */
export function tokenOf({ headers }: SentRequest): string {
  return headers.find(([name]) => name === 'authorization')?.[1] ?? ''
}

/** The request with one header instead of what it had of that name. */
export function withHeader(request: SentRequest, name: string, value: string): SentRequest {
  return { ...request, headers: [...request.headers.filter(([one]) => one !== name), [name, value]] }
}
