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
if (!hasRecordings) console.log(`Skipped: there are no recorded verdicts at ${RECORDINGS}.`)

/** The recorded message, without the name of the exception. */
const messageOf = ({ lenient5 }: Recorded): string => (lenient5 === 'ok' ? 'ok' : lenient5.replace(/^\w+: /, ''))

/** As a StreamReader decodes: a byte order mark goes, what is not UTF-8 becomes U+FFFD. */
const textOf = ({ text, file }: Recorded): string =>
  text ?? new TextDecoder().decode(readFileSync(join(SHARED, file ?? '')))

function compare(name: string): { readonly different: readonly string[]; readonly counts: Figures } {
  const lines = gunzipSync(readFileSync(join(RECORDINGS, `${name}.ndjson.gz`))).toString().trimEnd().split('\n')
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
  console.log(`${name}: ${shown.join(', ')}`)
  return { different, counts: same }
}

function compareOne(recorded: Recorded): readonly (readonly [keyof Figures, boolean])[] {
  const text = textOf(recorded)
  const message = validateLenient(text).issues[0]?.message ?? 'ok'
  const wanted = messageOf(recorded)
  const parts: (readonly [keyof Figures, boolean])[] = [['verdicts', (message === 'ok') === (wanted === 'ok')]]
  if (wanted !== 'ok') parts.push(['messages', message === wanted])
  if (recorded.written5 !== undefined) parts.push(['texts', correct(text).text === recorded.written5])
  return parts
}

describe.skipIf(!hasRecordings)('says and forwards what the real parser does', () => {
  test.each([
    ['one-place', { verdicts: 1448, messages: 446, texts: 551 }],
    ['literals', { verdicts: 3139, messages: 1506, texts: 1467 }],
    ['syntax', { verdicts: 1278, messages: 466, texts: 203 }],
    ['mutations', { verdicts: 7995, messages: 2220, texts: 4169 }],
    ['files', { verdicts: 1376, messages: 14, texts: 0 }],
  ])('%s', { timeout: 120_000 }, (name, figures) => {
    expect(compare(name).counts).toEqual(figures)
  })
})
