/** A part of a text: offsets of UTF-16 code units, the end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}
