import { redact } from '../../simulator/ground/text/mask/redact.ts'
import type { ProgramResult, RunResult, ScenarioResult } from '../runner/result.ts'
import { describeEnding, describeExit } from './ending.ts'
import { type Call, type Evidence, missing } from './evidence.ts'
import { JUDGES } from './judges.ts'
import type { Finding, Judgment } from './judgment.ts'
import { ownRefusal } from './refusals.ts'
import { laterOf, sameRequest, tokenRequests } from './requests.ts'
import { isOwed } from './surviving.ts'
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
  const end = stoppedAt(evidence, isDone(pack, evidence))
  const scenarios = pack.requirements.map((requirement) =>
    judged(pack, requirement, { file, seed: about.seed, evidence, end }),
  )
  return { ...run, program: programResult(pack, evidence), scenarios }
}

/** The run that is judged; `end`: the request at which the program stopped. */
interface Judged extends Pick<ScenarioResult, 'file' | 'seed'> {
  readonly evidence: Evidence
  readonly end: Call | undefined
}

function judged(
  { verify, client }: VerifyPack,
  requirement: VerifyRequirement,
  { file, seed, evidence, end }: Judged,
): ScenarioResult {
  const { outcome, reason, findings } = outcomeOf(requirement, evidence, end)
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
    reason: redact(reason),
    milliseconds: 0,
    steps: findings.map(stepOf),
    rules: [],
  }
}

/**
 * The request at which a program stopped, where it did not end because it was done: what it failed at has a requirement,
 * and what it therefore did not come to is nobody's fault.
 */
function stoppedAt(evidence: Evidence, isDone: boolean): Call | undefined {
  if (isDone && evidence.ending?.by !== 'program') return undefined
  const failed = evidence.calls.findLast((call) => isFailure(call, evidence))
  return failed && (!isDone || !wentOn(failed, evidence)) ? failed : undefined
}

/** It did not get what it asked for, by its own doing or since it did not ask again. */
function isFailure(call: Call, evidence: Evidence): boolean {
  if (isOwed(call, evidence) || ownRefusal(call, evidence).length > 0) return true
  const wantsNonce = call.status >= 400 && call.responseHeaders.has('dpop-nonce')
  return wantsNonce && !laterOf(evidence, call).some((later) => sameRequest(later, call))
}

/** What others of its threads had begun before does not count. */
function wentOn(failed: Call, evidence: Evidence): boolean {
  return laterOf(evidence, failed).some(
    ({ surface, began, status }) => surface !== 'helseid' && began > failed.ended && status >= 200 && status < 300,
  )
}

interface Outcome {
  readonly outcome: ScenarioResult['outcome']
  readonly reason: string
  readonly findings: readonly Finding[]
}

/** Nothing is kept without something that shows it, and nothing is broken by what it did not come to. */
function outcomeOf({ id }: VerifyRequirement, evidence: Evidence, end: Call | undefined): Outcome {
  const { exercised, findings: all, note, unclear } = judgmentOf(id, evidence)
  const isOver = evidence.ending?.by === 'time'
  const shows = ({ absent, calls }: Finding) =>
    absent === undefined || (!isOver && (!end || (absent === 'again' && calls.includes(end))))
  const findings = all.filter(shows)
  const [first] = findings
  if (first) return { outcome: 'failed', reason: first.message, findings }
  const skipped = (reason: string): Outcome => ({ outcome: 'skipped', reason, findings })
  if (all.length > 0)
    return skipped(`${isOver ? 'Time was over' : endedAt(end)} before it could show. ${all[0]?.message}`)
  const needed = evidence.stimuli.filter((one) => one.for.includes(id))
  if (needed.length > 0 && !needed.some(({ happened }) => happened)) {
    return skipped(`There was no occasion: ${needed.map(({ what }) => what).join(', nor ')} did not happen.`)
  }
  if (unclear !== undefined) return skipped(unclear)
  if (exercised === 0) return skipped('It did nothing that this could be seen by.')
  return { outcome: 'passed', reason: note ?? `kept, ${exercised} times looked at`, findings }
}

function endedAt(end: Call | undefined): string {
  if (!end) return 'It ended'
  const { method, url, status } = end
  return `It came no further than ${method} ${url.pathname}, which got ${status === 0 ? 'no answer' : status},`
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
  const isOver = ending?.by === 'time' && !pack.wholeTime ? [describeEnding(ending)] : []
  return {
    ended: ending === undefined ? 'It runs on.' : describeEnding(ending),
    ...(exit?.lastError === undefined ? {} : { lastError: redact(exit.lastError) }),
    blame: [...nothingDone(pack, evidence), ...badExit(pack, evidence)].map(redact),
    missing: [...missing(stimuli), ...isOver],
  }
}

/** The first of the things without which a program has done nothing. */
function nothingDone(pack: VerifyPack, evidence: Evidence): string[] {
  if (evidence.calls.length === 0) return ['The program made no request: there is nothing to judge.']
  const tokens = tokenRequests(evidence)
  // Where HelseID takes no client, a program that asked has done all that it can.
  if (pack.does.surface === 'helseid' && tokens.length > 0) return []
  if (!tokens.some(({ status, whole }) => status === 200 && whole)) return [withoutToken(evidence)]
  return isDone(pack, evidence) ? [] : [`Nothing was done: ${pack.does.otherwise}`]
}

function isDone({ does: { surface, path = '' } }: VerifyPack, { calls }: Evidence): boolean {
  return calls.some(
    (call) => call.surface === surface && call.status >= 200 && call.status < 300 && call.url.pathname.includes(path),
  )
}

function withoutToken(evidence: Evidence): string {
  const refused = tokenRequests(evidence).findLast(({ rules }) => rules.some((rule) => rule !== 'dpop-nonce'))
  const issue = refused?.recorded.journal?.issues.find(({ rule }) => rule !== 'dpop-nonce')
  if (issue) return `HelseID refused it (${issue.rule}), and it did nothing: ${issue.message}`
  return 'It got no token from HelseID, and did nothing.'
}

function badExit({ exits }: VerifyPack, { ending }: Evidence): string[] {
  const { exit } = ending ?? {}
  if (!exit || exits === 'any' || (exit.code !== null && exits.includes(exit.code))) return []
  return [`It ended with ${describeExit(exit)}.`]
}

function stepOf({ message, calls }: Finding): ScenarioResult['steps'][number] {
  return {
    name: redact(message),
    line: 1,
    outcome: 'failed',
    milliseconds: 0,
    exchanges: calls.map(({ recorded }) => recorded),
    failures: [],
    unchecked: [],
  }
}
