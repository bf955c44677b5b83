import type { Origins } from '../../../ground/origins.ts'
import type { RecordedOutcome } from './schema.ts'

/** What in a replay has another name than in the file, because nothing fixed it. */
export interface Aliases {
  /** A text of the file with the names of the replay. */
  translate(text: string): string
  /** Learns from an exchange and its replay, which names answer to which. */
  learn(recorded: RecordedOutcome, found: RecordedOutcome): void
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g
const CURSOR = /(?<=[?&]cursor=)[^"&\\\s]+/g

/** `ids`: identifiers are random. `cursors`: their content is not the same, since ids or times are not. */
export function createAliases(not: { readonly ids: boolean; readonly cursors: boolean }): Aliases {
  const names = new Map<string, string>()
  const pair = (pattern: RegExp, from: string, to: string) => {
    const replacements = to.match(pattern) ?? []
    for (const [index, name] of (from.match(pattern) ?? []).entries()) {
      const other = replacements[index]
      if (other !== undefined && !names.has(name)) names.set(name, other)
    }
  }
  const known = (found: string) => names.get(found) ?? found
  return {
    translate: (text) => (names.size === 0 ? text : text.replace(UUID, known).replace(CURSOR, known)),
    learn(recorded, found) {
      if (not.ids) pair(UUID, madeBy(recorded), madeBy(found))
      if (not.cursors) pair(CURSOR, recorded.response.body?.text ?? '', found.response.body?.text ?? '')
    },
  }
}

/** Where an answer names what was made. */
function madeBy({ event = '', response: { headers } }: RecordedOutcome): string {
  const location = headers.find(([name]) => name === 'location')?.[1] ?? ''
  return `${event} ${location}`
}

/** A text without the base URLs of either simulator. */
export function withoutBases(text: string, ...tables: readonly Origins[]): string {
  const bases = tables.flatMap((origins) => Object.entries(origins)).sort(([, a], [, b]) => b.length - a.length)
  return bases.reduce((rest, [surface, base]) => rest.replaceAll(base, `{${surface}}`), text)
}
