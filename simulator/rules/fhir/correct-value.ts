import type { SourceNode } from './lenient-nodes.ts'
import { saysMore } from './lenient-time.ts'

/** What became of a literal that VKP writes otherwise. */
export type LiteralChange = 'trim' | 'retype' | 'rewrite' | 'change-value'

/**
 * What VKP does to a literal: `sent` is its text in the JSON, `token` what is forwarded. The value is changed where a number
 * is another number, or a time another time.
 */
export function literalChange(node: SourceNode, sent: string, token: string, typeName: string): LiteralChange {
  const isText = node.kind === 'string'
  const toText = token.startsWith('"')
  if (isText && toText) return textChange(node, sent, token, typeName)
  if (node.kind === 'boolean' || token === 'true' || token === 'false') return 'retype'
  const before = isText ? node.text.trim() : sent
  const after = toText ? String(JSON.parse(token)) : token
  if (!isSameNumber(before, after)) return 'change-value'
  if (isText || toText) return 'retype'
  return typeName !== 'decimal' && /^-?\d+[.eE]/.test(sent) ? 'retype' : 'rewrite'
}

function textChange({ text }: SourceNode, sent: string, token: string, typeName: string): LiteralChange {
  if (/\\u[dD][89a-fA-F]/.test(sent) && parsed(sent) !== text) return 'change-value'
  const written = String(JSON.parse(token))
  if (typeName === 'instant' && text.trim() !== written)
    return saysMore(text.trim(), written) ? 'change-value' : 'rewrite'
  if (typeName === 'base64Binary' && text.replace(/\s/g, '') !== written) return 'rewrite'
  return 'trim'
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}

/** A decimal number taken apart: its digits without zeros around them, and where the point is before the first of them. */
interface Digits {
  readonly isNegative: boolean
  readonly digits: string
  readonly point: number
}

/** Whether two numbers are the same in mathematics, however they are written. Linear in their length. */
export function isSameNumber(one: string, other: string): boolean {
  const [left, right] = [digitsOf(one), digitsOf(other)]
  if (left === undefined || right === undefined) return one === other
  if (left.digits === '' || right.digits === '') return left.digits === right.digits
  return left.digits === right.digits && left.point === right.point && left.isNegative === right.isNegative
}

const NUMBER = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d*))?\0*$/
const HEX = /^0[xX][\da-fA-F]{1,16}$/

function digitsOf(text: string): Digits | undefined {
  if (HEX.test(text)) return digitsOf(BigInt.asIntN(64, BigInt(text)).toString())
  const [whole, sign, before = '', after = '', exponent = '0'] = NUMBER.exec(text) ?? []
  if (whole === undefined) return undefined
  const all = before + after
  const trimmed = all.replace(/^0+/, '')
  const point = before.length - (all.length - trimmed.length) + (Number(exponent) || 0)
  return { isNegative: sign === '-', digits: withoutZerosAtEnd(trimmed), point }
}

function withoutZerosAtEnd(digits: string): string {
  let end = digits.length
  while (end > 0 && digits.charAt(end - 1) === '0') end--
  return digits.slice(0, end)
}
