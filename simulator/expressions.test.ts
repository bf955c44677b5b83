import { check } from 'recheck'
import { describe, expect, test } from 'vitest'
import { type Expression, expressions, spreadCalls } from './expressions.fixture.ts'
import { sampled } from './sample.fixture.ts'

/** As many characters as a stranger may send; only the growth is looked at, and no clock. */
const INPUT = 400_000

/** Expressions whose patterns the source does not have, each with the reason why no stranger can make them slow. */
const NOT_HELD: Readonly<Record<string, string>> = {
  "simulator/surfaces/control/case/id-sequence.ts new RegExp(own.map(drawnAs).join('|'), 'g')":
    'alternatives of hexadecimal digits without a repetition, in the digits that the simulator drew itself',
  "scenarios/pack/check-expressions.ts new RegExp(text, 'u')": 'it is read, and never run',
  "scenarios/runner/expect.ts new RegExp(matches, 'u')": 'the author of a pack writes the pattern, and runs it at home',
  "scenarios/runner/match.ts new RegExp(pattern, 'u')": 'the author of a pack writes the pattern, and runs it at home',
}

/** Expressions that the checker cannot decide, each with the reason why they are linear. */
const LINEAR: Readonly<Record<string, string>> = {
  'simulator/ground/text/mask/named-secrets.ts':
    'the name is at most 64 characters: each place where it can begin costs a constant',
}

/** Lists that are given as arguments, each with the reason why it cannot be longer than a call allows. */
const BOUNDED: Readonly<Record<string, string>> = {
  'simulator/adapters/msw.ts setupServer(...handlers)': 'one for each URL that is played',
  "simulator/http/fhir/payload-schemas.ts waiting.push(...members.flatMap(([, { kind, type: of }]) => (kind === 'complex' ? [of().name] : [])))":
    'the elements of one type of R4',
  'simulator/rules/fhir/messages.ts message(...this.values)': 'what one message prints',
  'simulator/rules/fhir/strict5.ts wording5(code, ...values)': 'what one message prints',
  'simulator/rules/search/search.ts Object.assign(defaults, ...parts.map((part) => part.search))':
    'one for each parameter of a table',
  'simulator/surfaces/control/case/compare.ts compareBodies(...bodies(recorded, found, by), by.looseTimes)':
    'two of them',
  'simulator/surfaces/control/case/replay.ts withoutBases(text, world.net.origins.local, ...(to ? [to.origins] : []))':
    'one or none',
  "scenarios/read-yaml.ts Math.max(0, ...issues.map(({ path, code }) => path.length + (code === 'unrecognized_keys' ? 1 : 0)))":
    'what is wrong in one alternative of a file that its author runs',
  'scenarios/story.ts paths.push(...entry.map(({ resource }) => `${resource.resourceType}/${resource.id}`))':
    'one page of a search',
  'scenarios/pack/read-pack.ts faults.push(...error.faults)': 'faults of a file that its author runs',
  'scenarios/requirements/requirement.ts faults.push(...error.faults)': 'faults of our own files',
  'scenarios/requirements/requirement.ts faults.push(...repeatedIds(files))': 'faults of our own files',
  'scenarios/runner/actions.ts play.found.push(...(evaluate(reply.json, "entry.resource.select(resourceType & \'/\' & id)") as string[]))':
    'one page of a search',
  'scenarios/runner/scenario.ts failures.push(...verdict.failures)': 'the expectations of one step',
  'scenarios/runner/scenario.ts failures.push(...(await finish(play, written, last)))':
    'the expectations of one scenario',
  'scenarios/verify/evidence.ts all.push(...events)': 'one page of a search',
}

const keyOf = ({ file, text }: { readonly file: string; readonly text: string }): string => `${file} ${text}`

describe('expressions', () => {
  const all = expressions()
  const patterns = new Map<string, Expression>()
  for (const one of all) if (one.pattern !== undefined) patterns.set(`/${one.pattern}/${one.flags}`, one)

  test('are found wherever they stand, and held to the bound unless a reason says why not', () => {
    expect(patterns.size).toBeGreaterThan(200)
    const notHeld = all.filter(({ pattern }) => pattern === undefined).map(keyOf)
    expect(notHeld.sort()).toEqual(Object.keys(NOT_HELD).sort())
  })

  test('take no more than linear time on their worst input', async () => {
    const slow: string[] = []
    for (const [shown, { file, pattern = '', flags }] of sampled([...patterns], 16)) {
      const found = await check(pattern, flags, { timeout: 600_000, attackLimit: INPUT, maxAttackStringSize: INPUT })
      if (found.status !== 'safe' && !Object.hasOwn(LINEAR, file))
        slow.push(`${file}: ${shown} ${'attack' in found ? found.attack.pattern : 'not decided'}`)
    }
    expect(slow).toEqual([])
  })

  test('that are not linear are known as such', async () => {
    for (const pattern of ['^B+|B+$', '\\b(eyJ[\\w-]+\\.[\\w-]+)\\.[\\w-]+', '"(?:[^"\\\\]|\\\\.)*"'])
      expect((await check(pattern, 'g')).status).toBe('vulnerable')
  })
})

test('no list without a bound is spread into arguments', () => {
  expect([...new Set(spreadCalls().map(keyOf))].sort()).toEqual(Object.keys(BOUNDED).sort())
})
