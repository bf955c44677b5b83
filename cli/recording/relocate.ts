import type { Target } from '../../scenarios/runner/target.ts'
import type { SurfaceName } from '../../simulator/ground/surfaces.ts'
import { isBelow } from './recording.ts'

/** Base URLs by surface. */
export type TargetUrls = Readonly<Record<string, string>>

/** The URL below the base URL of the same surface elsewhere. One that is below none stays as it is. */
export function moved(url: string, from: TargetUrls, to: TargetUrls): string {
  const name = Object.keys(from).find((one) => isBelow(url, from[one] ?? ''))
  return name === undefined ? url : (to[name] ?? '') + url.slice((from[name] ?? '').length)
}

/** What is no UTF-8 stays byte for byte. */
export function localBody(
  bytes: Uint8Array<ArrayBuffer>,
  surface: SurfaceName,
  target: Target,
  local: TargetUrls,
): Uint8Array<ArrayBuffer> {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    const changed = localText(text, surface, target, local)
    return changed === text ? bytes : new TextEncoder().encode(changed)
  } catch {
    return bytes
  }
}

/**
 * What leads to the upstream leads through the proxy instead. HelseID stays HelseID where no client can be signed for; else
 * its discovery document names the proxy, as a client that checks the issuer wants it.
 */
export function localText(
  text: string,
  surface: SurfaceName,
  { urls: upstream, clients }: Target,
  local: TargetUrls,
): string {
  const ofHelseId = surface === 'helseid'
  if (ofHelseId && Object.keys(clients).length === 0) return text
  return Object.entries(local).reduce((changed, [name, url]) => {
    if ((name === 'helseid') !== ofHelseId) return changed
    const base = upstream[name] ?? ''
    return changed.replaceAll(`${base}/`, `${url}/`).replaceAll(`"${base}"`, `"${url}"`)
  }, text)
}
