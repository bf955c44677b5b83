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
    checkNames(readPacks([{ file: 'own.yaml', text }]), { requirements: ['write-202'] })
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
    expect(faultsOf('pack: [own')[0]).toMatch(/^own\.yaml:1:\d+ /)
  })

  test('a requirement that does not exist, and an id twice', () => {
    const scenario = HEAD.slice(3).join('\n')
    const step = '      - submit: { fixture: note }'
    const proving = HEAD.join('\n').replace('title: One', 'title: One\n    proves: [write-203]')
    expect(faultsOf(`${proving}\n${step}`)).toEqual([
      'own.yaml:6:14 scenarios.0.proves.0: There is no requirement write-203. Did you mean write-202?',
    ])
    expect(faultsOf(`${HEAD.join('\n')}\n${step}\n${scenario}\n${step}`)).toEqual([
      'own.yaml:4:5 scenarios.0.id: 2 scenarios have the id one (in own, own).',
      'own.yaml:8:5 scenarios.1.id: 2 scenarios have the id one (in own, own).',
    ])
  })
})

test('the published JSON Schema is that of the code', () => {
  const published = readFileSync(new URL('../pack.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(packJsonSchema())
})
