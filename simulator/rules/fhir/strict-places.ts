import type { LibraryPlace } from './finding.ts'

/** A place as the library says it: lines and positions from 1, positions in bytes of UTF-8. */
export interface LineAndPosition {
  readonly line: number
  readonly position: number
}

const STEP = 4096

/** Tells places in a text the way the library does; lines end with LF. Counts the text once, when first asked. */
export class Places {
  private readonly text: string
  private lineStarts: number[] | undefined
  /** Bytes before every `STEP`th character; undefined where each is one byte. */
  private bytes: number[] | undefined
  /** The last offset that was asked for: what is found is mostly found further on. */
  private last = { offset: 0, bytes: 0 }
  /** The start of the last line that was asked for. */
  private line = { offset: 0, bytes: 0 }

  constructor(text: string) {
    this.text = text
  }

  /** The line of an offset, and the bytes before it in that line. */
  of({ offset, back }: LibraryPlace): LineAndPosition {
    this.lineStarts ??= this.count()
    let line = 0
    let above = this.lineStarts.length
    while (above - line > 1) {
      const middle = (line + above) >> 1
      if ((this.lineStarts[middle] ?? 0) <= offset) line = middle
      else above = middle
    }
    const start = this.lineStarts[line] ?? 0
    return { line: line + 1, position: this.bytesBefore(offset) - this.bytesBeforeLine(start) + 1 - back }
  }

  /** The message of an exception of SDK 5, with its place. */
  diagnostics5(message: string, place: LibraryPlace): string {
    const { line, position } = this.of(place)
    return `${message} At ${place.path === '' ? '' : `${place.path}, `}line ${line}, position ${position}`
  }

  private count(): number[] {
    const { text } = this
    const starts = [0]
    for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1)
    if (/[\u0080-\uffff]/.test(text)) this.bytes = [0]
    return starts
  }

  private bytesBeforeLine(start: number): number {
    if (this.line.offset !== start) this.line = { offset: start, bytes: this.bytesBefore(start) }
    return this.line.bytes
  }

  private bytesBefore(offset: number): number {
    const { bytes, text } = this
    if (bytes === undefined) return offset
    if (offset < this.last.offset || offset - this.last.offset > STEP) this.last = this.stepBefore(bytes, offset)
    const { last } = this
    this.last = { offset, bytes: last.bytes + utf8Length(text, last.offset, offset) }
    return this.last.bytes
  }

  private stepBefore(bytes: number[], offset: number): { readonly offset: number; readonly bytes: number } {
    const { text } = this
    const step = Math.floor(offset / STEP)
    for (let at = bytes.length; at <= step; at++) {
      bytes.push((bytes[at - 1] ?? 0) + utf8Length(text, (at - 1) * STEP, at * STEP))
    }
    return { offset: step * STEP, bytes: bytes[step] ?? 0 }
  }
}

/** Bytes of UTF-8 that the characters from one offset to another take; half of a pair counts as two. */
function utf8Length(text: string, start: number, end: number): number {
  let length = end - start
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    length += code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 1 : 2
  }
  return length
}
