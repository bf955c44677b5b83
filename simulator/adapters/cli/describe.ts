import type { ExplainedIssue, Verdict } from '../../index.ts'

/** A verdict for a reader: one block per issue, with a caret under its place. */
export function describeVerdict({ file, text, jft }: { file: string; text: string; jft: Verdict }): string {
  const count = jft.issues.length
  if (count === 0) return `${file}: accepted by JFT`
  const lines = text.split('\n')
  const blocks = jft.issues.map((issue) => describeIssue(issue, lines).join('\n'))
  return [`${file}: rejected by JFT, ${count} ${count === 1 ? 'issue' : 'issues'}`, ...blocks].join('\n\n')
}

function describeIssue(issue: ExplainedIssue, lines: readonly string[]): string[] {
  const { line, column, expression, pointer } = issue
  const places = [expression, pointer, line === undefined ? undefined : `line ${line}, column ${column}`]
  const known = places.filter((place) => place !== undefined && place !== '')
  return [
    `  ${issue.code === issue.rule ? issue.rule : `${issue.code} (${issue.rule})`}: ${issue.message}`,
    ...(known.length > 0 ? [`    at ${known.join(', ')}`] : []),
    ...excerpt(lines, line, column),
    `    ${issue.certainty}: ${issue.source}`,
    `    fix: ${issue.fix}`,
  ]
}

/** Characters of a line that are shown before and after the place. */
const BEFORE = 60
const AFTER = 60

function excerpt(lines: readonly string[], line: number | undefined, column: number | undefined): string[] {
  const text = line === undefined ? undefined : lines[line - 1]
  if (text === undefined || column === undefined) return []
  const start = Math.max(column - 1 - BEFORE, 0)
  const shown = text.slice(start, column - 1 + AFTER).replace(/[\t\r]/g, ' ')
  const number = String(line).padStart(6)
  return [`    ${number} | ${shown}`, `    ${' '.repeat(6)} | ${' '.repeat(column - 1 - start)}^`]
}
