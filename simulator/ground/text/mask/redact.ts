import { remembered } from '../../remembered.ts'
import { cutKeys, REMOVED } from './keys.ts'
import { maskNumber, maskText } from './mask.ts'
import { cutNamed } from './named-secrets.ts'
import { isSecretName } from './secret-names.ts'
import { cutTokens, isToken } from './tokens.ts'

/** Tokens in tokens in tokens. */
const DEPTH = 3

/**
 * A text as it may be kept and shown: identity numbers of the real series masked, and what is secret cut out, by where it
 * stands (a header, a parameter or a member of a secret name) and by what it is (a key; the signature of a token).
 */
export function redact(text: string): string {
  return redactedAt(text, DEPTH)
}

function redactedAt(text: string, depth: number): string {
  return text === '' ? text : maskText(withoutSecrets(text, depth))
}

/** The same for a text that may show identity numbers, such as the file of the one who has it. */
function withoutSecrets(text: string, depth: number): string {
  const inner = depth === 0 ? () => REMOVED : (part: string) => redactedAt(part, depth - 1)
  const cutters = {
    header: (name: string, value: string) => headerAt(name, value, depth),
    secret: (value: string) => secretOf(value, inner),
  }
  return cutTokens(cutNamed(cutKeys(text), cutters), inner)
}

/** Of a token what can be read and not be used, of anything else nothing. */
function secretOf(value: string, inner: (part: string) => string): string {
  return isToken(value) ? cutTokens(value, inner) : REMOVED
}

/** The value of a header as it may be kept and shown. */
export function redactHeader(name: string, value: string): string {
  return headerAt(name.toLowerCase(), value, DEPTH)
}

function headerAt(name: string, value: string, depth: number): string {
  const inner = depth === 0 ? () => REMOVED : (part: string) => redactedAt(part, depth - 1)
  const lower = name.toLowerCase()
  if (value === '') return value
  if (/^(?:proxy-)?authorization$/.test(lower)) return credentials(value, inner)
  if (lower === 'cookie') return value.replace(/([^=;\s]+=)?[^;]+/g, (_, named: string = '') => named + REMOVED)
  if (lower === 'set-cookie') return value.replace(/^([^=;]*=)?[^;]*/, (_, named: string = '') => named + REMOVED)
  return isSecretName(lower) ? secretOf(value, inner) : redactedAt(value, depth)
}

/** The scheme, and of a token what can be read (RFC 9110, section 11.4). */
function credentials(value: string, inner: (part: string) => string): string {
  const [, scheme = '', secret = ''] = /^\s*(?:([A-Za-z][\w-]{0,30})\s+)?(\S.*)$/s.exec(value) ?? []
  const before = scheme === '' ? '' : `${scheme} `
  return secret === '' ? value : before + secretOf(secret.trim(), inner)
}

/** Every text in a value of JSON as it may be kept and shown; names too. */
export function redactValue<T>(value: T): T {
  return new Redactor().value(value)
}

/** Redacts values that have much in common: what comes again is not looked at again. */
export class Redactor {
  private readonly texts = new Map<string, string>()
  private readonly names = new Map<string, boolean>()

  /** Every text in a value of JSON as it may be kept and shown; names too. */
  value<T>(value: T): T {
    return this.redacted(value, '') as T
  }

  private redacted(value: unknown, name: string): unknown {
    if (typeof value === 'string') return this.isSecret(name) ? secretOf(value, redact) : this.text(value)
    if (typeof value === 'number') return maskNumber(value)
    if (Array.isArray(value)) return this.items(value, name)
    return typeof value === 'object' && value !== null
      ? this.members(value as Readonly<Record<string, unknown>>)
      : value
  }

  /** The same list where nothing of it is redacted: of most values that is nothing. */
  private items(list: readonly unknown[], name: string): readonly unknown[] {
    const redacted = list.map((item) => this.redacted(item, name))
    return redacted.every((item, index) => Object.is(item, list[index])) ? list : redacted
  }

  private members(value: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
    const names = Object.keys(value)
    let isSame = true
    const redacted = names.map((name) => {
      const member = this.redacted(value[name], name)
      isSame &&= Object.is(member, value[name]) && this.text(name) === name
      return member
    })
    return isSame ? value : Object.fromEntries(names.map((name, index) => [this.text(name), redacted[index]]))
  }

  private text(text: string): string {
    return remembered(this.texts, text, redact)
  }

  private isSecret(name: string): boolean {
    return name !== '' && remembered(this.names, name, isSecretName)
  }
}
