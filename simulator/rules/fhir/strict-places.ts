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
    return { line: line + 1, position: this.bytesBefore(offset) - this.bytesBefore(start) + 1 - back }
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
    const total = utf8Length(text, 0, text.length)
    if (total !== text.length) this.bytes = [0]
    return starts
  }

  private bytesBefore(offset: number): number {
    const { bytes, text } = this
    if (bytes === undefined) return offset
    const step = Math.floor(offset / STEP)
    for (let at = bytes.length; at <= step; at++) {
      bytes.push((bytes[at - 1] ?? 0) + utf8Length(text, (at - 1) * STEP, at * STEP))
    }
    return (bytes[step] ?? 0) + utf8Length(text, step * STEP, offset)
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
