import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { DOCUMENTS } from '../../simulator/ground/documents.ts'
import { gaps, occurrences, readProse, type Span, squeezed } from './prose.fixture.ts'
import { readRequirements } from './requirement.ts'

const HERE = new URL('./', import.meta.url)
const FILES = readdirSync(HERE).filter((file) => file.endsWith('.yaml'))
const textOf = (file: string) => ({ file, text: readFileSync(new URL(file, HERE), 'utf8') })

/** The documents that lie beside the project, by the file that takes them apart; a clone alone has none. */
const SEEDS = new URL('../../../shared/seeds/', import.meta.url)
const ENGLISH: Record<string, string> = {
  'jft-write.yaml': `jft-writeapi-overview-${DOCUMENTS['jft-write'].date}.txt`,
  'jft-read.yaml': `jft-readapi-overview-${DOCUMENTS['jft-read'].date}.txt`,
  'pit.yaml': `pit-overview-${DOCUMENTS['pit-overview'].date}.txt`,
  'pit-helseid.yaml': `pit-helseid-${DOCUMENTS['pit-helseid'].date}.txt`,
  'vkp-reverse-proxy.yaml': `vkp-as-reverse-proxy-${DOCUMENTS['vkp-reverse-proxy'].date}.txt`,
  'vkp-reverse-proxy-older.yaml': 'vkp-as-reverse-proxy-older.txt',
}
const MEMO = { 'memo.yaml': 'decision-memo-modernising-vkp.txt' }
const TEXTS = Object.entries({ ...ENGLISH, ...MEMO })
const SKIPPED = existsSync(SEEDS) ? '' : ' (skipped: ../shared/seeds is not here)'

test('every file of requirements can be read, and no id is given twice', () => {
  const read = readRequirements(FILES.map(textOf))
  expect(read.filter(({ requirements }) => requirements.length === 0)).toEqual([])
})

/** Not every document lies there: of the others only a reader can say whether they are quoted as they are. */
const isThere = ([, seed]: readonly [string, string]) => existsSync(new URL(seed, SEEDS))

describe.skipIf(SKIPPED !== '')(`the documents${SKIPPED}`, () => {
  test.skipIf(TEXTS.every(isThere))('a document that does not lie beside the project is not compared', () => {
    expect(TEXTS.filter((text) => !isThere(text)).map(([file]) => file)).toEqual(['pit.yaml', 'pit-helseid.yaml'])
  })

  test.each(TEXTS.filter(isThere))(
    '%s quotes its document word for word, below the heading that it names',
    (file, seed) => {
      const { misquoted } = compare(file, seed)
      expect(misquoted).toEqual([])
    },
  )

  test.each(Object.entries(ENGLISH).filter(isThere))('%s leaves no sentence of its document out', (file, seed) => {
    const { prose, quoted } = compare(file, seed)
    const words = ({ start, end }: Span) => prose.text.slice(start, end)
    const leftOut = prose.sentences.filter((sentence) => isLeftOut(words(sentence), gaps(sentence, quoted).map(words)))
    expect(leftOut.map(words)).toEqual([])
  })
})

/** Words that only connect may stay unquoted ("In the meantime,"): up to seven in a row, and less than the half. */
function isLeftOut(sentence: string, unquoted: readonly string[]): boolean {
  return unquoted.join('').length > sentence.length / 2 || unquoted.some((part) => squeezed(part).split(' ').length > 7)
}

/** What of a document its file quotes, and which quotes are not in it. */
function compare(file: string, seed: string) {
  const [{ requirements, statements } = { requirements: [], statements: [] }] = readRequirements([textOf(file)])
  const headings = [...new Set(requirements.map(({ section }) => section))]
  const prose = readProse(readFileSync(new URL(seed, SEEDS), 'utf8'), headings)
  const misquoted: string[] = []
  const find = (quote: string, name: string, within?: Span) => {
    const found = occurrences(squeezed(quote), prose.text, within)
    if (found.length === 0) misquoted.push(`${name}: ${quote}`)
    return found
  }
  const required = requirements.flatMap(({ id, quote, section }) => {
    const within = prose.sectionOf(section)
    if (within === undefined) misquoted.push(`${id}: no heading ${section}`)
    return find(quote, id, within)
  })
  const stated = statements.flatMap(({ quote }) => find(quote, 'statement'))
  return { prose, misquoted, quoted: [...required, ...stated] }
}
