import { stopwatch } from '../ground/clock.ts'
import { activeIssues, type SwitchedOff } from '../rules/active-issues.ts'
import type { RuleId } from '../rules/catalogue.ts'
import type { Issue } from '../rules/issue.ts'
import type { Verdicts } from '../rules/verdicts.ts'
import type { ExchangeCaller, Injection, Step } from '../state/exchange.ts'
import type { Passage } from '../state/records.ts'
import type { World } from '../state/world.ts'
import { ConnectionReset } from './delivery.ts'
import { Rejection } from './rejection.ts'
import type { Surface } from './surface.ts'

/** One exchange while it runs: what the journal will say of it. */
export interface ExchangeDraft {
  readonly id: string
  /** The exchange that this one is a leg of. */
  readonly parent?: string
  journaled: boolean
  /** Milliseconds since the exchange began. */
  readonly elapsed: () => number
  readonly progress: Progress
  readonly findings: Findings
  readonly facts: Facts
  readonly faults: FaultsMet
}

/** Which steps were taken, and which are still to come. */
interface Progress {
  readonly taken: Step[]
  readonly planned: string[]
  /** The step that runs. */
  running: string
}

/** What rules found. */
interface Findings {
  /** What the request was refused for. */
  refused: readonly Issue[]
  /** How many more there are. */
  more: number
  verdicts?: Verdicts
  readonly warnings: Issue[]
  /** What the real service would refuse, and `--auth relaxed` lets pass. */
  readonly waived: Issue[]
  readonly switchedOff: SwitchedOff
  /** Rules that are switched off and would have found something, each as often as it would. */
  readonly suppressed: RuleId[]
}

/** What the request turned out to be about. */
interface Facts {
  caller: ExchangeCaller
  body?: string
  event?: string
  events?: readonly string[]
}

/** What simulated failures did. */
interface FaultsMet {
  readonly passage: Passage
  readonly injected: Injection[]
  /** The connection breaks: there is no answer. */
  reset?: ConnectionReset
}

/** Begins an exchange with a surface of a world. */
export async function beginExchange(
  { settings: { switchedOff }, state }: World,
  { journaled }: Surface,
  parent: string | undefined,
): Promise<ExchangeDraft> {
  return {
    ...(parent === undefined ? {} : { parent }),
    id: journaled ? await state.journal.open() : '',
    journaled,
    elapsed: stopwatch(),
    progress: { taken: [], planned: [], running: '' },
    findings: { refused: [], more: 0, warnings: [], waived: [], switchedOff, suppressed: [] },
    facts: { caller: {} },
    faults: { passage: { ordinals: new Map(), fired: new Set(), spent: false }, injected: [] },
  }
}

/** What the rules that are switched on have found; notes which of the others would have found something. */
export function noteSuppressed({ findings: { switchedOff, suppressed } }: ExchangeDraft, issues: readonly Issue[]) {
  const found = activeIssues(issues, switchedOff)
  if (found.length < issues.length) {
    for (const { rule } of issues) if (switchedOff.has(rule)) suppressed.push(rule)
  }
  return found
}

/** Takes a step: times it, and writes down how it ended. Rejects with what `work` throws. */
export async function takeStep<T>(draft: ExchangeDraft, name: string, work: () => T | Promise<T>): Promise<T> {
  const { progress, findings, faults } = draft
  const elapsed = stopwatch()
  const waivedBefore = findings.waived.length
  const suppressedBefore = findings.suppressed.length
  const injectedBefore = faults.injected.length
  progress.running = name
  const end = (outcome: Step['outcome'], issues: readonly Issue[]) => {
    const suppressed = since(findings.suppressed, suppressedBefore)
    const alone = suppressed.length > 0 && issues.length === 0
    const named = alone ? suppressed : issues.map(({ rule }) => rule)
    const rules = named.length < 2 ? named : [...new Set(named)]
    const how = alone && outcome !== 'injected' ? 'switched-off' : outcome
    progress.taken.push({ name, outcome: how, milliseconds: elapsed(), rules })
  }
  try {
    const result = await work()
    const waived = since(findings.waived, waivedBefore)
    const met = faults.injected.length > injectedBefore
    end(met ? 'injected' : waived.length > 0 ? 'waived' : 'passed', waived)
    return result
  } catch (thrown) {
    const issues = thrown instanceof Rejection ? noteSuppressed(draft, thrown.issues) : []
    end(isInjected(thrown) ? 'injected' : 'stopped', issues)
    throw thrown
  }
}

/** What a list has got since it was as long as that: mostly nothing. */
function since<T>(list: readonly T[], before: number): readonly T[] {
  return list.length === before ? [] : list.slice(before)
}

function isInjected(thrown: unknown): boolean {
  return thrown instanceof ConnectionReset || (thrown instanceof Rejection && thrown.extra.injected === true)
}
