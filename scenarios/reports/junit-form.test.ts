import { expect, test } from 'vitest'
import type { ScenarioResult } from '../runner/result.ts'
import { junitOf } from './junit.ts'
import { junitXml } from './junit-xml.ts'
import { reportOf } from './report.ts'

/** What an element may have, as the schema of Jenkins' xUnit plugin says it (junit-10.xsd); `!`: it must. */
const FORM: Readonly<Record<string, { readonly attributes: string; readonly children: string }>> = {
  testsuites: { attributes: 'name time tests failures errors', children: 'testsuite' },
  testsuite: {
    attributes: 'name! tests! failures! errors! group time skipped timestamp hostname id package file log url',
    children: 'testsuite properties testcase system-out system-err',
  },
  properties: { attributes: '', children: 'property' },
  property: { attributes: 'name! value!', children: '' },
  testcase: {
    attributes: 'name! time classname group',
    children: 'skipped error failure rerunFailure rerunError flakyFailure flakyError system-out system-err',
  },
  skipped: { attributes: 'type message', children: '' },
  failure: { attributes: 'type message', children: '' },
  'system-out': { attributes: '', children: '' },
}

const TAG = /<(\/?)([a-z-]+)((?: [a-z]+="[^"<]*")*)(\/?)>/g

/** What a document has that the schema does not allow. */
function faultsOf(xml: string): string[] {
  const open: string[] = []
  const faults: string[] = []
  for (const [, end, name = '', attributes = '', isEmpty] of xml.matchAll(TAG)) {
    if (end !== '') {
      if (open.pop() !== name) faults.push(`</${name}>`)
      continue
    }
    const parent = open.at(-1)
    const allowed = FORM[name]?.attributes.split(' ') ?? []
    const given = Array.from(attributes.matchAll(/ ([a-z]+)="/g), ([, key = '']) => key)
    if (parent !== undefined && !FORM[parent]?.children.split(' ').includes(name)) faults.push(`${name} in ${parent}`)
    for (const key of given) if (!allowed.includes(key) && !allowed.includes(`${key}!`)) faults.push(`${name}@${key}`)
    for (const key of allowed)
      if (key.endsWith('!') && !given.includes(key.slice(0, -1))) faults.push(`${name} without ${key}`)
    const time = / time="([^"]*)"/.exec(attributes)?.[1]
    if (name !== 'testcase' && time !== undefined && !/^\d*(?:\.\d*)?$/.test(time)) faults.push(`time ${time}`)
    if (isEmpty === '') open.push(name)
  }
  return [...faults, ...open]
}

const result = (outcome: ScenarioResult['outcome'], more: Partial<ScenarioResult> = {}): ScenarioResult => ({
  pack: 'jft-write',
  id: `scenario-${outcome}`,
  title: 'A <b>title</b> & "more"',
  party: 'response-centre',
  proves: ['write-202', 'write-location'],
  file: 'packs/jft-write.yaml',
  line: 4,
  attempt: 1,
  seed: '1',
  outcome,
  milliseconds: 1_234_567,
  steps: [],
  rules: [],
  ...more,
})

test('a run is valid by the schema of Jenkins’ xUnit plugin, whatever came of it', () => {
  const scenarios = [
    result('passed'),
    result('failed', { reason: 'a "quote" > 1' }),
    result('skipped', { reason: 'needs <a> client' }),
    result('passed', { attempt: 2, pack: 'other', proves: [] }),
  ]
  const run = { target: 'x', seed: '1', started: '2026-11-22T08:00:00.000Z', milliseconds: 9_876_543, scenarios }
  const xml = junitOf(reportOf('A "title"', run, []))
  expect(faultsOf(xml)).toEqual([])
  expect(xml.match(/<testcase /g)).toHaveLength(4)
  expect(xml).toContain('[[PROPERTY|requirement=write-location]]')
})

test('what has no scenario is valid as well', () => {
  expect(faultsOf(junitXml('nothing', []))).toEqual([])
  expect(faultsOf(junitXml('one', [{ name: 'empty', cases: [] }], 0))).toEqual([])
})

test('the check finds what the schema does not allow', () => {
  const xml =
    '<testsuites skipped="1"><testsuite name="a" tests="1" failures="0"><testcase name="b" file="c"><properties></properties></testcase></testsuite></testsuites>'
  expect(faultsOf(xml)).toEqual([
    'testsuites@skipped',
    'testsuite without errors!',
    'testcase@file',
    'properties in testcase',
  ])
})
