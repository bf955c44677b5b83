import { aboutRows } from './matrix.ts'
import { headlineOf } from './outcome.ts'
import type { Report } from './report.ts'
import { verdictWord } from './terminal.ts'
import { byOutcome, countsOf } from './totals.ts'
import { type Words, wordsOf } from './words.ts'

/** The report on one page, as Markdown: for a pull request, or for those who decide. */
export function summaryOf(report: Report): string {
  const words = wordsOf(report.language)
  const { title, requirements, scenarios } = report
  const rows = byOutcome(requirements).map((row) => {
    const { id, quote, source, outcome, level = 'must', reason = '' } = row
    const word = outcome === 'broken' ? `**${words.outcomes.broken}**` : words.outcomes[outcome]
    const why = outcome === 'kept' ? '' : reason
    return `| ${word} | ${cell(quote)} (\`${id}\`) | ${words.levels[level]} | ${cell(source)} | ${cell(why)} |`
  })
  const failed = scenarios.filter(({ outcome }) => outcome === 'failed')
  return [
    `# ${title}: ${words.verdicts[verdictWord(report)]}`,
    '',
    `${countsOf(report, words)}. ${totalsOf(report, words)}.`,
    '',
    ...aboutRows(report, words).map(([name, value = '']) => `* ${name === '' ? '' : `${name}: `}${cell(value)}`),
    ...programLines(report),
    '',
    ...failed.map(
      (one) => `* **${words.scenarioOutcomes.failed}**: ${cell(one.title)} (\`${one.id}\`): ${cell(headlineOf(one))}`,
    ),
    ...(failed.length === 0 ? [] : ['']),
    `| ${words.outcome} | ${words.requirement} | ${words.level} | ${words.source} | ${words.reason} |`,
    '|---|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
}

function totalsOf({ totals }: Report, { scenarioOutcomes, scenarios }: Words): string {
  const { passed, failed, skipped } = scenarioOutcomes
  return `${scenarios}: ${totals.passed} ${passed}, ${totals.failed} ${failed}, ${totals.skipped} ${skipped}`
}

/** How a program that was judged ended, and what is said of it beside the requirements. */
function programLines({ program }: Report): string[] {
  if (!program) return []
  const { ended, lastError, blame, missing } = program
  const said = [
    ended,
    ...(lastError === undefined ? [] : [`Its last error: ${lastError}`]),
    ...blame,
    ...missing.map((what) => `Did not happen: ${what}.`),
  ]
  return said.map((line) => `* ${line}`)
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
}

/** The report in the size of a badge: the JSON that shields.io and pipelines read. */
export function badgeOf(report: Report): string {
  const badge = {
    schemaVersion: 1,
    label: report.title,
    message: countsOf(report),
    color: report.passed ? 'brightgreen' : 'red',
    isError: !report.passed,
  }
  return `${JSON.stringify(badge)}\n`
}
