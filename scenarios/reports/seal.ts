import type { Report } from './report.ts'

/**
 * The report with the SHA-256 of the rest of it, so that nobody changes it unseen: of `JSON.stringify` of all other members,
 * in their order, as UTF-8.
 */
export async function sealed({ sha256: _, ...rest }: Report): Promise<Report & { readonly sha256: string }> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(rest)))
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
  return { ...rest, sha256 }
}
