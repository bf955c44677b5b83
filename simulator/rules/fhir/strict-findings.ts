import type { FindingFacts, FindingRule, FormatFinding, LibraryPlace, Wording } from './finding.ts'
import type { Spelled } from './path.ts'
import { TOKEN, type TokenReader } from './strict-tokens.ts'

/** The library throws where it should report: an exception of .NET, not a finding. */
export class LibraryThrows extends Error {
  /** `Type: message`, as .NET prints it. */
  readonly exception: string
  /** What it throws at: the innermost property, as soon as somebody says it. */
  here: Here | undefined

  constructor(type: string, message: string) {
    super(`${type}: ${message}`)
    this.exception = this.message
  }
}

/** What was thrown in a step of reading; what the library throws has a place then, if it had none. */
export function thrownAt(here: Here, error: unknown): unknown {
  if (error instanceof LibraryThrows) error.here ??= here
  return error
}

/** Where something was found: the element by our path, and the token that is meant. */
export class Here {
  /** Index of the token. */
  readonly token: number
  private readonly place: Spelled

  constructor(place: Spelled, token: number) {
    this.place = place
    this.token = token
  }

  get expression(): string {
    return this.place.expression()
  }

  get pointer(): string {
    return this.place.pointer()
  }

  /** The same element, by another token. */
  by(token: number): Here {
    return new Here(this.place, token)
  }
}

/** What a reader has found, in order, up to a limit; beyond it findings are counted only. */
export class Findings {
  readonly list: FormatFinding[] = []
  /** All that were found. */
  count = 0
  private readonly limit: number
  private readonly reader: TokenReader

  constructor(reader: TokenReader, limit: number) {
    this.reader = reader
    this.limit = limit
  }

  /** Whether what is found from now on is counted only. */
  isFull(): boolean {
    return this.list.length >= this.limit
  }

  add(rule: FindingRule, wording: Wording, library: LibraryPlace, here: Here, facts: FindingFacts = {}): void {
    this.count++
    if (this.isFull()) return
    const { expression, pointer, token } = here
    const { code, severity, type, display, message } = wording
    const words = { code, severity, type, display, message }
    this.list.push({ rule, ...words, library, expression, pointer, offset: this.reader.start(token), facts })
  }
}

/** The value that begins at a token, the present one by default, by its type and size: it may be an identity number. */
export function foundAt(reader: TokenReader, token = reader.index): string {
  switch (reader.kind(token)) {
    case TOKEN.Null:
      return 'null'
    case TOKEN.StartArray:
      return `array of ${reader.countItems(token)}`
    case TOKEN.String:
      return `string of ${reader.lengthOfString(token)} characters`
    case TOKEN.Number:
      return 'number'
    case TOKEN.True:
    case TOKEN.False:
      return 'boolean'
    default:
      return 'object'
  }
}
