import { maskInPlace } from '../../simulator/ground/text/mask/mask.ts'
import { printableInPlace, printableLine } from '../../simulator/ground/text/printable.ts'
import {
  addressee,
  type Correction,
  certaintyOf,
  type ExplainedIssue,
  mendingOf,
  type Verdict,
} from '../../simulator/index.ts'
import type { CheckedFile } from './report-file.ts'

/** Both verdicts for a reader: one block per issue, with a caret under its place, and what VKP makes of it. */
export function describeVerdicts({ file, text, verdicts }: CheckedFile): string {
  const { name, verdict } = addressee(verdicts)
  const head = `${printableLine(file)}: ${outcomeOf(name, verdict)}`
  const others = describeOthers(verdicts)
  const warnings = (verdict.warnings ?? []).map(describeWarning)
  if (verdict.accepted && others.length === 0) return [head, ...warnings].join('\n')
  const lines = linesOf(text)
  const issues = [
    ...verdict.issues.map((issue) => describeIssue(issue, lines).join('\n')),
    ...unlisted(verdict.more, '  '),
  ]
  const fixes = verdict.accepted ? [] : [describeFixes(verdicts.fixes).join('\n')]
  const parts = [head, ...issues, ...warnings, ...fixes, ...(others.length === 0 ? [] : [others.join('\n')])]
  return parts.join('\n\n')
}

function describeWarning({ rule, message, pointer, line }: ExplainedIssue): string {
  const at = line === undefined ? (pointer ?? '') : `${pointer ?? ''}, line ${line}`
  return printableLine(`  warning ${rule}: ${message}${at === '' ? '' : ` At ${at}.`}`)
}

function outcomeOf(who: string, { accepted, issues, more = 0 }: Verdict): string {
  if (accepted) return `accepted by ${who}`
  const count = issues.length + more
  return `rejected by ${who}, ${count} ${count === 1 ? 'issue' : 'issues'}`
}

/** How many issues there are beyond those that are listed. */
function unlisted(more = 0, indent = '    '): string[] {
  return more === 0 ? [] : [`${indent}and ${more} more that ${more === 1 ? 'is' : 'are'} not listed`]
}

/** What is mechanical, and what is left. */
function describeFixes({ fixed, of, rest, more = 0, beyond }: CheckedFile['verdicts']['fixes']): string[] {
  if (of === 0) return []
  const count = `${of} ${of === 1 ? 'issue' : 'issues'}`
  const how =
    fixed === 0
      ? `None of ${count} is mechanical.`
      : `${fixed} of ${count} ${fixed === 1 ? 'is' : 'are'} mechanical: --fix writes them, --interactive asks.`
  const unread = beyond === 0 ? [] : [`    ${beyond} more were not looked at.`]
  if (rest.length === 0) return [`  Fixes: ${how}`, ...unread]
  const left = rest
    .slice(0, MOST_LEFT)
    .map(({ expression, rule, fix }) => printableLine(`    ${expression ?? rule}: ${fix}`))
  const needing = rest.length + more
  const others = needing > left.length ? [`    and ${needing - left.length} more`] : []
  return [
    `  Fixes: ${how} ${needing === 1 ? 'This needs you:' : `These ${needing} need you:`}`,
    ...left,
    ...others,
    ...unread,
  ]
}

const MOST_LEFT = 20

/** The services that the payload is not for, or on its way to: nothing where there is nothing to say of them. */
function describeOthers(verdicts: CheckedFile['verdicts']): string[] {
  const { pit, jft, vkp, cure } = verdicts
  if (pit !== undefined) return pit.accepted ? [] : [`  ${cure}`]
  return jft.accepted && vkp.accepted && mendingOf(vkp.corrections).length === 0 ? [] : describeVkp(verdicts)
}

function describeVkp({ vkp, jftAfterVkp, patch, cure }: CheckedFile['verdicts']): string[] {
  const corrections = mendingOf(vkp.corrections)
  const total = corrections.length + (vkp.moreCorrections ?? 0)
  const count = `${total} ${total === 1 ? 'correction' : 'corrections'}`
  return [
    `  Through VKP: ${outcomeOf('VKP', vkp)}${vkp.accepted ? `, ${count}` : ''}`,
    ...vkp.issues.flatMap((issue) => [
      `    ${printableLine(issue.message)}`,
      `    ${issue.certainty}: ${issue.source}`,
    ]),
    ...corrections.map(describeCorrection),
    ...(vkp.moreCorrections === undefined ? [] : [`    and ${vkp.moreCorrections} more`]),
    ...(vkp.accepted ? [`  JFT after VKP: ${outcomeOf('JFT', jftAfterVkp)}`] : []),
    ...(vkp.accepted
      ? jftAfterVkp.issues.map(({ code, message, expression }) =>
          printableLine(`    ${code} ${expression ?? ''}: ${message}`),
        )
      : []),
    ...(vkp.accepted ? unlisted(jftAfterVkp.more) : []),
    `  ${cure}`,
    ...(patch === null ? [] : [`  Patch (RFC 6902): ${JSON.stringify(patch)}`]),
  ]
}

function describeCorrection(correction: Correction): string {
  const { kind, expression, before, after } = correction
  const what = after === null ? `${shown(before)} goes` : `${shown(before)} becomes ${shown(after)}`
  const warning = kind === 'change-value' ? 'VALUE CHANGED ON THE WAY: ' : ''
  return printableLine(`    ${warning}${kind} ${expression}: ${what} (${certaintyOf(correction)})`)
}

const LONGEST_VALUE = 48

function shown(value: unknown): string {
  const text = JSON.stringify(value)
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text
}

/** The lines of a payload as they may be shown: identity numbers masked, everything else where it stands. */
export function linesOf(text: string): readonly string[] {
  return maskInPlace(text).split('\n')
}

/** One issue for a reader, with a caret under its place. The lines are those of `linesOf`. */
export function describeIssue(issue: ExplainedIssue, lines: readonly string[]): string[] {
  const { line, column, expression, pointer } = issue
  const places = [expression, pointer, line === undefined ? undefined : `line ${line}, column ${column}`]
  const known = places.filter((place) => place !== undefined && place !== '')
  return [
    `  ${issue.code === issue.rule ? issue.rule : `${issue.code} (${issue.rule})`}: ${printableLine(issue.message)}`,
    ...(known.length > 0 ? [`    at ${printableLine(known.join(', '))}`] : []),
    ...excerpt(lines, line, column),
    `    ${issue.certainty}: ${issue.source}`,
    `    fix: ${printableLine(issue.fix)}`,
  ]
}

/** Characters of a line that are shown before and after the place. */
const BEFORE = 60
const AFTER = 60

function excerpt(lines: readonly string[], line: number | undefined, column: number | undefined): string[] {
  const text = line === undefined ? undefined : lines[line - 1]
  if (text === undefined || column === undefined) return []
  const start = Math.max(column - 1 - BEFORE, 0)
  const shown = printableInPlace(text.slice(start, column - 1 + AFTER).replace(/\r$/, ''))
  const number = String(line).padStart(6)
  return [`    ${number} | ${shown}`, `    ${' '.repeat(6)} | ${' '.repeat(column - 1 - start)}^`]
}
