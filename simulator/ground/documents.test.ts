import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { textFiles } from '../../cli/citations.ts'
import { requirementFiles } from '../../cli/pack-files.ts'
import { shownSource, sourceFor } from '../rules/catalogue.ts'
import { citedDocument, citeText, DOCUMENTS, type DocumentKey, documentOf } from './documents.ts'
import { SILENT_POINTS } from './settings/assumptions.ts'

const KEYS = Object.keys(DOCUMENTS) as DocumentKey[]

test('a key is in kebab-case, a date is a day, and a title is of one edition only', () => {
  expect(KEYS.filter((key) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(key))).toEqual([])
  const dates = KEYS.map((key) => documentOf(key).date).filter((date) => date !== undefined)
  expect(dates.filter((date) => new Date(`${date}T00:00:00Z`).toISOString().slice(0, 10) !== date)).toEqual([])
  expect(new Set(KEYS.map((key) => documentOf(key).title)).size).toBe(KEYS.length)
})

test('an address is a public URL', () => {
  const addresses = KEYS.map((key) => documentOf(key).address).filter((address) => address !== undefined)
  expect(addresses.filter((address) => !/^https:\/\/[a-z0-9.-]+\.[a-z]+\/\S+$/.test(address))).toEqual([])
})

test('a document is cited by title, section and date', () => {
  expect(citeText('rfc-9449', 'section 6')).toBe('RFC 9449, section 6 (2023-09-01)')
  expect(citeText('rfc-9449')).toBe('RFC 9449 (2023-09-01)')
  expect(citeText('vkp-self-service', 'Selvbetjening')).toBe('portal.test.vkpnorge.no, "Selvbetjening"')
  expect(citedDocument('vkp-memo')).toEqual({ key: 'vkp-memo', source: DOCUMENTS['vkp-memo'].title })
})

test('a setting cites keys of the table', () => {
  const cited = Object.values(SILENT_POINTS).flatMap(({ documents }) => documents)
  expect(cited.filter((key) => !(key in DOCUMENTS))).toEqual([])
})

/** Where an edition's date is a part of what is quoted or shown, not a citation. */
const QUOTED = /Publisert - |^ {4}documented: /

test('the date of an edition stands in the table alone: a new edition is a change of its row', () => {
  const dates = KEYS.filter((key) => documentOf(key).publisher === 'Norsk helsenett').flatMap((key) => {
    const { date } = documentOf(key)
    return date === undefined ? [] : [date, date.split('-').reverse().join('.')]
  })
  const found = textFiles().flatMap(({ file, lines }) =>
    lines
      .filter((line) => !QUOTED.test(line) && dates.some((date) => line.includes(date)))
      .map((line) => `${file}: ${line}`),
  )
  expect(found).toEqual([])
})

test.each(['README.md', 'docs/tour.md'])('%s shows the source that the catalogue has now', (page) => {
  const text = readFileSync(new URL(`../../${page}`, import.meta.url), 'utf8')
  const shown = text.match(/^ {4}documented: .*$/gm)
  expect(shown).toEqual([`    documented: ${shownSource(sourceFor('r4-array-expected', 'jft')).source}`])
})

/** They show what `jftsim check` prints, quotations included: what it is held against is the catalogue. */
const SHOWING = ['README.md', 'docs/tour.md']

test('a quoted sentence stands once', () => {
  const files = requirementFiles()
  const quotes = files.flatMap(({ requirements }) => requirements.map(({ quote }) => quote)).filter(isSentence)
  const texts = textFiles().filter(({ file }) => !file.includes('requirements') && !SHOWING.includes(file))
  const found = texts.flatMap(({ file, lines }) => {
    const text = lines.join(' ').replace(/\s+/g, ' ')
    return quotes.filter((quote) => text.includes(quote.replace(/\s+/g, ' '))).map((quote) => `${file}: ${quote}`)
  })
  expect(found).toEqual([])
})

/** Names and fragments of code can stand anywhere. */
const isSentence = (quote: string) => quote.length > 40 && quote.includes(' ')

test('the generated quotes are not read as prose', () => {
  const generated = readFileSync(new URL('./quotes.generated.ts', import.meta.url), 'utf8')
  expect(generated).toContain('write-nin-test')
  expect(textFiles().map(({ file }) => file)).not.toContain('simulator/ground/quotes.generated.ts')
})
