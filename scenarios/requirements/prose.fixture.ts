/** A document as tests look at it: its text with single spaces, and where its sentences and sections are in it. */
export interface Prose {
  readonly text: string
  readonly sentences: readonly Span[]
  /** From the line that is the heading, or begins with it, to the next of the headings; undefined where there is none. */
  readonly sectionOf: (heading: string) => Span | undefined
}

/** Offsets into the text; `end` is not part of it. */
export interface Span {
  readonly start: number
  readonly end: number
}

const LIST_MARK = /^(?:•|-|\d\.) /
/** A full stop ends a sentence where an upper-case letter follows: "i.e. per" goes on. */
const SENTENCE = /.+?(?:[.!?](?= \p{Lu})|$)/gu

/** The words of a text with single spaces between. */
export const squeezed = (text: string) => text.split(/\s+/).filter(Boolean).join(' ')

/**
 * Takes a document apart: a line is a paragraph, a list item, a row, or a line of an example. Lines without words and
 * lines that are one of the headings have no sentences.
 */
export function readProse(source: string, headings: readonly string[]): Prose {
  const lines = linesOf(source)
  const text = lines.map(({ words }) => words).join(' ')
  const starts = headings.map((heading) => lineOf(heading, lines)).sort((a, b) => a - b)
  const sentences = lines
    .filter(({ words }) => !headings.includes(words) && /[\p{L}\d]/u.test(words))
    .flatMap(sentencesOf)
  const sectionOf = (heading: string) => {
    const start = lineOf(heading, lines)
    return start < 0 ? undefined : { start, end: starts.find((other) => other > start) ?? text.length }
  }
  return { text, sentences, sectionOf }
}

/** Where some words stand within a span of the text. */
export function occurrences(
  words: string,
  text: string,
  { start, end }: Span = { start: 0, end: text.length },
): Span[] {
  const found: Span[] = []
  for (let at = text.indexOf(words, start); at >= 0 && at + words.length <= end; at = text.indexOf(words, at + 1))
    found.push({ start: at, end: at + words.length })
  return found
}

/** The parts of a span that no other span covers. */
export function gaps({ start, end }: Span, others: readonly Span[]): Span[] {
  const found: Span[] = []
  let from = start
  for (const other of [...others, { start: end, end }].sort((a, b) => a.start - b.start)) {
    const to = Math.min(other.start, end)
    if (to > from) found.push({ start: from, end: to })
    from = Math.max(from, other.end)
  }
  return found
}

interface Line {
  readonly words: string
  readonly start: number
}

function linesOf(source: string): Line[] {
  let start = 0
  return source
    .split('\n')
    .map(squeezed)
    .filter(Boolean)
    .map((words) => {
      const line = { words, start }
      start += words.length + 1
      return line
    })
}

/** -1 where no line is or begins with the heading. */
function lineOf(heading: string, lines: readonly Line[]): number {
  const line = lines.find(({ words }) => words === heading) ?? lines.find(({ words }) => words.startsWith(heading))
  return line?.start ?? -1
}

function sentencesOf({ words, start }: Line): Span[] {
  const mark = LIST_MARK.exec(words)?.[0].length ?? 0
  return [...words.slice(mark).matchAll(SENTENCE)].map(({ 0: sentence, index }) => {
    const begin = start + mark + index + (sentence.length - sentence.trimStart().length)
    return { start: begin, end: begin + sentence.trim().length }
  })
}
