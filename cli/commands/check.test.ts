import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { checkPayload } from '../../simulator/index.ts'
import { jftsimIn } from '../jftsim.fixture.ts'
import { junitOf } from '../reports/junit.ts'
import { sarifOf } from '../reports/sarif.ts'

/** Runs `jftsim check` in the folder of the payloads. */
const check = (...args: string[]) => jftsimIn(folder, 'check', ...args)

const note = noteFactory.build()
const WRAPPED = JSON.stringify({ ...note, author: note.author[0] }, null, 2)
const UNTITLED = JSON.stringify({ ...note, title: '' }, null, 2)

let folder: string

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-check-'))
})

afterAll(() => rmSync(folder, { recursive: true }))

function write(name: string, text: string): string {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  return name
}

describe('files', () => {
  test('both verdicts, the corrections and the patch, for a reader', async () => {
    const { code, stdout } = await check(write('right.json', JSON.stringify(note)), write('untitled.json', UNTITLED))
    expect(code).toBe(1)
    expect(stdout.split('\n\n').slice(0, 2)).toEqual([
      'right.json: accepted by JFT',
      'untitled.json: rejected by JFT, 1 issue',
    ])
    expect(stdout.split('\n\n').at(-1)).toBe(`  Through VKP: accepted by VKP, 1 correction
    drop-empty Composition.title: "" goes (observed)
  JFT after VKP: rejected by JFT, 1 issue
    PVAL105 Composition.title: Element 'title' with minimum cardinality 1 cannot be null.
  VKP's 1 correction cannot cure it: Composition.title: a mandatory element is missing, and nothing can tell what it should say.
`)
  })

  test('--json has exactly the documented members', async () => {
    const { code, stdout } = await check('--json', write('wrapped.json', WRAPPED))
    const [only, ...others] = JSON.parse(stdout)
    expect([code, others]).toEqual([1, []])
    expect(Object.keys(only)).toEqual(['file', 'jft', 'vkp', 'jftAfterVkp', 'patch'])
    expect(only).toMatchObject({
      file: 'wrapped.json',
      jft: { accepted: false, issues: [{ code: 'JSON111', expression: 'Composition.author' }] },
      vkp: {
        accepted: true,
        issues: [],
        corrections: [{ kind: 'wrap', expression: 'Composition.author', before: note.author[0], after: note.author }],
      },
      jftAfterVkp: { accepted: true, issues: [] },
      patch: [{ op: 'replace', path: '/author', value: note.author }],
    })
    expect(Object.keys(only.vkp.corrections[0])).toEqual(['kind', 'expression', 'before', 'after'])
  })

  test('exit code 0 when JFT accepts all', async () => {
    expect(await check(write('right.json', JSON.stringify(note)))).toMatchObject({
      code: 0,
      stdout: 'right.json: accepted by JFT\n',
    })
  })

  test('--config leaves out the rules that it switches off', async () => {
    const config = write('off.json', JSON.stringify({ switchedOff: ['r4-empty-string'] }))
    expect(await check('--config', config, write('untitled.json', UNTITLED))).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('untitled.json: accepted by JFT'),
    })
  })
})

describe('--forwarded', () => {
  const MEASURED = '{"resourceType":"Composition","meta":{"lastUpdated":"2026-05-26T10:06:17Z"}, "title":{"id":"x"}}'

  test('adds the exact text that VKP forwards to the JSON', async () => {
    const { stdout } = await check('--json', '--forwarded', write('measured.json', MEASURED))
    const [{ vkp }] = JSON.parse(stdout)
    expect(vkp.forwarded).toBe(
      '{"resourceType":"Composition","meta":{"lastUpdated":"2026-05-26T10:06:17+00:00"},"_title":{"id":"x"}}',
    )
    expect(vkp.corrections).toMatchObject([{ kind: 'rewrite', before: '2026-05-26T10:06:17Z' }, { kind: 'move' }])
  })

  test('without --json, or for a folder, is wrong use', async () => {
    const file = write('measured.json', MEASURED)
    expect(await check('--forwarded', file)).toMatchObject({ code: 2, stderr: expect.stringContaining('add --json') })
    mkdirSync(join(folder, 'measured'), { recursive: true })
    write('measured/one.json', MEASURED)
    expect(await check('--json', '--forwarded', 'measured')).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--forwarded is for files'),
    })
  })
})

describe('a value that VKP changes', () => {
  test('is said aloud, with what was sent and what is forwarded, and --fix leaves it alone', async () => {
    const text = JSON.stringify({ ...note, meta: { lastUpdated: '2026-05-26' }, language: '' }, null, 2)
    const file = write('changed.json', text)
    const { stdout } = await check(file)
    expect(stdout).toContain(
      'VALUE CHANGED ON THE WAY: change-value Composition.meta.lastUpdated: "2026-05-26" becomes "2026-05-26T00:00:00+00:00" (observed)',
    )
    expect(stdout).toContain('VKP forwards another value than was sent in Composition.meta.lastUpdated.')
    await check('--fix', file)
    expect(readFileSync(join(folder, 'changed.json'), 'utf8')).toBe(text.replace(',\n  "language": ""', ''))
  })
})

describe('--fix', () => {
  test('writes the corrections in place, and nothing else; exit code 0 when all are mended', async () => {
    const text = WRAPPED.replace('"status"', '"language" : "",\r\n  "status"')
    const { code, stderr } = await check('--fix', write('mend.json', `${text}\n`))
    expect([code, stderr]).toEqual([0, 'fixed: mend.json: drop-empty Composition.language, wrap Composition.author\n'])
    const mended = readFileSync(join(folder, 'mend.json'), 'utf8')
    expect(JSON.parse(mended)).toEqual(note)
    expect(mended.split('\n').length).toBe(`${text}\n`.split('\n').length - 1)
  })

  test('leaves a file alone that it does not cure', async () => {
    const { code, stderr } = await check('--fix', write('cannot.json', UNTITLED))
    expect(code).toBe(1)
    expect(stderr).toMatch(/^not fixed: cannot.json: VKP's 1 correction cannot cure it: Composition.title: /)
    expect(readFileSync(join(folder, 'cannot.json'), 'utf8')).toBe(UNTITLED)
  })
})

describe('a folder', () => {
  const PAYLOADS: Record<string, string> = {
    'captured/1.json': JSON.stringify(note),
    'captured/2.json': WRAPPED,
    'captured/deep/er/3.JSON': WRAPPED,
    'captured/deep/4.json': UNTITLED,
    'captured/deep/5.json': '{"resourceType":',
    'captured/notes.txt': 'not a payload',
  }

  test('gives the readiness report', async () => {
    for (const [name, text] of Object.entries(PAYLOADS)) write(name, text)
    const { code, stdout } = await check('captured')
    expect(code).toBe(1)
    expect(stdout).toBe(`JFT readiness of 5 payloads

     1  pass today
     2  pass only through VKP's corrections
     2  fail

Pass only through VKP's corrections: to mend before you go to JFT directly

     2  JSON111 (r4-array-expected): An element that may repeat must be a JSON array, even with one item
        for example captured/2.json: Composition.author, line ${lineOf(WRAPPED, '"author"')}
        fix: Wrap the value in an array: [ … ].

Fail: JFT rejects these with and without VKP

     1  PVAL105 (r4-missing-element): Mandatory elements must be present
        for example captured/deep/4.json: Composition.title
        fix: Add the element.

     1  json-syntax: The body must be one well-formed JSON text
        for example captured/deep/5.json: line 1
        fix: Send what a JSON library writes: no comments, no trailing commas, names and texts in double quotes, UTF-8.
`)
  })

  test('as JSON, by --json and by --report json', async () => {
    const { stdout } = await check('--json', 'captured')
    expect((await check('--report', 'json', 'captured')).stdout).toBe(stdout)
    const { files, causes, ...counts } = JSON.parse(stdout)
    expect(counts).toEqual({ payloads: 5, passToday: 1, passOnlyThroughVkp: 2, fail: 2 })
    expect(files.map(({ file, patch }: { file: string; patch: unknown }) => [file, patch !== null])).toEqual([
      ['captured/1.json', false],
      ['captured/2.json', true],
      ['captured/deep/4.json', false],
      ['captured/deep/5.json', false],
      ['captured/deep/er/3.JSON', true],
    ])
    expect(causes.passOnlyThroughVkp).toEqual([
      {
        rule: 'r4-array-expected',
        code: 'JSON111',
        title: 'An element that may repeat must be a JSON array, even with one item',
        payloads: 2,
        example: {
          file: 'captured/2.json',
          expression: 'Composition.author',
          line: lineOf(WRAPPED, '"author"'),
          message: 'Expected start of array.',
        },
        fix: 'Wrap the value in an array: [ … ].',
      },
    ])
  })

  function lineOf(text: string, part: string): number {
    return text.slice(0, text.indexOf(part)).split('\n').length
  }
})

describe('wrong use has exit code 2', () => {
  test.each([
    ['a file that is not there', ['missing.json'], 'cannot be read'],
    ['an unknown report', ['--report', 'html', 'x.json'], 'Allowed choices are sarif, junit, json.'],
    ['two outputs', ['--json', '--report', 'junit', 'x.json'], 'cannot be used with'],
    ['no file', [], "missing required argument 'path'"],
  ])('%s', async (_name, args, message) => {
    const { code, stderr } = await check(...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })

  test('a folder without payloads', async () => {
    mkdirSync(join(folder, 'empty'), { recursive: true })
    expect(await check('empty')).toMatchObject({ code: 2, stderr: 'jftsim: There is no *.json below empty.\n' })
  })
})

describe('reports for CI', () => {
  const checked = [
    { file: 'a/right.json', text: JSON.stringify(note), verdicts: checkPayload(JSON.stringify(note)) },
    { file: 'a/wr äpped.json', text: WRAPPED, verdicts: checkPayload(WRAPPED) },
  ]

  test('SARIF 2.1.0', () => {
    const { issues } = checkPayload(WRAPPED).jft
    expect(sarifOf(checked)).toEqual({
      $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
      version: '2.1.0',
      runs: [
        {
          tool: {
            driver: {
              name: 'jftsim',
              version: expect.any(String),
              rules: [expect.objectContaining({ id: 'r4-array-expected' })],
            },
          },
          columnKind: 'utf16CodeUnits',
          artifacts: [{ location: { uri: 'a/right.json' } }, { location: { uri: 'a/wr%20%C3%A4pped.json' } }],
          results: [
            {
              ruleId: 'r4-array-expected',
              ruleIndex: 0,
              level: 'error',
              message: { text: 'JSON111: Expected start of array. Wrap the value in an array: [ … ].' },
              locations: [
                {
                  physicalLocation: {
                    artifactLocation: { uri: 'a/wr%20%C3%A4pped.json' },
                    region: { startLine: issues[0]?.line, startColumn: issues[0]?.column },
                  },
                  logicalLocations: [{ fullyQualifiedName: 'Composition.author' }],
                },
              ],
              properties: { code: 'JSON111', curedByVkp: true },
            },
          ],
        },
      ],
    })
  })

  test('JUnit, with everything escaped that XML does not take', () => {
    const text = JSON.stringify({ resourceType: 'Composition', ' "<&>\u0000\uffff': 1 })
    const report = junitOf([...checked, { file: 'x"<&>.json', text, verdicts: checkPayload(text) }])
    expect(report).toContain('<testsuites name="jftsim check" tests="3" failures="2">')
    expect(report).toContain('<testcase classname="jftsim.check" name="a/right.json"/>')
    expect(report).toContain('name="x&quot;&lt;&amp;&gt;.json"')
    expect(report).toContain('Encountered unrecognized element &#39; &quot;&lt;&amp;&gt;\ufffd\ufffd&#39;.')
    expect(report.match(/<failure /g)).toHaveLength(2)
  })
})
