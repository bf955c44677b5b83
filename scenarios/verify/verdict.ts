import { mask } from '../mask.ts'
import type { ProgramResult, RunResult, ScenarioResult } from '../runner/result.ts'
import { describeEnding, describeExit } from './ending.ts'
import type { Evidence } from './evidence.ts'
import { JUDGES } from './judges.ts'
import type { Finding, Judgment } from './judgment.ts'
import { tokenRequests } from './requests.ts'
import type { VerifyPack, VerifyRequirement } from './verify-pack.ts'

/** What a program was judged by, in the form of a run: each requirement is a scenario, each finding a step of it. */
export function verdictOf(
  pack: VerifyPack,
  evidence: Evidence,
  about: Pick<RunResult, 'target' | 'seed' | 'started' | 'milliseconds'> & {
    readonly version: string
    readonly file: string
  },
): RunResult {
  const { file, ...run } = about
  const scenarios = pack.requirements.map((requirement) => judged(pack, requirement, file, about.seed, evidence))
  return { ...run, program: programResult(pack, evidence), scenarios }
}

function judged(
  { verify, client }: VerifyPack,
  requirement: VerifyRequirement,
  file: string,
  seed: string,
  evidence: Evidence,
): ScenarioResult {
  const { outcome, reason, findings } = outcomeOf(requirement, evidence)
  return {
    pack: verify,
    id: requirement.id,
    title: requirement.quote,
    party: client,
    proves: [requirement.id],
    file,
    line: 1,
    attempt: 1,
    seed,
    outcome,
    reason: mask(reason),
    milliseconds: 0,
    steps: findings.map(stepOf),
    rules: [],
  }
}

interface Outcome {
  readonly outcome: ScenarioResult['outcome']
  readonly reason: string
  readonly findings: readonly Finding[]
}

/** Nothing is kept without something that shows it, and nothing is broken by what there was no time for. */
function outcomeOf({ id }: VerifyRequirement, evidence: Evidence): Outcome {
  const { exercised, findings: all } = judgmentOf(id, evidence)
  const isOver = evidence.ending?.by === 'time'
  const findings = isOver ? all.filter(({ absent }) => !absent) : all
  const [first] = findings
  if (first) return { outcome: 'failed', reason: first.message, findings }
  const skipped = (reason: string): Outcome => ({ outcome: 'skipped', reason, findings })
  if (all.length > 0) return skipped(`Time was over before it could show. Until then: ${all[0]?.message}`)
  const needed = evidence.stimuli.filter((one) => one.for.includes(id))
  if (needed.length > 0 && !needed.some(({ happened }) => happened)) {
    return skipped(`There was no occasion: ${needed.map(({ what }) => what).join(', nor ')} did not happen.`)
  }
  if (exercised === 0) return skipped('It did nothing that this could be seen by.')
  return { outcome: 'passed', reason: `kept, ${exercised} times looked at`, findings }
}

/** Throws where no judgment has the id: reading a pack has made sure that there is one. */
function judgmentOf(id: string, evidence: Evidence): Judgment {
  const judge = JUDGES[id]
  if (!judge) throw new Error(`There is no judgment ${id}.`)
  return judge(evidence)
}

function programResult(pack: VerifyPack, evidence: Evidence): ProgramResult {
  const { ending, stimuli } = evidence
  const { exit } = ending ?? {}
  const isOver = ending?.by === 'time' ? [describeEnding(ending)] : []
  return {
    ended: ending === undefined ? 'It runs on.' : describeEnding(ending),
    ...(exit?.lastError === undefined ? {} : { lastError: mask(exit.lastError) }),
    blame: [...nothingDone(pack, evidence), ...badExit(pack, evidence)].map(mask),
    missing: [...missing(stimuli), ...isOver],
  }
}

/** What did not happen, and nothing else of its group did. */
function missing(stimuli: Evidence['stimuli']): string[] {
  const met = new Set(stimuli.flatMap(({ group, happened }) => (happened && group !== undefined ? [group] : [])))
  return stimuli.flatMap(({ what, group, happened }) =>
    happened || (group !== undefined && met.has(group)) ? [] : [what],
  )
}

/** The first of the things without which a program has done nothing. */
function nothingDone({ does }: VerifyPack, evidence: Evidence): string[] {
  const { calls } = evidence
  if (calls.length === 0) return ['The program made no request: there is nothing to judge.']
  const tokens = tokenRequests(evidence)
  if (!tokens.some(({ status, whole }) => status === 200 && whole)) return [withoutToken(evidence)]
  const done = calls.some(
    ({ surface, status, url }) =>
      surface === does.surface && status >= 200 && status < 300 && (does.path === undefined || isAt(url, does.path)),
  )
  return done ? [] : [`Nothing was done: ${does.otherwise}`]
}

const isAt = ({ pathname }: URL, path: string) => pathname.includes(path)

function withoutToken(evidence: Evidence): string {
  const refused = tokenRequests(evidence).findLast(({ rules }) => rules.some((rule) => rule !== 'dpop-nonce'))
  const issue = refused?.recorded.journal?.issues.find(({ rule }) => rule !== 'dpop-nonce')
  if (issue) return `HelseID refused it (${issue.rule}), and it did nothing: ${issue.message}`
  return 'It got no token from HelseID, and did nothing.'
}

function badExit({ exits }: VerifyPack, { ending }: Evidence): string[] {
  const { exit } = ending ?? {}
  if (!exit || (exit.code !== null && exits.includes(exit.code))) return []
  return [`It ended with ${describeExit(exit)}.`]
}

function stepOf({ message, calls }: Finding): ScenarioResult['steps'][number] {
  return {
    name: mask(message),
    line: 1,
    outcome: 'failed',
    milliseconds: 0,
    exchanges: calls.map(({ recorded }) => recorded),
    failures: [],
    unchecked: [],
  }
}
