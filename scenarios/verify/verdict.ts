import { redact } from '../../simulator/ground/text/mask/redact.ts'
import type { RecordedExchange, RunResult, ScenarioResult } from '../runner/result.ts'
import type { Call, Evidence } from './evidence.ts'
import { JUDGES } from './judges.ts'
import type { Finding, Judgment } from './judgment.ts'
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
  return {
    ...run,
    scenarios: pack.requirements.map((requirement) => judged(pack, requirement, file, about.seed, evidence)),
  }
}

function judged(
  { verify, client }: VerifyPack,
  requirement: VerifyRequirement,
  file: string,
  seed: string,
  evidence: Evidence,
): ScenarioResult {
  const judgment = judgmentOf(requirement, evidence)
  const { exercised, findings } = judgment
  const outcome = findings.length > 0 ? 'failed' : exercised === 0 ? 'skipped' : 'passed'
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
    reason: reasonOf(judgment),
    milliseconds: 0,
    steps: findings.map(stepOf),
    rules: [],
  }
}

/** Throws where no judgment has the id: reading a pack has made sure that there is one. */
function judgmentOf({ id }: VerifyRequirement, evidence: Evidence): Judgment {
  const judge = JUDGES[id]
  if (!judge) throw new Error(`There is no judgment ${id}.`)
  return judge(evidence)
}

function reasonOf({ exercised, findings: [first] }: Judgment): string {
  if (first) return redact(first.message)
  return exercised === 0 ? 'not exercised' : `kept, ${exercised} times looked at`
}

function stepOf({ message, calls }: Finding): ScenarioResult['steps'][number] {
  return {
    name: redact(message),
    line: 1,
    outcome: 'failed',
    milliseconds: 0,
    exchanges: calls.map(recorded),
    failures: [],
    unchecked: [],
  }
}

function recorded({ recorded: exchange }: Call): RecordedExchange {
  return exchange
}
