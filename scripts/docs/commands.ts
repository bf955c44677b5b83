import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inRoot } from '../paths.mjs'

/** A command of a page, with what the page says that it prints. */
export interface Shown {
  readonly page: string
  readonly command: string
  /** Lines; `…` alone stands for any lines, and within a line for any text. None: nothing is said. */
  readonly output: readonly string[]
}

const BLOCK = /^( *)```\n([\s\S]*?)^ *```$/gm

/** The pages that are kept true: README and those of `docs/`. */
export function pages(): string[] {
  const docs = readdirSync(inRoot('docs')).filter((file) => file.endsWith('.md'))
  return ['README.md', ...docs.map((file) => join('docs', file))]
}

/** The commands that a page shows: in its code blocks, a line that begins with `$ `. */
export function commandsOf(page: string): Shown[] {
  const blocks = readFileSync(inRoot(page), 'utf8').matchAll(BLOCK)
  return [...blocks].flatMap(([, indent = '', text = '']) => {
    const lines = text.trimEnd().split('\n')
    return shown(
      page,
      lines.map((line) => line.slice(indent.length)),
    )
  })
}

function shown(page: string, lines: readonly string[]): Shown[] {
  const starts = lines.flatMap((line, index) => (line.startsWith('$ ') ? [index] : []))
  return starts.map((start, index) => ({
    page,
    command: lines[start]?.slice(2) ?? '',
    output: lines.slice(start + 1, starts[index + 1] ?? lines.length),
  }))
}

/** The first line of what is shown that was not printed; `undefined` where all was. */
export function firstMissing(output: readonly string[], printed: readonly string[]): string | undefined {
  let at = 0
  let mayFollowLater = false
  for (const line of output) {
    if (line === '…') {
      mayFollowLater = true
      continue
    }
    const found = printed.findIndex((one, index) => index >= at && isLike(line, one))
    if (found < 0 || (found > at && !mayFollowLater)) return line
    at = found + 1
    mayFollowLater = false
  }
  const isWhole = output.length === 0 || mayFollowLater || printed.slice(at).every((line) => line === '')
  return isWhole ? undefined : `nothing after ${output.at(-1)}, but there is: ${printed[at]}`
}

function isLike(shown: string, printed: string): boolean {
  const [first = '', ...rest] = settled(shown).split('…')
  const text = settled(printed)
  if (rest.length === 0) return first === text
  const last = rest.pop() ?? ''
  let at = first.length
  for (const part of rest) {
    at = text.indexOf(part, at)
    if (at < 0) return false
    at += part.length
  }
  return text.startsWith(first) && text.endsWith(last) && text.length - last.length >= at
}

/** Without what is another each time: ids and durations. */
function settled(line: string): string {
  return line
    .replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\bx\d+\b/g, 'xN')
    .replace(/(verify-[a-z-]+)-[0-9a-f]{8}\b/g, '$1-ID')
    .replace(/\b\d+(?:\.\d+)? (ms|s)\b/g, 'N $1')
    .trimEnd()
}
