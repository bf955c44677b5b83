import type { Edit } from '../json/edits.ts'
import type { AdviceKey } from './advice.ts'

/** What keeps a text from being JSON, and the edit that mends it without touching any value. */
export interface Repair extends Edit {
  readonly kind: Extract<AdviceKey, 'json' | `json-${string}`>
}

/** All repairs of a text; `stop` is where somebody has to look: what is wrong there, and the offset. */
export interface Repairs {
  readonly repairs: readonly Repair[]
  readonly stop?: { readonly kind: Repair['kind']; readonly offset: number }
}

/**
 * Reads a text that is not JSON (RFC 8259) as its writer meant it: comments, commas too many or too few, names and texts in
 * other quotes, dates without any, words of other languages, numbers without a digit before or behind the point, characters
 * that need an escape. Never throws; linear in the text.
 */
export function repairJson(text: string, maxDepth: number): Repairs {
  const reader = new TolerantReader(text, maxDepth)
  try {
    reader.document()
    return { repairs: inOrder(reader.repairs) }
  } catch (error) {
    if (error instanceof Stop)
      return { repairs: inOrder(reader.repairs), stop: { kind: error.kind, offset: error.offset } }
    throw error
  }
}

const inOrder = (repairs: readonly Repair[]): readonly Repair[] =>
  [...repairs].sort((one, other) => one.start - other.start || one.end - other.end)

class Stop extends Error {
  readonly kind: Repair['kind']
  readonly offset: number

  constructor(kind: Repair['kind'], offset: number) {
    super(kind)
    this.kind = kind
    this.offset = offset
  }
}

const NAME = /[\p{L}_$][\p{L}\p{N}_$-]*/uy
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LOOSE_NUMBER = /([+-]?)([0-9]*)(?:(\.)([0-9]*))?((?:[eE][+-]?[0-9]+)?)/y
/** A date or a time that lost its quotes. */
const BARE_TIME =
  /[0-9]{4}-[0-9]{2}(?:-[0-9]{2}(?:T[0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,9})?)?(?:Z|[+-][0-9]{2}:[0-9]{2})?)?)?(?![\w.:+-])/y
const WORDS: ReadonlyMap<string, string> = new Map([
  ['True', 'true'],
  ['TRUE', 'true'],
  ['False', 'false'],
  ['FALSE', 'false'],
  ['None', 'null'],
  ['Null', 'null'],
  ['NULL', 'null'],
])
const CONTROL: ReadonlyMap<string, string> = new Map([
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\b', '\\b'],
  ['\f', '\\f'],
])

class TolerantReader {
  readonly repairs: Repair[] = []
  private at = 0
  private depth = 0
  private readonly text: string
  private readonly maxDepth: number

  constructor(text: string, maxDepth: number) {
    this.text = text
    this.maxDepth = maxDepth
  }

  document(): void {
    this.space()
    if (this.isAtEnd()) this.stop('json-empty')
    this.value()
    this.space()
    if (!this.isAtEnd()) this.stop('json-after')
  }

  private value(): void {
    const character = this.text[this.at] ?? ''
    if (character === '{') this.nested('}', () => this.member())
    else if (character === '[') this.nested(']', () => this.value())
    else if (character === '"' || character === "'") this.string()
    else if (/[0-9.+-]/.test(character)) this.timeOrNumber()
    else this.word()
  }

  /** The children of an object or array, with one comma between two. */
  private nested(bracket: '}' | ']', child: () => void): void {
    if (++this.depth > this.maxDepth) this.stop('json-deep')
    this.at++
    let lastEnd: number | undefined
    this.space()
    for (let commas = this.commas(); this.text[this.at] !== bracket; commas = this.commas()) {
      if (this.isAtEnd()) this.stop('json-truncated')
      if (this.text[this.at] === '}' || this.text[this.at] === ']') this.stop('json-bracket')
      this.keepComma(commas, lastEnd)
      child()
      lastEnd = this.at
      this.space()
    }
    this.depth--
    this.at++
  }

  /** Skips commas, and notes all but the first of them as too many; the last of a list goes with them. */
  private commas(): readonly number[] {
    const commas: number[] = []
    while (this.text[this.at] === ',') {
      commas.push(this.at++)
      this.space()
    }
    const isLast = this.text[this.at] === '}' || this.text[this.at] === ']'
    for (const comma of isLast ? commas : commas.slice(1)) this.repair('json-comma', comma, comma + 1, '')
    return commas
  }

  /** Between two children is a comma, before the first none. */
  private keepComma(commas: readonly number[], lastEnd: number | undefined): void {
    const [first] = commas
    if (lastEnd !== undefined && first === undefined) this.repair('json-no-comma', lastEnd, lastEnd, ',')
    if (lastEnd === undefined && first !== undefined) this.repair('json-comma', first, first + 1, '')
  }

  private member(): void {
    const character = this.text[this.at]
    if (character === '"' || character === "'") this.string()
    else this.bareName()
    this.space()
    if (this.text[this.at] !== ':') this.stop('json-colon')
    this.at++
    this.space()
    this.value()
  }

  private bareName(): void {
    const start = this.at
    const name = this.match(NAME)
    if (name === undefined) this.stop('json')
    this.at += name.length
    this.repair('json-name', start, this.at, JSON.stringify(name))
  }

  private word(): void {
    const start = this.at
    const word = this.match(NAME)
    if (this.isAtEnd()) this.stop('json-truncated')
    if (word === undefined) this.stop('json')
    if (word === 'NaN' || word === 'Infinity') this.stop('json-number')
    const right = WORDS.get(word)
    this.at += word.length
    if (right !== undefined) this.repair('json-word', start, this.at, right)
    else if (word !== 'true' && word !== 'false' && word !== 'null') throw new Stop('json-bare', start)
  }

  private timeOrNumber(): void {
    const start = this.at
    const time = this.match(BARE_TIME)
    if (time === undefined) {
      this.number()
      return
    }
    this.at += time.length
    this.repair('json-bare', start, this.at, JSON.stringify(time))
  }

  private number(): void {
    const start = this.at
    const strict = this.match(NUMBER) ?? ''
    const [loose = '', sign = '', whole = '', , fraction = '', exponent = ''] = this.matchAll(LOOSE_NUMBER)
    if (/^0[0-9]/.test(whole)) this.stop('json-zeros')
    if (whole === '' && fraction === '') this.stop('json-number')
    this.at += Math.max(strict.length, loose.length)
    if (/[\w.:+-]/.test(this.text[this.at] ?? '')) throw new Stop('json-number', start)
    if (loose.length <= strict.length) return
    const digits = `${whole === '' ? '0' : whole}${fraction === '' ? '' : `.${fraction}`}`
    this.repair('json-digits', start, this.at, `${sign === '-' ? '-' : ''}${digits}${exponent}`)
  }

  private string(): void {
    const start = this.at
    const quote = this.text[start]
    const isSingle = quote === "'"
    if (isSingle) this.repair('json-quotes', start, start + 1, '"')
    this.at++
    for (; this.text[this.at] !== quote; this.at++) {
      if (this.isAtEnd()) throw new Stop('json-truncated', start)
      this.character(isSingle)
    }
    if (isSingle) this.repair('json-quotes', this.at, this.at + 1, '"')
    this.at++
  }

  /** One character of a string; leaves the position on its last unit. */
  private character(isSingle: boolean): void {
    const { at } = this
    const character = this.text[at] ?? ''
    const code = character.charCodeAt(0)
    if (character === '\\') this.escape()
    else if (character === '"' && isSingle) this.repair('json-quotes', at, at + 1, '\\"')
    else if (code < 0x20) {
      const escaped = CONTROL.get(character) ?? `\\u${code.toString(16).padStart(4, '0')}`
      this.repair('json-control', at, at + 1, escaped)
    }
  }

  /** A backslash before a character that has no escape is doubled; one before a single quote goes. */
  private escape(): void {
    const { at } = this
    const next = this.text[at + 1] ?? ''
    if (next === "'") this.repair('json-quotes', at, at + 1, '')
    else if (next === 'u' ? !/^[0-9a-fA-F]{4}$/.test(this.text.slice(at + 2, at + 6)) : !'"\\/bfnrt'.includes(next)) {
      this.repair('json-escape', at, at, '\\')
      return
    }
    this.at++
  }

  /** White space of JSON stays; comments and other white space go. */
  private space(): void {
    for (;;) {
      const character = this.text[this.at] ?? ''
      if (character === '/') this.comment()
      else if (character === '\uFEFF' || (character > '\u007F' && /\s/.test(character))) {
        this.repair('json-space', this.at, ++this.at, '')
      } else if (character === ' ' || character === '\n' || character === '\r' || character === '\t') this.at++
      else return
    }
  }

  private comment(): void {
    const start = this.at
    const isBlock = this.text[start + 1] === '*'
    if (!isBlock && this.text[start + 1] !== '/') this.stop('json')
    const end = this.text.indexOf(isBlock ? '*/' : '\n', start + 2)
    if (end < 0 && isBlock) this.stop('json-truncated')
    this.at = end < 0 ? this.text.length : isBlock ? end + 2 : end - (this.text[end - 1] === '\r' ? 1 : 0)
    this.repair('json-comment', start, this.at, '')
  }

  private isAtEnd(): boolean {
    return this.at >= this.text.length
  }

  private match(pattern: RegExp): string | undefined {
    return this.matchAll(pattern)[0]
  }

  private matchAll(pattern: RegExp): readonly string[] {
    pattern.lastIndex = this.at
    return pattern.exec(this.text) ?? []
  }

  private repair(kind: Repair['kind'], start: number, end: number, text: string): void {
    this.repairs.push({ kind, start, end, text })
  }

  private stop(kind: Repair['kind']): never {
    throw new Stop(kind, this.at)
  }
}
