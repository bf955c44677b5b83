import { headlineOf } from './junit.ts'
import type { Report } from './report.ts'
import { verdictWord } from './terminal.ts'

const WORDS = { kept: 'kept', broken: '**broken**', 'not exercised': 'not exercised' } as const

/** The report on one page, as Markdown: for a pull request, or for those who decide. */
export function summaryOf(report: Report): string {
  const { title, target, version, seed, started, requirements, scenarios } = report
  const reasonOf = (ids: readonly string[]) => {
    const failed = scenarios.find(({ id, outcome }) => ids.includes(id) && outcome === 'failed')
    return failed ? (failed.reason ?? headlineOf(failed)) : ''
  }
  const rows = requirements.map(
    ({ id, quote, source, outcome, reason, scenarios: ids }) =>
      `| ${WORDS[outcome]} | ${cell(quote)} (\`${id}\`) | ${cell(source)} | ${cell(report.program && outcome === 'not exercised' ? (reason ?? '') : reasonOf(ids))} |`,
  )
  return [
    `# ${title}: ${verdictWord(report)}`,
    '',
    `${countsOf(report)}. ${cell(target)}, simulator ${version ?? ''}, seed ${seed}, ${started}.`,
    '',
    ...programLines(report),
    '| outcome | requirement | source | why |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
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
  return [...said.map((line) => `* ${line}`), '']
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replace(/\s+/g, ' ')
}

function countsOf({ requirements }: Report): string {
  const count = (outcome: string) => requirements.filter((one) => one.outcome === outcome).length
  return `${count('kept')} kept, ${count('broken')} broken, ${count('not exercised')} not exercised`
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
