import { redact } from '../../simulator/ground/text/mask/redact.ts'
import type { Message } from './http.ts'
import type { Values } from './template.ts'

/** Whether a URL is of a host of the target. */
export function isOfTarget(url: string, urls: Readonly<Record<string, string>>): boolean {
  const { origin } = new URL(url)
  return Object.values(urls).some((base) => new URL(base).origin === origin)
}

/** Throws where a message to another host has a secret that the scenario came by: a token, or a key. */
export function keepSecrets({ url, headers, body }: Message, values: Values): void {
  const sent = [url, ...headers.map(([, value]) => value), typeof body === 'string' ? body : ''].join('\n')
  const plain = `${sent}\n${decoded(sent)}`
  if (!secretsIn(values).some((secret) => plain.includes(secret))) return
  throw new Error(`${new URL(url).origin} is not a host of the target, so no token or key is sent there.`)
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

/** Texts that reports would not show as they are. */
function secretsIn(value: unknown): string[] {
  if (typeof value === 'string') return value.length >= 16 && redact(value) !== value ? [value] : []
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(secretsIn)
}
