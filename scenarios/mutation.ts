import type { Pack } from './pack/pack.ts'
import type { RunResult } from './runner/result.ts'
import { runPacks } from './runner/run.ts'
import type { Target } from './runner/target.ts'

/** What became of one rule that was switched off. */
export interface Mutant {
  /** Its id, or what an implementation does wrong. */
  readonly rule: string
  /** `unproved`: no scenario failed. `unreachable`: no request can bring the rule about; `reason` says why. */
  readonly outcome: 'caught' | 'unproved' | 'unreachable'
  /** The scenarios that failed, or were tried in vain. */
  readonly scenarios: readonly string[]
  readonly reason?: string
}

/** A target whose simulator has some rules switched off. */
export interface MutantTarget {
  readonly target: Target
  readonly close: () => Promise<void>
}

/** How rules are switched off in turn, or whatever else a simulator can be without. */
export interface MutationOptions<Rule extends string = string> {
  readonly packs: readonly Pack[]
  readonly rules: readonly Rule[]
  /** The scenarios that may miss it, those first that are likeliest; those that met the rule by default. */
  readonly candidates?: (rule: Rule, baseline: RunResult, packs: readonly Pack[]) => readonly string[]
  /** Rules that no request can bring about, and why. */
  readonly unreachable: Readonly<Record<string, string>>
  readonly open: (switchedOff: readonly Rule[]) => Promise<MutantTarget>
  readonly seed: string
  /** What the packs came to with all rules on, where that is known: a scenario that failed then shows nothing. */
  readonly baseline?: RunResult | undefined
  readonly onMutant?: (mutant: Mutant) => void
}

/**
 * Switches each rule off in turn, and runs the scenarios that met it before until one fails: a rule that no scenario
 * misses is a rule that no scenario tests. Rejects where a scenario fails with all rules on.
 */
export async function mutate<Rule extends string>(options: MutationOptions<Rule>): Promise<Mutant[]> {
  const { rules, unreachable, onMutant } = options
  const baseline = options.baseline ?? (await playUnchanged(options))
  const mutants: Mutant[] = []
  for (const rule of rules) {
    const reason = unreachable[rule]
    const mutant: Mutant =
      reason === undefined
        ? await tryWithout(rule, baseline, options)
        : { rule, outcome: 'unreachable', scenarios: [], reason }
    mutants.push(mutant)
    onMutant?.(mutant)
  }
  return mutants
}

/** Rejects where a scenario fails. */
async function playUnchanged<Rule extends string>({ packs, open, seed }: MutationOptions<Rule>): Promise<RunResult> {
  const { target, close } = await open([])
  try {
    const result = await runPacks(packs, target, { seed })
    const failed = result.scenarios.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)
    if (failed.length > 0) throw new Error(`With all rules on these scenarios fail: ${failed.join(', ')}.`)
    return result
  } finally {
    await close()
  }
}

async function tryWithout<Rule extends string>(
  rule: Rule,
  baseline: RunResult,
  { packs, open, seed, candidates: candidatesFor = candidatesOf }: MutationOptions<Rule>,
): Promise<Mutant> {
  const candidates = candidatesFor(rule, baseline, packs)
  const { target, close } = await open([rule])
  try {
    for (const id of candidates) {
      const { scenarios } = await runPacks(packs, target, { seed, selected: (_, scenario) => scenario.id === id })
      if (scenarios.some(({ outcome }) => outcome === 'failed')) return { rule, outcome: 'caught', scenarios: [id] }
    }
    return { rule, outcome: 'unproved', scenarios: candidates }
  } finally {
    await close()
  }
}

/** Scenarios that name the rule first, the quickest of them before the others; then those whose exchanges met it. */
function candidatesOf(rule: string, { scenarios }: RunResult, packs: readonly Pack[]): string[] {
  const quickness = (id: string) => scenarios.find((one) => one.id === id)?.milliseconds ?? 0
  const failed = new Set(scenarios.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id))
  const naming = packs
    .flatMap((pack) => pack.scenarios.filter(({ steps }) => JSON.stringify(steps).includes(`"${rule}"`)))
    .map(({ id }) => id)
    .sort((a, b) => quickness(a) - quickness(b))
  const meeting = scenarios.filter((one) => one.rules.includes(rule)).map(({ id }) => id)
  return [...new Set([...naming, ...meeting])].filter((id) => !failed.has(id))
}

/** One line for a rule. */
export function describeMutant({ rule, outcome, scenarios, reason }: Mutant): string {
  const tried = scenarios.length === 0 ? 'no scenario meets it' : `tried ${scenarios.join(', ')}`
  const about = outcome === 'caught' ? scenarios.join(', ') : (reason ?? tried)
  return `${outcome.padEnd(11)} ${rule.padEnd(32)} ${about}`
}
