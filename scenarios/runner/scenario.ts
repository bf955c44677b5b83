import { milliseconds } from '../../simulator/ground/text/duration.ts'
import { redact, redactValue } from '../../simulator/ground/text/mask/redact.ts'
import type { Pack, Scenario } from '../pack/pack.ts'
import { actionOf, nameOf, type Step, type StepAction } from '../pack/step.ts'
import { RUNS } from './actions.ts'
import type { Waiting, Waits } from './await.ts'
import { blameOf, isNoAnswer } from './blame.ts'
import { EndlessExpression } from './bounded.ts'
import { createCredentials } from './credentials.ts'
import { captured, judge, UNREFUSED } from './expect.ts'
import type { Recorder, Reply } from './http.ts'
import { enter, type Place } from './place.ts'
import { type Play, StepFailed, StepSkipped, type Turn } from './play.ts'
import type { Unreached } from './reach.ts'
import type { Failure, JournalEntry, RecordedExchange, ScenarioResult, StepResult } from './result.ts'
import { skipReason, waitsForClient } from './skip.ts'
import type { Target } from './target.ts'
import { fill } from './template.ts'

/** One scenario of a pack, about to be run. */
export interface Assignment {
  readonly pack: Pack
  /** Index in the pack. */
  readonly index: number
  readonly scenario: Scenario
  readonly attempt: number
  readonly seed: string
  /** Name of its sandbox. */
  readonly sandbox: string
}

/** Who is told how a scenario gets on. */
export interface Watcher {
  readonly onStep?: (assignment: Assignment, step: StepResult) => void
  /**
   * Told of a request that a step waits for, and with nothing when that is over. Scenarios that wait are skipped where
   * nobody is told.
   */
  readonly onWait?: (assignment: Assignment, waiting: Waiting | undefined) => void
  /** Waiting ends when it is aborted. */
  readonly signal?: AbortSignal
  /** Surfaces that cannot be reached; what needs them is skipped. */
  readonly gone?: Unreached
}

/** Runs one scenario in a sandbox of its own, and says how it went. It rejects only with an `EndlessExpression`. */
export async function runScenario(
  target: Target,
  assignment: Assignment,
  overrides: Readonly<Record<string, unknown>> = {},
  watcher: Watcher = {},
): Promise<ScenarioResult> {
  const began = performance.now()
  const at = { began: Date.now() }
  const reason = skipReason(target, assignment.scenario, watcher.onWait !== undefined, watcher.gone)
  if (reason !== undefined)
    return { ...headOf(assignment), outcome: 'skipped', reason, milliseconds: 0, steps: [], rules: [] }
  try {
    const place = await enter(target, assignment.scenario, assignment.sandbox, overrides)
    const played = await playSteps(place, target, assignment, watcher)
    const journal = await readJournal(place)
    const steps = played.steps.map((step) => withJournal(step, journal, target))
    const passed = steps.every((step) => step.outcome === 'passed')
    const own = place.sandbox === undefined ? {} : { sandbox: place.sandbox }
    // One in which something failed is kept to be looked at; those of a simulator that ends anyway end with it.
    if (passed && !target.keepsSandboxes && !target.transient) await place.leave()
    return {
      ...headOf(assignment),
      ...at,
      ...own,
      ...outcomeOf(target, assignment.scenario, { ...played, steps }),
      milliseconds: performance.now() - began,
      steps,
      rules: rulesOf(journal),
    }
  } catch (error) {
    if (error instanceof EndlessExpression) throw new EndlessExpression(`${placeOf(assignment)}: ${error.message}`)
    const cause = error instanceof Error ? error.message : String(error)
    return {
      ...headOf(assignment),
      ...at,
      outcome: 'failed',
      breaks: [],
      reason: redact(cause),
      milliseconds: performance.now() - began,
      steps: [],
      rules: [],
    }
  }
}

/** How it ended. Another environment that gives no answer was not tried; one that answers was. */
function outcomeOf(
  target: Target,
  scenario: Scenario,
  { steps, skipped }: Played,
): Pick<ScenarioResult, 'outcome' | 'reason' | 'breaks'> {
  if (skipped !== undefined) return { outcome: 'skipped', reason: skipped }
  const failed = steps.find(({ outcome }) => outcome === 'failed')
  if (!failed) return { outcome: 'passed' }
  const unanswered = failed.exchanges.at(-1)?.broken
  if (target.urls.control === undefined && unanswered !== undefined && failed.failures.every(isNoAnswer))
    return { outcome: 'skipped', reason: `${failed.name} (line ${failed.line}) got no answer: ${unanswered}` }
  const { breaks, because } = blameOf(scenario, steps)
  return { outcome: 'failed', breaks, ...(because === undefined ? {} : { reason: redact(because) }) }
}

function placeOf({ pack, index, scenario }: Assignment): string {
  return `${pack.file}:${pack.lineOf(index)}: ${scenario.id}`
}

function headOf({ pack, index, scenario, attempt, seed }: Assignment) {
  const { id, title, party, proves } = scenario
  const place = { file: pack.file, line: pack.lineOf(index), attempt, seed }
  const judges = waitsForClient(scenario) ? { judgesClient: true as const } : {}
  return { ...redactValue({ pack: pack.pack, id, title, party, proves, ...place }), ...judges }
}

type Journal = ReadonlyMap<string, JournalEntry>

/** What the place's journal says of each exchange, by its id. */
async function readJournal({ control }: Place): Promise<Journal> {
  if (!control) return new Map()
  type Listed = Omit<JournalEntry, 'injected'> & {
    readonly id: string
    readonly injected: readonly { readonly effect: string }[]
  }
  const { exchanges } = await control<{ exchanges: readonly Listed[] }>('GET', '/exchanges?limit=1000')
  return new Map(
    exchanges.map(({ id, steps, issues, warnings, injected }) => [
      id,
      { steps, issues, warnings, injected: injected.map(({ effect }) => effect) },
    ]),
  )
}

function withJournal(step: StepResult, journal: Journal, { transient }: Target): StepResult {
  const exchanges = step.exchanges.map(({ link, ...one }) => {
    const entry = one.exchange === undefined ? undefined : journal.get(one.exchange)
    const shown = transient || link === undefined ? {} : { link }
    return { ...one, ...shown, ...(entry ? { journal: entry } : {}) }
  })
  return { ...step, exchanges }
}

function rulesOf(journal: Journal): string[] {
  const issues = [...journal.values()].flatMap((entry) => [...entry.issues, ...entry.warnings])
  return [...new Set(issues.map(({ rule }) => rule))]
}

/** The steps, and why the scenario was left out in the middle. */
interface Played {
  readonly steps: readonly StepResult[]
  readonly skipped?: string
}

async function playSteps(place: Place, target: Target, assignment: Assignment, watcher: Watcher): Promise<Played> {
  const { pack, index, scenario, seed } = assignment
  const waits = waitsOf(assignment, watcher)
  const play = newPlay(place, scenario, { municipality: target.municipality, seed: `${seed}/${scenario.id}`, waits })
  if (target.env) play.values.env = target.env
  const steps: StepResult[] = []
  let skipped: string | undefined
  let retries: RetryPolicy | undefined
  for (const [at, step] of scenario.steps.entries()) {
    const line = pack.lineOf(index, at)
    const over = skipped !== undefined || steps.some(({ outcome }) => outcome === 'failed')
    const result = over ? undefined : await playWithRetries(play, step, line, retries).catch(skippedBy)
    if (typeof result === 'string') skipped = result
    retries = step.wait?.within === undefined ? undefined : retryPolicyOf(step.wait)
    const shown = typeof result === 'object' ? result : notReached(step, line)
    steps.push(shown)
    watcher.onStep?.(assignment, shown)
  }
  return { steps, ...(skipped === undefined ? {} : { skipped }) }
}

/** Why a step was left out. Throws what is something else. */
function skippedBy(error: unknown): string {
  if (error instanceof StepSkipped) return error.message
  throw error
}

function waitsOf(assignment: Assignment, { onWait, signal }: Watcher): Waits | undefined {
  return onWait && { tell: (waiting) => onWait(assignment, waiting), signal }
}

/** What a scenario begins with. */
export function newPlay(
  place: Place,
  { party, parties }: Pick<Scenario, 'party' | 'parties'>,
  { municipality, seed, waits }: Pick<Play, 'municipality' | 'seed'> & { readonly waits?: Waits | undefined },
): Play {
  const values = { municipality, urls: place.urls }
  const credentials = createCredentials(place)
  const own = new Set<string>()
  return { place, credentials, parties, party, municipality, seed, values, found: [], own, waits, awaited: 0, made: 0 }
}

function notReached(step: Step, line: number): StepResult {
  return {
    name: redact(nameOf(step)),
    line,
    outcome: 'not-reached',
    milliseconds: 0,
    exchanges: [],
    failures: [],
    unchecked: [],
  }
}

/** How often a step is tried, and what goes by in between. */
interface RetryPolicy {
  readonly attempts: number
  readonly every: number
}

function retryPolicyOf({ within = 'PT0S', every = 'PT1S' }: NonNullable<Step['wait']>): RetryPolicy {
  return { attempts: Math.ceil(milliseconds(within) / milliseconds(every)), every: milliseconds(every) }
}

async function playWithRetries(
  play: Play,
  step: Step,
  line: number,
  retries: RetryPolicy | undefined,
): Promise<StepResult> {
  let result = await playStep(play, step, line)
  for (let attempt = 1; result.outcome === 'failed' && attempt < (retries?.attempts ?? 0); attempt += 1) {
    await play.place.clock.pass(retries?.every ?? 0)
    result = await playStep(play, step, line)
  }
  return result
}

/**
 * Plays one step: does what it says, and holds each answer against what is expected. It rejects only with a
 * `StepSkipped`, or an `EndlessExpression`.
 */
export async function playStep(play: Play, written: Step, line: number): Promise<StepResult> {
  const began = performance.now()
  const exchanges: RecordedExchange[] = []
  const failures: Failure[] = []
  const unchecked = new Set<string>()
  const record: Recorder = (exchange) => {
    exchanges.push(exchange)
    if (exchange.exchange !== undefined) play.own.add(exchange.exchange)
  }
  try {
    const { expect: _expect, capture: _capture, proves: _proves, ...action } = written
    const step = fill(action, play.values)
    let last: Reply | undefined
    const check = async (reply: Reply) => {
      last = reply
      const seen = { reply, place: play.place, found: play.found, sent: step.check?.text }
      const verdict = await judge(seen, fill(eachReply(written), play.values))
      failures.push(...verdict.failures)
      for (const part of verdict.unchecked) unchecked.add(part)
      return verdict.failures.length === 0
    }
    await runAction({ play, step, record, check })
    if (failures.length === 0) failures.push(...(await finish(play, written, last)))
  } catch (error) {
    if (error instanceof StepSkipped || error instanceof EndlessExpression) throw error
    failures.push(failureOf(error))
  }
  const outcome = failures.length === 0 ? 'passed' : 'failed'
  return {
    name: redact(nameOf(written)),
    line,
    outcome,
    milliseconds: performance.now() - began,
    exchanges,
    failures: redactValue(failures),
    unchecked: [...unchecked],
  }
}

function failureOf(error: unknown): Failure {
  if (error instanceof StepFailed) return error.failure
  return { what: 'step', expected: 'to run', actual: error instanceof Error ? error.message : String(error) }
}

/** What is found on all pages together is asked when the last one is there. */
function eachReply({ expect = { status: UNREFUSED } }: Step) {
  const { found: _found, ...each } = expect
  return each
}

async function finish(
  play: Play,
  { expect, capture = {} }: Step,
  reply: Reply | undefined,
): Promise<readonly Failure[]> {
  if (!reply) return expect === undefined ? [] : [{ what: 'step', expected: 'an answer', actual: 'there was none' }]
  const seen = { reply, place: play.place, found: play.found }
  const { found, broken } = expect ?? {}
  const last = { ...(found === undefined ? {} : { found }), ...(broken === undefined ? {} : { broken }) }
  const { failures } = await judge(seen, fill(last, play.values))
  Object.assign(play.values, await captured(seen, capture))
  return failures
}

function runAction({ step, ...turn }: Omit<Turn, 'argument'>): Promise<void> {
  const action = actionOf(step)
  const run = RUNS[action] as (turn: unknown) => Promise<void>
  return run({ ...turn, step, argument: step[action satisfies StepAction] })
}
