import type { StrictOptions } from './strict.ts'
import type { TokenReader } from './strict-tokens.ts'
import { isEmpty, isObject, Walker } from './walker.ts'

/** A number of value 1 may be written 1.0, which is not an integer; where there are integers the text has to be looked at. */
const UNPLAIN = /[:[,]\s*-?\d+(?:\.\d+(?:[eE]|\s*[,\]}])|[eE])/
const SURROGATE = /\\u[dD][89a-fA-F]/

/** Whether a string of the text may have half of a surrogate pair, which `JSON.parse` lets pass. */
export function hasSurrogateEscape(text: string): boolean {
  return text.includes('\\u') && SURROGATE.test(text)
}

/** Whether a number of the text has a fraction or an exponent. */
export function hasUnplainNumber(text: string): boolean {
  return UNPLAIN.test(text)
}

/** The objects of a faulty text that are faultless themselves: a reader need not read them token by token. */
export class Faultless {
  /** What `JSON.parse` read of the value that the reader is on; undefined where it is not sure that it is the same. */
  value: unknown
  private readonly faulty: ReadonlySet<unknown>

  private constructor(root: unknown, faulty: ReadonlySet<unknown>) {
    this.value = root
    this.faulty = faulty
  }

  /**
   * Undefined where the text says more than `JSON.parse` reads of it, names that occur twice, halves of surrogate pairs, and where
   * too little of it is faultless.
   */
  static of(
    text: string,
    parsed: { readonly resource: unknown } | undefined,
    { names }: TokenReader,
    { sdk, dotnet, whitespaceOnlyStrings }: StrictOptions,
  ): Faultless | undefined {
    if (parsed === undefined || names === undefined || hasSurrogateEscape(text)) return undefined
    const marks = { faulty: new Set<unknown>(), doubtsIntegers: hasUnplainNumber(text) }
    const walker = new Walker({ sdk, dotnet }, whitespaceOnlyStrings === 'rejected', marks)
    walker.resource(parsed.resource)
    return !walker.isGivenUp && walker.members === names ? new Faultless(parsed.resource, marks.faulty) : undefined
  }

  /** The object that the reader is on, if it is faultless. */
  get object(): Readonly<Record<string, unknown>> | undefined {
    const { value } = this
    if (!isObject(value) || isEmpty(value) || this.faulty.has(value)) return undefined
    return value
  }

  /** Follows the reader into a property of the object `owner`; undefined where R4 has no such name there. */
  enter(owner: unknown, key: string | undefined): void {
    this.value = key === undefined ? undefined : (owner as Readonly<Record<string, unknown>> | undefined)?.[key]
  }

  /** Follows the reader to an item of a list. */
  item(list: unknown, index: number): void {
    this.value = Array.isArray(list) ? list[index] : undefined
  }
}
