import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { correct } from './correct.ts'
import { validateLenient } from './lenient.ts'

/*
 * What the real parser from before System.Text.Json said of each recorded input (Firely .NET SDK 5.10.4, permissive), and
 * the text that its serialiser wrote for it, against what we say. Everything is compared; what differs on purpose is listed.
 */

const SHARED = join(import.meta.dirname, '../../../../shared')
const RECORDINGS = join(SHARED, 'corpora/firely')

interface Recorded {
  readonly id: string
  readonly text?: string
  readonly file?: string
  readonly lenient5: string
  readonly written5?: string
}

interface Figures {
  verdicts: number
  messages: number
  texts: number
}

const hasRecordings = existsSync(RECORDINGS)
if (!hasRecordings) process.stdout.write('Skipped: ../shared/corpora/firely is not here\n')

/** The recorded message, without the name of the exception. */
const messageOf = ({ lenient5 }: Recorded): string => lenient5.replace(/^\w+: /, '')

/** As a StreamReader decodes: by the byte order mark, which goes; what is not UTF-8 becomes U+FFFD. */
function textOf({ text, file = '' }: Recorded): string {
  if (text !== undefined) return text
  const bytes = readFileSync(join(SHARED, file))
  return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes)
}

function compare(name: string): { readonly different: readonly string[]; readonly counts: Figures } {
  const lines = gunzipSync(readFileSync(join(RECORDINGS, `${name}.ndjson.gz`)))
    .toString()
    .trimEnd()
    .split('\n')
  const different: string[] = []
  const same: Figures = { verdicts: 0, messages: 0, texts: 0 }
  const all: Figures = { verdicts: 0, messages: 0, texts: 0 }
  for (const line of lines) {
    const recorded: Recorded = JSON.parse(line)
    const parts = compareOne(recorded)
    for (const [part, isSame] of parts) {
      all[part]++
      if (isSame) same[part]++
      else different.push(`${recorded.id} ${part}`)
    }
  }
  const shown = Object.entries(all).map(([part, count]) => `${part} ${same[part as keyof Figures]} of ${count}`)
  process.stdout.write(`${name}: ${shown.join(', ')}\n`)
  return { different, counts: same }
}

/** Long messages were cut when they were recorded. */
function isSame(message: string, recorded: string): boolean {
  return recorded.endsWith('…') ? message.startsWith(recorded.slice(0, -1)) : message === recorded
}

function compareOne(recorded: Recorded): readonly (readonly [keyof Figures, boolean])[] {
  const text = textOf(recorded)
  const message = validateLenient(text).issues[0]?.message ?? 'ok'
  const wanted = messageOf(recorded)
  const parts: (readonly [keyof Figures, boolean])[] = [['verdicts', (message === 'ok') === (wanted === 'ok')]]
  if (wanted !== 'ok') parts.push(['messages', isSame(message, wanted)])
  if (recorded.written5 !== undefined) parts.push(['texts', correct(text).text === recorded.written5])
  return parts
}

describe.skipIf(!hasRecordings)('says and forwards what the real parser does', () => {
  test.each([
    ['one-place', { verdicts: 1452, messages: 602, texts: 850 }],
    ['literals', { verdicts: 3144, messages: 1611, texts: 1533 }],
    ['syntax', { verdicts: 1294, messages: 1074, texts: 220 }],
    ['mutations', { verdicts: 8000, messages: 3198, texts: 4802 }],
    ['files', { verdicts: 1382, messages: 54, texts: 0 }],
  ] as const)('%s', (name, figures) => {
    expect(compare(name)).toEqual({ different: [], counts: figures })
  })
})
