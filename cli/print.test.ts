import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { NUMBER, SPELLINGS, shows } from '../simulator/ground/text/mask/mask.fixture.ts'
import { checkPayload } from '../simulator/index.ts'
import { jftsim } from './here.fixture.ts'
import { shown } from './print.ts'
import { describeVerdicts } from './reports/describe.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-print-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const SOURCES = readdirSync(import.meta.dirname, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file) && file !== 'print.ts',
)

test('everything is printed through one door', () => {
  const past = SOURCES.filter((file) => {
    const source = readFileSync(join(import.meta.dirname, file), 'utf8')
    return /\bconsole\.|process\.std(?:out|err)\.write/.test(source)
  })
  expect(past).toEqual([])
})

test.each(Object.entries(SPELLINGS))('no real number is shown: %s', (_, text) => {
  expect(shows(shown(text))).toBe(false)
  expect(shows(shown(JSON.stringify({ a: text }, null, 2)))).toBe(false)
})

test('what a terminal would obey is an escape, and JSON stays JSON', () => {
  const text = 'a\u001b[2J\u009b2J\u202eb\u2066\r\u0007\u007f'
  expect(shown(text)).toBe('a\\u001b[2J\\u009b2J\\u202eb\\u2066\\r\\u0007\\u007f')
  expect(shown('a\n\tb')).toBe('a\n\tb')
  expect(JSON.parse(shown(JSON.stringify({ a: text })))).toEqual({ a: text })
})

describe('a payload is described', () => {
  const described = (text: string) =>
    describeVerdicts({ file: 'x.json', text, encoding: 'utf-8', verdicts: checkPayload(text) })

  test.each(Object.entries(SPELLINGS))('without the real number on the line of an issue: %s', (_, spelt) => {
    const text = `{"resourceType":"Composition","title":${JSON.stringify(spelt)},"unknown":1}`
    expect(shows(described(text))).toBe(false)
  })

  test('with the caret under the place, though the line is masked', () => {
    const text = `{"resourceType":"Composition","title":"${SPELLINGS['with two blanks']}","unknown":1}`
    const lines = described(text).split('\n')
    const caret =
      lines.find((line) => line.trimEnd().endsWith('^') && lines[lines.indexOf(line) - 1]?.includes('"unknown"')) ?? ''
    expect(lines[lines.indexOf(caret) - 1]?.slice(caret.indexOf('^'))).toMatch(/^"unknown"/)
  })

  test('without a line that it has not: names have no line ends', () => {
    const text = '{"resourceType":"Composition","a\\nFAKED: accepted by JFT\\u001b[2J":1}'
    expect(
      described(text)
        .split('\n')
        .filter((line) => line.startsWith('FAKED')),
    ).toEqual([])
  })
})

test('check shows no number that it refuses, in the terminal and as JSON', async () => {
  const file = join(folder, 'subject.json')
  const identifier = { system: 'urn:oid:2.16.578.1.12.4.1.4.1', value: NUMBER }
  writeFileSync(file, JSON.stringify({ resourceType: 'Composition', title: `fnr${NUMBER}`, subject: { identifier } }))
  for (const flags of [[], ['--json']]) {
    const { stdout, stderr, code } = await jftsim('check', file, ...flags)
    expect(code).toBe(1)
    expect(shows(stdout + stderr)).toBe(false)
  }
})
