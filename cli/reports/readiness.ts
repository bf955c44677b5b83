import { addressee, CATALOGUE, type ExplainedIssue } from '../../simulator/index.ts'
import { type CheckedFile, publicForm } from './report-file.ts'

/** Why payloads do not pass, by rule: how many of them, and the first. */
export interface Cause {
  readonly rule: string
  readonly code: string
  readonly title: string
  readonly payloads: number
  readonly example: {
    readonly file: string
    readonly expression?: string
    readonly line?: number
    readonly message: string
  }
  readonly fix: string
}

/** How ready captured payloads are for JFT without VKP in between. */
export interface Readiness {
  readonly payloads: number
  readonly passToday: number
  /** JFT rejects them as they are, and accepts what VKP forwards. */
  readonly passOnlyThroughVkp: number
  readonly fail: number
  readonly causes: {
    /** What JFT finds in payloads that VKP's corrections cure. */
    readonly passOnlyThroughVkp: readonly Cause[]
    /** What is left after VKP's corrections; of payloads that VKP rejects, what JFT finds. */
    readonly fail: readonly Cause[]
  }
  readonly files: readonly ReturnType<typeof publicForm>[]
}

/** Sums the verdicts up. A payload counts once for each of its causes. */
export function readinessOf(checked: readonly CheckedFile[]): Readiness {
  const rejected = checked.filter(({ verdicts }) => !addressee(verdicts).verdict.accepted)
  const cured = rejected.filter(({ verdicts }) => verdicts.jftAfterVkp.accepted)
  const failed = rejected.filter(({ verdicts }) => !verdicts.jftAfterVkp.accepted)
  return {
    payloads: checked.length,
    passToday: checked.length - rejected.length,
    passOnlyThroughVkp: cured.length,
    fail: failed.length,
    causes: {
      passOnlyThroughVkp: causesOf(cured, ({ verdicts }) => verdicts.jft.issues),
      fail: causesOf(failed, blockersOf),
    },
    files: checked.map(publicForm),
  }
}

/** Two reports as one, without the verdicts of single payloads: of those there may be any number. */
export function addReadiness(one: Readiness, other: Readiness): Readiness {
  const { causes } = other
  return {
    payloads: one.payloads + other.payloads,
    passToday: one.passToday + other.passToday,
    passOnlyThroughVkp: one.passOnlyThroughVkp + other.passOnlyThroughVkp,
    fail: one.fail + other.fail,
    causes: {
      passOnlyThroughVkp: addCauses(one.causes.passOnlyThroughVkp, causes.passOnlyThroughVkp),
      fail: addCauses(one.causes.fail, causes.fail),
    },
    files: [],
  }
}

/** The first example of a cause stays. */
function addCauses(one: readonly Cause[], other: readonly Cause[]): Cause[] {
  const sum = new Map(one.map((cause) => [cause.rule, cause]))
  for (const cause of other) {
    const known = sum.get(cause.rule)
    sum.set(cause.rule, known ? { ...known, payloads: known.payloads + cause.payloads } : cause)
  }
  return [...sum.values()].sort((first, second) => second.payloads - first.payloads)
}

/** With the line in the sent text, where JFT finds the same at the same place of it. */
function blockersOf({ verdicts: { pit, jft, vkp, jftAfterVkp } }: CheckedFile): readonly ExplainedIssue[] {
  if (pit !== undefined) return pit.issues
  if (!vkp.accepted) return jft.issues
  return jftAfterVkp.issues.map(
    (issue) => jft.issues.find(({ rule, pointer }) => rule === issue.rule && pointer === issue.pointer) ?? issue,
  )
}

/** The most frequent first. */
function causesOf(files: readonly CheckedFile[], issuesOf: (file: CheckedFile) => readonly ExplainedIssue[]): Cause[] {
  const causes = new Map<string, Cause>()
  for (const file of files) {
    const firstOfRule = new Map(
      issuesOf(file)
        .toReversed()
        .map((issue) => [issue.rule, issue]),
    )
    for (const issue of [...firstOfRule.values()].toReversed()) {
      const known = causes.get(issue.rule)
      causes.set(issue.rule, known ? { ...known, payloads: known.payloads + 1 } : causeOf(file.file, issue))
    }
  }
  return [...causes.values()].sort((one, other) => other.payloads - one.payloads)
}

function causeOf(file: string, { rule, code, expression, line, message }: ExplainedIssue): Cause {
  const place = { ...(expression === undefined ? {} : { expression }), ...(line === undefined ? {} : { line }) }
  const { title, fix } = CATALOGUE[rule]
  return { rule, code, title, payloads: 1, example: { file, ...place, message }, fix }
}

/** The report for a reader. */
export function describeReadiness({ payloads, passToday, passOnlyThroughVkp, fail, causes }: Readiness): string {
  return [
    `JFT readiness of ${payloads} ${payloads === 1 ? 'payload' : 'payloads'}`,
    '',
    `${String(passToday).padStart(6)}  pass today`,
    `${String(passOnlyThroughVkp).padStart(6)}  pass only through VKP's corrections`,
    `${String(fail).padStart(6)}  fail`,
    ...describeCauses(
      "Pass only through VKP's corrections: to mend before you go to JFT directly",
      causes.passOnlyThroughVkp,
    ),
    ...describeCauses('Fail: JFT rejects these with and without VKP', causes.fail),
  ].join('\n')
}

function describeCauses(title: string, causes: readonly Cause[]): string[] {
  if (causes.length === 0) return []
  return ['', title, ...causes.flatMap(describeCause)]
}

function describeCause({ rule, code, title, payloads, example, fix }: Cause): string[] {
  const places = [example.expression, example.line === undefined ? undefined : `line ${example.line}`]
  const place = places.filter((part) => part !== undefined && part !== '').join(', ')
  return [
    '',
    `${String(payloads).padStart(6)}  ${code === rule ? rule : `${code} (${rule})`}: ${title}`,
    `        for example ${example.file}${place === '' ? '' : `: ${place}`}`,
    `        fix: ${fix}`,
  ]
}
