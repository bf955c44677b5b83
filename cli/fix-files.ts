import { writeFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import {
  addressee,
  type CheckOptions,
  checkPayload,
  fixPayload,
  type PayloadStep,
  payloadSteps,
} from '../simulator/index.ts'
import { writing } from './files.ts'
import { ask as askOnLine, tell } from './print.ts'
import { describeIssue, linesOf } from './reports/describe.ts'
import type { CheckedFile } from './reports/report-file.ts'

/** Writes every mechanical fix into the files that have some, and gives the files as they are now. */
export function writeFixes(checked: readonly CheckedFile[], options: CheckOptions): readonly CheckedFile[] {
  return checked.map((file) => {
    const { verdicts } = file
    if (addressee(verdicts).verdict.accepted) return file
    const { fixed, of, rest } = verdicts.fixes
    const text = file.encoding === 'other' ? file.text : fixPayload(file.text, options)
    if (text === file.text) {
      tell(`not fixed: ${file.file}: ${file.encoding === 'other' ? 'it is not UTF-8' : whatIsLeft(rest.length)}`)
      return file
    }
    const written = rewrite(file, text, options)
    tell(
      `fixed: ${file.file}: ${fixed} of ${of} ${of === 1 ? 'issue' : 'issues'}${rest.length > 0 ? `; ${whatIsLeft(rest.length)}` : ''}`,
    )
    return written
  })
}

const whatIsLeft = (count: number): string => (count === 1 ? '1 issue needs you' : `${count} issues need you`)

/** Writes a text as the file was encoded, and checks it again. A byte order mark stays. */
function rewrite({ file, encoding }: CheckedFile, text: string, options: CheckOptions): CheckedFile {
  writing(file, () => writeFileSync(file, encoding === 'utf-8-with-mark' ? `\uFEFF${text}` : text))
  return { file, encoding, text, verdicts: checkPayload(text, options) }
}

/** Asks for each issue whether and how it is fixed, writes what was decided, and gives the files as they are now. */
export async function decideFixes(
  checked: readonly CheckedFile[],
  options: CheckOptions,
): Promise<readonly CheckedFile[]> {
  const input = createInterface({ input: process.stdin })
  const lines = input[Symbol.asyncIterator]()
  const ask: Ask = async (question) => {
    askOnLine(question)
    const { done, value } = await lines.next()
    if (done) tell('')
    return done ? undefined : value.trim()
  }
  const now: CheckedFile[] = []
  for (const file of checked) now.push(await decide(file, options, ask))
  input.close()
  return now
}

/** Undefined: there is nobody to answer any more. */
type Ask = (question: string) => Promise<string | undefined>

async function decide(file: CheckedFile, options: CheckOptions, ask: Ask): Promise<CheckedFile> {
  if (addressee(file.verdicts).verdict.accepted || file.encoding === 'other') return file
  tell(`${file.file}:`)
  const text = await decideText(file.text, options, ask)
  if (text === file.text) return file
  tell(`written: ${file.file}`)
  return rewrite(file, text, options)
}

async function decideText(sent: string, options: CheckOptions, ask: Ask): Promise<string> {
  const passed = new Set<string>()
  let text = sent
  for (;;) {
    const step = payloadSteps(text, options).find(({ issue }) => !passed.has(markOf(issue)))
    if (step === undefined) return text
    tell(['', ...describeIssue(step.issue, linesOf(text))].join('\n'))
    const answer = await ask(QUESTIONS[step.kind](step))
    if (answer === undefined || answer === 'q') return text
    const next = step.kind === 'apply' && answer === 'a' ? fixPayload(text, options) : outcomeOf(step, answer)
    if (next === undefined) passed.add(markOf(step.issue))
    text = next ?? text
  }
}

/** The text with the fix; undefined: this issue stays. */
function outcomeOf(step: PayloadStep, answer: string): string | undefined {
  if (step.kind === 'edit' || (step.kind === 'apply' && answer !== '' && !/^y/i.test(answer))) return undefined
  if (step.kind === 'apply') return step.apply()
  const text = answer === '' ? undefined : step.apply(answer)
  if (text === undefined && answer !== '') tell(`    R4 does not take ${JSON.stringify(answer)} there.`)
  return text
}

const QUESTIONS = {
  apply: () => '    Do that? [Y]es, [n]o, [a]ll that can be done without asking, [q]uit: ',
  value: ({ choices }) =>
    `    Its value${choices.length > 0 ? ` (${choices.slice(0, MOST_CHOICES).join(', ')})` : ''}; nothing to leave it, q to quit: `,
  offset: () =>
    '    Its offset, such as +01:00, or the time zone, such as Europe/Oslo; nothing to leave it, q to quit: ',
  edit: () => '    That is for you to edit. Enter to continue, q to quit: ',
} as const satisfies Record<PayloadStep['kind'], (step: PayloadStep) => string>

const MOST_CHOICES = 40

const markOf = ({ rule, pointer, line }: PayloadStep['issue']): string => `${rule} ${pointer ?? line}`
