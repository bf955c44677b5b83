import { pointerToken } from '../json-pointer.ts'
import type { Span } from './span.ts'

/** The string or bare word of a JSON text that a span lies in. */
export interface JsonPlace extends Span {
  /** JSON Pointer (RFC 6901) of the value; of a name, that of its value. */
  readonly pointer: string
  readonly kind: 'string' | 'name' | 'bare'
}

interface Level {
  readonly isObject: boolean
  key: string
  index: number
  expectsName: boolean
}

const WORD = /[^\s"{}[\],:]+/y

/**
 * Finds the places of spans, which are in their order, in one pass. A text that is not JSON is read as far as it looks like it;
 * a span that lies in no single string or word has no place.
 */
export function placesIn(text: string, spans: readonly Span[]): readonly (JsonPlace | undefined)[] {
  const places = spans.map((): JsonPlace | undefined => undefined)
  let next = 0
  const see = (start: number, end: number, kind: JsonPlace['kind'], pointer: () => string) => {
    while (next < spans.length && (spans[next]?.start ?? 0) < start) next += 1
    for (; next < spans.length && (spans[next]?.start ?? 0) < end; next += 1) {
      if ((spans[next]?.end ?? 0) <= end) places[next] = { start, end, kind, pointer: pointer() }
    }
  }
  readTokens(text, see)
  return places
}

type See = (start: number, end: number, kind: JsonPlace['kind'], pointer: () => string) => void

function readTokens(text: string, see: See): void {
  const levels: Level[] = []
  const pointer = () => levels.map(({ isObject, key, index }) => `/${isObject ? tokenOf(key) : index}`).join('')
  for (let at = 0; at < text.length; ) {
    const top = levels.at(-1)
    const character = text[at] ?? ''
    if (character === '"') {
      const end = endOfString(text, at)
      const isName = top?.isObject === true && top.expectsName
      if (isName) top.key = text.slice(at + 1, end - 1)
      see(at, end, isName ? 'name' : 'string', pointer)
      at = end
      continue
    }
    if (character === '{' || character === '[')
      levels.push({ isObject: character === '{', key: '', index: 0, expectsName: character === '{' })
    else if (character === '}' || character === ']') levels.pop()
    else if (character === ':' && top) top.expectsName = false
    else if (character === ',' && top) Object.assign(top, { index: top.index + 1, expectsName: top.isObject })
    else {
      WORD.lastIndex = at
      const word = WORD.exec(text)?.[0] ?? ''
      if (word !== '') see(at, at + word.length, 'bare', pointer)
      at += Math.max(word.length, 1)
      continue
    }
    at += 1
  }
}

/** The offset after the string that begins at `start`; of one that does not end, the end of the text. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (code === 0x5c) at += 1
    else if (code === 0x22) return at + 1
  }
  return text.length
}

function tokenOf(raw: string): string {
  return pointerToken(unescaped(raw))
}

function unescaped(raw: string): string {
  try {
    return raw.includes('\\') ? String(JSON.parse(`"${raw}"`)) : raw
  } catch {
    return raw
  }
}
