import { base64url, type CryptoKey } from 'jose'
import type { JwtEdit, TokenEdit } from './pack/step.ts'

type Members = Readonly<Record<string, unknown>>

/** A key that signs, as Web Crypto has it. */
export interface JwtKey {
  readonly privateKey: CryptoKey
  /** RFC 7518 name, for example `ES256`. */
  readonly alg: string
}

/** What a JSON Web Token says. */
export interface JwtParts {
  readonly header: Members
  readonly claims: Members
}

/** Reads a JSON Web Token in compact form; nothing is verified. Throws when it is none. */
export function readJwt(text: string): JwtParts {
  const [header, claims] = text.split('.')
  return { header: membersIn(header), claims: membersIn(claims) }
}

/** What a JSON Web Token claims, whatever its other parts; nothing where it is none. Nothing is verified. */
export function claimsOf(text: string): Members {
  try {
    return membersIn(text.split('.')[1])
  } catch {
    return {}
  }
}

function membersIn(part = ''): Members {
  return JSON.parse(new TextDecoder().decode(base64url.decode(part))) as Members
}

/** A signed JSON Web Token with `edit` applied to it. Its signature stays, and no longer fits, or goes. */
export function alterJwt(text: string, edit: TokenEdit, now: number): string {
  const [, , signature = ''] = text.split('.')
  return `${editedText(readJwt(text), edit, now)}.${edit.signature === 'none' ? '' : signature}`
}

/**
 * A JSON Web Token in compact form, with `edit` applied to it. Signed by hand, since no library signs what is wrong: a
 * header without `alg`, or with another one.
 */
export async function signJwt(parts: JwtParts, key: JwtKey, edit: JwtEdit = {}, now = 0): Promise<string> {
  if (edit.text !== undefined) return edit.text
  const text = editedText(parts, edit, now)
  const signed = edit.signature === 'broken' ? `${text}.` : text
  const signature = await crypto.subtle.sign(parametersOf(key), key.privateKey, new TextEncoder().encode(signed))
  return `${text}.${base64url.encode(new Uint8Array(signature))}`
}

/** What a signature is made over (RFC 7515, section 5.1). */
function editedText({ header, claims }: JwtParts, edit: Pick<JwtEdit, keyof JwtParts>, now: number): string {
  return [edited(header, edit.header, now), edited(claims, edit.claims, now)]
    .map((part) => base64url.encode(JSON.stringify(part)))
    .join('.')
}

/** The members with changes: `null` takes one away, `{ seconds }` is so long from `now` (seconds). */
function edited(members: Members, changes: Members = {}, now: number): Members {
  const all = {
    ...members,
    ...Object.fromEntries(Object.entries(changes).map(([name, value]) => [name, timed(value, now)])),
  }
  return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null))
}

function timed(value: unknown, now: number): unknown {
  const isTime = typeof value === 'object' && value !== null && 'seconds' in value
  return isTime ? now + Number(value.seconds) : value
}

/** What Web Crypto needs besides the key (RFC 7518, sections 3.3 to 3.5). */
function parametersOf({ alg, privateKey }: JwtKey) {
  const bits = Number(alg.slice(2))
  return { name: privateKey.algorithm.name, hash: `SHA-${bits}`, saltLength: bits / 8 }
}
