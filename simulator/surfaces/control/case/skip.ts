import { isSecretName } from '../../../ground/text/mask/secret-names.ts'
import type { SkipReason } from '../types.ts'
import type { OpenableCase, Recorded } from './schema.ts'

/** What the journal writes where it cuts something out. */
const CUT_OUT = /\*{11}|\[(?:signature )?removed\]/

/** Headers that are made again, or that nothing here looks at. */
const isCredential = (name: string) => /^(?:authorization|dpop|cookie)$/.test(name) || isSecretName(name)

/** Why an exchange cannot be replayed; `undefined` when it can. */
export function skipReason(exchange: Recorded, legs: readonly Recorded[], file: OpenableCase): SkipReason | undefined {
  if (exchange.surface === 'helseid' || exchange.surface === 'ttt') return 'needs-client-keys'
  if ([exchange, ...legs].some(({ injected = [] }) => injected.length > 0)) return 'injected'
  if (isMasked(exchange)) return 'masked'
  if (isCut(exchange)) return 'cut'
  return leadsOutside(exchange, file) ? 'outside' : undefined
}

function isMasked({ request: { url, headers, body }, response }: Recorded): boolean {
  if (response.headers.some(([name]) => name === 'jftsim-masked')) return true
  const values = headers.filter(([name]) => !isCredential(name)).map(([, value]) => value)
  return [url, body?.text ?? '', ...values].some((text) => CUT_OUT.test(text))
}

/** A body that was too large, or no UTF-8, was read and is not there. */
function isCut({ request: { body }, steps }: Recorded): boolean {
  if (body) return body.capturedBytes !== body.totalBytes
  return steps.some(({ name, outcome }) => name === 'body' && outcome === 'stopped')
}

/**
 * What a vendor's own EHR answered cannot be had again: the sandbox of a case has no way out. This says so beforehand, and
 * keeps nobody from calling.
 */
function leadsOutside({ surface, request }: Recorded, { initial: { routes } }: OpenableCase): boolean {
  const path = decoded(new URL(request.url).pathname)
  if (surface !== 'vkp' || !/\/_search$/i.test(path)) return false
  return routes.some((route) => 'ehrUrl' in route && (route.orgnr === '*' || path.includes(`/${route.orgnr}/`)))
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
