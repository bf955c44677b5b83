import { KINDS, SPOILERS } from '../../fixtures/index.ts'
import { unknownName } from '../../simulator/ground/text/suggest.ts'
import { FileFaults } from '../read-yaml.ts'
import { DEFECTS } from '../runner/defects.ts'
import { PARTY_NAMES } from '../runner/parties.ts'
import { type Wrong, wrongExpressions } from './check-expressions.ts'
import type { Pack, Scenario } from './pack.ts'
import type { YamlFaultPlace } from './read-pack.ts'
import type { Step } from './step.ts'

/** A name that is used where something of that name must exist. */
interface Use {
  /** Path of the key below the scenario. */
  readonly path: readonly PropertyKey[]
  /** What it names, for the message. */
  readonly what: string
  readonly name: string | undefined
  readonly known: readonly string[]
}

/** What packs are checked against. */
export interface Known {
  /** Ids of requirements; nothing is said of `proves` without it. */
  readonly requirements?: readonly string[]
  /** Ids of rules; nothing is said of `issues` and `warnings` without them. */
  readonly rules?: readonly string[]
  /** Presets of faults. */
  readonly presets?: readonly string[]
  /** Packs beside these, of which nothing but their ids is known. */
  readonly beside?: readonly PackIds[]
}

/** The ids of a pack's scenarios. */
export interface PackIds {
  readonly pack: string
  readonly scenarios: readonly { readonly id: string }[]
}

/**
 * Checks that every name in the packs is that of something: fixtures, spoilers, parties, defects, saved events,
 * requirements; and that no two scenarios have one id. Throws `FileFaults` with all that are not.
 */
export function checkNames(packs: readonly (Pack & YamlFaultPlace)[], known: Known = {}): void {
  const owners = ownersOf([...packs, ...(known.beside ?? [])])
  const faults = packs.flatMap((pack) =>
    pack.scenarios.flatMap((scenario, index) =>
      [...usesIn(scenario, known).flatMap(wrongName), ...wrongIn(scenario), ...repeatedId(owners, scenario)].map(
        ({ path, message }) => {
          const whole = ['scenarios', index, ...path]
          return { file: pack.file, ...pack.placeOf(whole), key: whole.map(String).join('.'), message }
        },
      ),
    ),
  )
  if (faults.length > 0) throw new FileFaults(faults)
}

/** Expressions that cannot be meant, and steps that prove what the scenario does not. */
function wrongIn({ steps }: Scenario): Wrong[] {
  return steps.flatMap((step, at) =>
    wrongExpressions(step).map(({ path, message }) => ({ path: ['steps', at, ...path], message })),
  )
}

function wrongName({ path, what, name, known }: Use): Wrong[] {
  if (name === undefined || known.includes(name)) return []
  return [{ path, message: unknownName(what, name, known) }]
}

/** How many scenarios have an id, and in which packs. */
interface Owners {
  readonly packs: Set<string>
  count: number
}

function ownersOf(packs: readonly PackIds[]): ReadonlyMap<string, Owners> {
  const owners = new Map<string, Owners>()
  for (const { pack, scenarios } of packs) {
    for (const { id } of scenarios) {
      const known = owners.get(id) ?? { packs: new Set<string>(), count: 0 }
      known.packs.add(pack)
      known.count += 1
      owners.set(id, known)
    }
  }
  return owners
}

function repeatedId(owners: ReadonlyMap<string, Owners>, { id }: Scenario): Wrong[] {
  const { packs, count } = owners.get(id) ?? { packs: [], count: 0 }
  if (count < 2) return []
  return [{ path: ['id'], message: `${count} scenarios have the id ${id} (in ${[...packs].join(', ')}).` }]
}

function usesIn({ party, parties, proves, steps }: Scenario, known: Known): Use[] {
  const { requirements } = known
  const names = [...PARTY_NAMES, ...Object.keys(parties)]
  const saved: string[] = []
  return [
    { path: ['party'], what: 'party', name: party, known: names },
    ...Object.entries(parties).map(([name, { like }]) => ({
      path: ['parties', name, 'like'],
      what: 'party',
      name: like,
      known: PARTY_NAMES,
    })),
    ...(requirements === undefined
      ? []
      : proves.map((name, at) => ({ path: ['proves', at], what: 'requirement', name, known: requirements }))),
    ...steps.flatMap((step, at) => {
      const uses = [...stepUses(step, names), ...knownUses(step, known, proves), ...eventUses(step, saved)]
      if (step.submit?.save !== undefined) saved.push(step.submit.save)
      return uses.map((use) => ({ ...use, path: ['steps', at, ...use.path] }))
    }),
  ]
}

function stepUses(step: Step, parties: readonly string[]): Use[] {
  const { as, proof, submit, check, token, 'test-token': testToken, await: awaited } = step
  const use = (path: readonly PropertyKey[], what: string, name: string | undefined, table: object): Use => ({
    path,
    what,
    name,
    known: Object.keys(table),
  })
  return [
    { path: ['as'], what: 'party', name: as, known: parties },
    use(['proof'], 'defect of a proof', typeof proof === 'string' ? proof : undefined, DEFECTS.proof),
    use(['token', 'defect'], 'defect of a token request', token?.defect, DEFECTS.request),
    use(['test-token', 'defect'], 'defect of a token', testToken?.defect, DEFECTS.token),
    use(['submit', 'fixture'], 'fixture', submit?.fixture, KINDS),
    use(['submit', 'spoil'], 'spoiler', submit?.spoil, SPOILERS),
    use(['check', 'fixture'], 'fixture', check?.fixture, KINDS),
    use(['check', 'spoil'], 'spoiler', check?.spoil, SPOILERS),
    use(['await', 'with', 'fixture'], 'fixture', awaited?.with?.fixture, KINDS),
    use(['await', 'with', 'spoil'], 'spoiler', awaited?.with?.spoil, SPOILERS),
  ]
}

/** Names that only a simulator knows: rules and presets; and requirements, which are the scenario's. */
function knownUses(step: Step, { rules, presets }: Known, proves: readonly string[]): Use[] {
  const { issues = [], warnings = [] } = step.expect ?? {}
  const named = [
    ...issues.map((one, at) => ({ path: ['expect', 'issues', at], name: typeof one === 'string' ? one : one.rule })),
    ...warnings.map((name, at) => ({ path: ['expect', 'warnings', at], name })),
  ]
  const preset = typeof step.fault === 'string' ? step.fault : step.fault?.preset
  return [
    ...(rules === undefined ? [] : named.map((one) => ({ ...one, what: 'rule', known: rules }))),
    ...(presets === undefined || typeof preset !== 'string'
      ? []
      : [{ path: ['fault'], what: 'preset', name: preset, known: [...presets, 'none'] }]),
    ...(step.proves ?? []).map((name, at) => ({
      path: ['proves', at],
      what: 'requirement of the scenario',
      name,
      known: proves,
    })),
  ]
}

/** `Type/id` names an event too, and a template is filled in later. */
function eventUses({ acknowledge, status }: Step, saved: readonly string[]): Use[] {
  return [
    { key: 'acknowledge', name: acknowledge },
    { key: 'status', name: status },
  ].flatMap(({ key, name }) =>
    name === undefined || /[/$]/.test(name) ? [] : [{ path: [key], what: 'saved event', name, known: [...saved] }],
  )
}
