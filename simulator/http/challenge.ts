import { ALGORITHMS } from '../rules/token/claims.ts'

/** How a request carries its access token: an API takes one scheme, never both. */
export type Scheme = 'DPoP' | 'Bearer'

/** The challenge of a 401. Only DPoP names algorithms (RFC 9449, section 7.1). */
export function challenge(scheme: Scheme, ...parameters: readonly string[]): Record<string, string> {
  const algorithms = scheme === 'DPoP' ? [`algs="${ALGORITHMS.join(' ')}"`] : []
  return { 'www-authenticate': [scheme, [...parameters, ...algorithms].join(', ')].join(' ').trim() }
}
