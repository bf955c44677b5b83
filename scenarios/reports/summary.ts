import { headlineOf } from './junit.ts'
import type { Report } from './report.ts'

const WORDS = { kept: 'kept', broken: '**broken**', 'not exercised': 'not exercised' } as const

/** The report on one page, as Markdown: for a pull request, or for those who decide. */
export function summaryOf(report: Report): string {
  const { title, target, version, seed, started, requirements, scenarios, passed } = report
  const reasonOf = (ids: readonly string[]) => {
    const failed = scenarios.find(({ id, outcome }) => ids.includes(id) && outcome === 'failed')
    return failed ? (failed.reason ?? headlineOf(failed)) : ''
  }
  const rows = requirements.map(
    ({ id, quote, source, outcome, scenarios: ids }) =>
      `| ${WORDS[outcome]} | ${cell(quote)} (\`${id}\`) | ${cell(source)} | ${cell(reasonOf(ids))} |`,
  )
  return [
    `# ${title}: ${passed ? 'passed' : 'failed'}`,
    '',
    `${countsOf(report)}. ${cell(target)}, simulator ${version ?? ''}, seed ${seed}, ${started}.`,
    '',
    '| outcome | requirement | source | why |',
    '|---|---|---|---|',
    ...rows,
    '',
  ].join('\n')
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
