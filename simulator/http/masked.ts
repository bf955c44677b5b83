import { maskText } from '../ground/text/mask/mask.ts'
import type { Issue } from '../rules/issue.ts'
import { maskedAt } from '../rules/masked.ts'
import type { Answer } from './answer.ts'

/** The header that says where an event was masked: JSON Pointers, percent-encoded where they are not plain ASCII. */
const HEADER = 'jftsim-masked'

/** Room for pointers in a header. */
const LONGEST = 2_000

/** The header for what was warned of. */
export function maskedHeader(warnings: readonly Issue[]): Record<string, string> {
  const pointers = warnings.flatMap(({ rule, pointer }) =>
    rule === 'identity-number-masked' && pointer !== undefined ? [encoded(pointer)] : [],
  )
  if (pointers.length === 0) return {}
  const text = pointers.join(', ')
  return { [HEADER]: text.length <= LONGEST ? text : `${text.slice(0, text.lastIndexOf(',', LONGEST))}, ...` }
}

/** The same warnings for who handed the event on, and got this answer. */
export function maskedBehind(answer: Response): readonly Issue[] {
  const pointers =
    answer.headers
      .get(HEADER)
      ?.split(', ')
      .filter((pointer) => pointer !== '...') ?? []
  return maskedAt(pointers.map(decodeURIComponent))
}

function encoded(pointer: string): string {
  // A lone surrogate has no UTF-8.
  const wellFormed = pointer.replace(/\p{Surrogate}/gu, '\ufffd')
  return wellFormed.replace(/[^\x21-\x7e]+|[%,]/g, encodeURIComponent)
}

/** The answer with its body masked: text in any form, and bytes that are text. What is streamed masks itself, and a page is made of masked texts. */
export function maskAnswer(answer: Answer): Answer {
  const { body, isMasked } = answer
  if (isMasked || body === undefined || body instanceof ReadableStream) return answer
  const text = typeof body === 'string' ? body : readable(body)
  const masked = text === undefined ? undefined : maskText(text)
  return masked === undefined || masked === text ? answer : { ...answer, body: masked }
}

function readable(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}
