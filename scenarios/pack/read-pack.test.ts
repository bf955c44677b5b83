import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { FileFaults } from '../read-yaml.ts'
import { checkNames } from './check-names.ts'
import { packJsonSchema } from './pack.ts'
import { readPack, readPacks } from './read-pack.ts'

const HEAD = ['pack: own', 'title: Own', 'scenarios:', '  - id: one', '    title: One', '    steps:']

const withSteps = (...lines: string[]) => [...HEAD, ...lines.map((line) => `      ${line}`)].join('\n')

function faultsOf(text: string): string[] {
  try {
    checkNames(readPacks([{ file: 'own.yaml', text }]), {
      requirements: ['write-202'],
      rules: ['r4-empty-string'],
      presets: ['outage'],
    })
    return []
  } catch (error) {
    if (!(error instanceof FileFaults)) throw error
    return error.message.split('\n')
  }
}

describe('a pack is read', () => {
  test('with the line of each scenario and step', () => {
    const pack = readPack('own.yaml', withSteps('- submit: { fixture: note }', '- clock: { advance: PT1M }'))
    expect([pack.lineOf(0), pack.lineOf(0, 0), pack.lineOf(0, 1)]).toEqual([4, 7, 8])
    expect(pack.scenarios[0]).toMatchObject({ party: 'response-centre', proves: [], parties: {} })
  })

  test.each([
    [
      'a key that is misspelled',
      ['- submit: { fixtrue: note }'],
      'own.yaml:7:19 scenarios.0.steps.0.submit.fixtrue: There is no key fixtrue. Did you mean fixture?',
    ],
    [
      'a key of an expectation that is misspelled',
      ['- submit: { fixture: note }', '  expect: { stauts: 202 }'],
      'own.yaml:8:19 scenarios.0.steps.0.expect.stauts: There is no key stauts. Did you mean status?',
    ],
    [
      'an unknown fixture',
      ['- submit: { fixture: noet }'],
      'own.yaml:7:19 scenarios.0.steps.0.submit.fixture: There is no fixture noet. Did you mean note?',
    ],
    [
      'an unknown spoiler',
      ['- check: { fixture: note, spoil: single-objct }'],
      'own.yaml:7:33 scenarios.0.steps.0.check.spoil: There is no spoiler single-objct. Did you mean single-object?',
    ],
    [
      'an unknown party',
      ['- submit: { fixture: note }', '  as: her'],
      'own.yaml:8:9 scenarios.0.steps.0.as: There is no party her. Did you mean ehr?',
    ],
    [
      'an unknown defect',
      ['- submit: { fixture: note }', '  proof: wrong-tpy'],
      'own.yaml:8:9 scenarios.0.steps.0.proof: There is no defect of a proof wrong-tpy. Did you mean wrong-typ?',
    ],
    [
      'an event that nobody saved',
      ['- submit: { fixture: note, save: note }', '- status: nte'],
      'own.yaml:8:9 scenarios.0.steps.1.status: There is no saved event nte. Did you mean note?',
    ],
    [
      'two actions in one step',
      ['- submit: { fixture: note }', '  search: { type: Bundle }'],
      'own.yaml:7:9 scenarios.0.steps.0: A step has one action; this one has submit and search.',
    ],
  ])('%s is told with its place', (_, lines, message) => {
    expect(faultsOf(withSteps(...lines))).toEqual([message])
  })

  test('a step without an action is told which there are', () => {
    expect(faultsOf(withSteps('- name: nothing'))[0]).toContain('A step needs one action: submit, search, follow,')
  })

  test('all faults are told at once', () => {
    expect(faultsOf(withSteps('- submit: { fixtrue: note }', '- serach: { type: Bundle }'))).toHaveLength(3)
  })

  test('text that is not YAML is told with its place', () => {
    expect(faultsOf('pack: [own')[0]).toMatch(/^own\.yaml:1:\d+: /)
  })

  test('a requirement that does not exist, and an id twice', () => {
    const scenario = HEAD.slice(3).join('\n')
    const step = '      - submit: { fixture: note }'
    const proving = HEAD.join('\n').replace('title: One', 'title: One\n    proves: [write-203]')
    expect(faultsOf(`${proving}\n${step}`)).toEqual([
      'own.yaml:6:14 scenarios.0.proves.0: There is no requirement write-203. Did you mean write-202?',
    ])
    expect(faultsOf(`${HEAD.join('\n')}\n${step}\n${scenario}\n${step}`)).toEqual([
      'own.yaml:4:5 scenarios.0.id: 2 scenarios have the id one (in own).',
      'own.yaml:8:5 scenarios.1.id: 2 scenarios have the id one (in own).',
    ])
  })
})

describe('a loop', () => {
  const namesOf = (...lines: string[]) => readPack('own.yaml', withSteps(...lines)).scenarios[0]?.steps

  test('over rows repeats a step, and says which row it is', () => {
    const steps = namesOf('- each: [{ type: Composition }, { type: Bundle }]', "  search: { type: '${each.type}' }")
    expect(steps).toEqual([
      { name: 'search: Composition', search: { type: 'Composition' } },
      { name: 'search: Bundle', search: { type: 'Bundle' } },
    ])
  })

  test('over plain values, over every combination, and over several steps', () => {
    const loop = '- each: { type: [Bundle, Composition], count: [1, 2] }'
    const inner = [
      '  steps:',
      "  - search: { type: '${each.type}', params: { _count: '${each.count}' } }",
      '  - follow: next',
    ]
    expect(namesOf(loop, ...inner)?.map(({ search }) => search)).toEqual([
      { type: 'Bundle', params: { _count: 1 } },
      undefined,
      { type: 'Bundle', params: { _count: 2 } },
      undefined,
      { type: 'Composition', params: { _count: 1 } },
      undefined,
      { type: 'Composition', params: { _count: 2 } },
      undefined,
    ])
    expect(namesOf('- each: [2, 3]', "  clock: { rate: '${each}' }")?.map(({ clock }) => clock?.rate)).toEqual([2, 3])
  })

  test('keeps the lines of its steps, for failures and for faults', () => {
    const steps = ['- each: [note, alarm]', '  submit: { fixture: "${each}" }', '- submit: { fixture: note }']
    const pack = readPack('own.yaml', withSteps(...steps))
    expect([pack.lineOf(0, 0), pack.lineOf(0, 1), pack.lineOf(0, 2)]).toEqual([7, 7, 9])
    expect(faultsOf(withSteps('- each: [note, alram]', '  submit: { fixture: "${each}" }'))).toEqual([
      'own.yaml:8:19 scenarios.0.steps.1.submit.fixture: There is no fixture alram. Did you mean alarm?',
    ])
  })

  test('over a CSV file, and steps of another file', () => {
    const files: Record<string, string> = {
      'data.csv': 'type,count\nBundle,1\n"Composition",2\n',
      'steps.yaml': 'steps:\n  - clock: { advance: PT1M }\n  - submit: { fixture: note }\n',
    }
    const text = withSteps('- each: { csv: data.csv }', "  search: { type: '${each.type}' }", '- include: steps.yaml')
    const [scenario] = readPack('own.yaml', text, (path) => files[path] ?? '').scenarios
    expect(
      scenario?.steps.map(({ search, clock, submit }) => search?.type ?? clock?.advance ?? submit?.fixture),
    ).toEqual(['Bundle', 'Composition', 'PT1M', 'note'])
  })

  test.each([
    ['a file where there are none', ['- include: x.yaml'], /^own\.yaml:7:9 .*include: x\.yaml: it cannot be read here/],
    [
      'steps without a loop',
      ['- steps: [{ follow: next }]'],
      /Steps inside a step are those of a loop: it needs each\./,
    ],
    ['a value that no row has', ['- each: [{ a: 1 }]', '  status: "${each.b}"'], /A row of the loop has no b\./],
  ])('%s is told', (_, lines, message) => {
    expect(faultsOf(withSteps(...lines)).join()).toMatch(message)
  })
})

describe('what cannot be meant is told when a pack is read', () => {
  test.each([
    [
      'a pointer',
      ['- submit: { fixture: note, set: { status: x } }'],
      'submit.set.status: "status" is not a JSON Pointer. Did you mean "/status"?',
    ],
    [
      'a pointer to remove',
      ['- submit: { fixture: note, remove: [status] }'],
      'submit.remove.0: "status" is not a JSON Pointer. Did you mean "/status"?',
    ],
    ['FHIRPath', ['- search: { type: Bundle }', "  expect: { body: { 'entry.(': 1 } }"], 'is not FHIRPath'],
    ['FHIRPath to capture', ['- search: { type: Bundle }', "  capture: { x: 'a..b' }"], 'a..b is not FHIRPath'],
    ['a pattern', ['- search: { type: Bundle }', "  expect: { text: { matches: '(' } }"], 'Invalid regular expression'],
    [
      'a rule',
      ['- submit: { fixture: note }', '  expect: { issues: [r4-empty-strin] }'],
      'There is no rule r4-empty-strin. Did you mean r4-empty-string?',
    ],
    ['a preset', ['- fault: outgae'], 'There is no preset outgae. Did you mean outage?'],
    [
      'a requirement of a step',
      ['- submit: { fixture: note }', '  proves: [write-202]'],
      'There is no requirement of the scenario write-202.',
    ],
  ])('%s', (_, lines, message) => {
    expect(faultsOf(withSteps(...lines)).join()).toContain(message)
  })
})

test('the published JSON Schema is that of the code', () => {
  const published = readFileSync(new URL('../pack.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(packJsonSchema())
})
