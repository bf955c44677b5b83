import { unparseCsv, writeWorkbook } from './libraries.ts'
import type { Report, ReportedRequirement } from './report.ts'
import { type Words, wordsOf } from './words.ts'

interface Column {
  /** The same in every language: programs read it. */
  readonly name: string
  readonly title: (words: Words) => string
  readonly value: (row: ReportedRequirement, words: Words) => string
  /** Characters that a spreadsheet shows of it. */
  readonly width: number
}

/** Characters that a cell of a spreadsheet can hold (ECMA-376). */
const CELL = 32_767

/** The matrix of requirements: one row each. */
const COLUMNS: readonly Column[] = [
  { name: 'id', title: () => 'Id', value: ({ id }) => id, width: 30 },
  { name: 'outcome', title: (w) => w.outcome, value: ({ outcome }, w) => w.outcomes[outcome], width: 20 },
  { name: 'level', title: (w) => w.level, value: ({ level = 'must' }, w) => w.levels[level], width: 10 },
  { name: 'certainty', title: (w) => w.certainty, value: certaintyOf, width: 14 },
  { name: 'topic', title: (w) => w.topic, value: ({ topic = '' }) => topic, width: 28 },
  { name: 'quote', title: (w) => w.quote, value: ({ quote }) => quote, width: 70 },
  { name: 'source', title: (w) => w.source, value: ({ source }) => source, width: 50 },
  { name: 'reason', title: (w) => w.reason, value: ({ reason = '' }) => reason, width: 60 },
  { name: 'scenarios', title: (w) => w.shownBy, value: ({ scenarios }) => scenarios.join(' '), width: 40 },
  { name: 'evidence', title: (w) => w.evidence, value: ({ evidence = [] }) => evidence.join('; '), width: 40 },
]

function certaintyOf({ certainty = '' }: ReportedRequirement, { certainties }: Words): string {
  return (certainties as Readonly<Record<string, string>>)[certainty] ?? certainty
}

/** The matrix as CSV (RFC 4180), with a header of names that no language changes; no cell is taken for a formula. */
export function csvOf({ requirements, language }: Report): string {
  const words = wordsOf(language)
  const rows = requirements.map((row) => COLUMNS.map(({ value }) => value(row, words)))
  return `${unparseCsv([COLUMNS.map(({ name }) => name), ...rows], { escapeFormulae: true })}\r\n`
}

/** The matrix as a workbook: its first sheet the requirements, its second what was tested. */
export async function xlsxOf(report: Report): Promise<Uint8Array<ArrayBuffer>> {
  const words = wordsOf(report.language)
  const header = COLUMNS.map(({ title }) => ({ value: title(words), fontWeight: 'bold' as const }))
  const rows = report.requirements.map((row) =>
    COLUMNS.map(({ value }) => ({
      value: value(row, words).slice(0, CELL),
      wrap: true,
      alignVertical: 'top' as const,
    })),
  )
  const about = aboutRows(report, words).map((cells) => cells.map((value) => ({ value, type: String })))
  const blob = await writeWorkbook([
    {
      sheet: words.requirements,
      data: [header, ...rows],
      columns: COLUMNS.map(({ width }) => ({ width })),
      stickyRowsCount: 1,
    },
    { sheet: words.run, data: about, columns: [{ width: 20 }, { width: 90 }] },
  ]).toBlob()
  return new Uint8Array(await blob.arrayBuffer())
}

/** What was tested, when, and by whom. */
export function aboutRows(
  { about = {}, target, version, seed, started, tested, sha256 }: Report,
  words: Words,
): string[][] {
  const named = Object.entries(about).map(([key, value]) => [words.about[key as keyof typeof about], value ?? ''])
  return [
    ...named,
    [words.target, target],
    ...(version === undefined ? [] : [[words.simulator, version]]),
    [words.seed, seed],
    [words.run, started],
    ['', words.tested[tested]],
    ...(sha256 === undefined ? [] : [[words.hash, sha256]]),
  ]
}
