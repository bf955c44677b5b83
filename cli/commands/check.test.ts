import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { dispensingFactory, noteFactory } from '../../fixtures/index.ts'
import { jftsimIn } from '../here.fixture.ts'
import { type Ended, MAIN, jftsimIn as started } from '../jftsim.fixture.ts'

/** Runs `jftsim check` in the folder of the payloads. */
const check = (...args: string[]) => jftsimIn(folder, 'check', ...args)

/** Runs `jftsim check --interactive` on a file, and answers each question by the property that it is about. */
async function interactive(file: string, answers: ReadonlyMap<string, string>): Promise<Ended> {
  const child = spawn(process.execPath, [MAIN, 'check', '--interactive', file], { cwd: folder })
  let stderr = ''
  child.stdout.resume()
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
    if (!/: $/.test(stderr)) return
    const [name = ''] = /(?<=fix: `)\w+(?=`[^\n]*\n[^\n]*$)/.exec(stderr) ?? []
    child.stdin.write(`${answers.get(name) ?? 'q'}\n`)
  })
  const [code] = await once(child, 'close')
  return { code, stdout: '', stderr }
}

const note = noteFactory.build()
const WRAPPED = JSON.stringify({ ...note, author: note.author[0] }, null, 2)
const UNTITLED = JSON.stringify({ ...note, title: '' }, null, 2)

let folder: string

/** A value is moved into its list, and never repeated. */
const MOVES = [
  { op: 'move', from: '/author', path: '/_moved' },
  { op: 'add', path: '/author', value: [] },
  { op: 'move', from: '/_moved', path: '/author/0' },
]

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
  test('a patient is judged for PIT, mended for PIT, and is no failure of a folder', async () => {
    write('persons/right.json', '{"resourceType":"Patient","name":[{"family":"HESTESKO"}]}')
    write('persons/wrong.json', '{"resourceType":"Patient","name":{"family":"HESTESKO"}}')
    const { code, stdout } = await check('persons/right.json', 'persons/wrong.json')
    expect(code).toBe(1)
    expect(stdout.split('\n\n').slice(0, 2)).toEqual([
      'persons/right.json: accepted by PIT\n  warning jft-no-identity-number: No identifier in the resource is a national identity number.',
      'persons/wrong.json: rejected by PIT, 1 issue',
    ])
    expect(stdout).not.toMatch(/JFT has no endpoint|by VKP/)
    expect((await check('persons')).stdout).toMatch(/^ +1 {2}pass today\n +0 {2}pass only.*\n +1 {2}fail/m)
    expect((await check('--fix', 'persons/wrong.json')).code).toBe(0)
    expect(readFileSync(join(folder, 'persons/wrong.json'), 'utf8')).toBe(
      '{"resourceType":"Patient","name":[{"family":"HESTESKO"}]}',
    )
    expect((await check('persons')).code).toBe(0)
  })

  test('both verdicts, the corrections and the patch, for a reader', async () => {
    const files = [write('right.json', JSON.stringify(note)), write('untitled.json', UNTITLED)]
    const { code, stdout } = await started(folder, 'check', ...files)
    expect(code).toBe(1)
    expect(stdout.split('\n\n').slice(0, 2)).toEqual([
      'right.json: accepted by JFT',
      'untitled.json: rejected by JFT, 1 issue',
    ])
    expect(stdout.split('\n\n').at(-2)).toBe(
      '  Fixes: None of 1 issue is mechanical. This needs you:\n' +
        '    Composition.title: `title` is an empty string, but mandatory: it cannot be left out. Give it a value (string, such as "…").',
    )
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
    expect(Object.keys(only)).toEqual(['file', 'jft', 'vkp', 'jftAfterVkp', 'patch', 'fixes'])
    expect(Object.keys(only.fixes).sort()).toEqual(['beyond', 'fixed', 'of', 'patch', 'rest', 'text'])
    expect(only).toMatchObject({
      file: 'wrapped.json',
      jft: {
        accepted: false,
        issues: [
          {
            code: 'JSON111',
            expression: 'Composition.author',
            fix: '`author` must be a list; you sent one object: wrap it in [ ].',
            patch: MOVES,
          },
        ],
      },
      fixes: { patch: MOVES, fixed: 1, of: 1, rest: [], beyond: 0, text: null },
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

  test('a dispense that came to nothing is accepted with a warning, alone and in a Bundle', async () => {
    const dispense = { ...dispensingFactory.build(), status: 'declined' }
    writeFileSync(join(folder, 'dispense.json'), JSON.stringify(dispense))
    const entry = [{ resource: note }, { resource: dispense }]
    writeFileSync(join(folder, 'bundle.json'), JSON.stringify({ resourceType: 'Bundle', type: 'document', entry }))
    const warningsOf = async (file: string) => JSON.parse((await check('--json', file)).stdout)[0].jft.warnings
    const about = (pointer: string) => [expect.objectContaining({ rule: 'jft-dispense-status', pointer })]
    expect(await warningsOf('dispense.json')).toEqual(about('/status'))
    expect(await warningsOf('bundle.json')).toEqual(about('/entry/1/resource/status'))
    const { code, stdout } = await check('dispense.json')
    expect([code, stdout]).toEqual([
      0,
      'dispense.json: accepted by JFT\n  warning jft-dispense-status: The MedicationDispense is declined; JFT is for successful dispensing. At /status, line 1.\n',
    ])
  })

  test('where no patch can say a fix, the corrected text does', async () => {
    const { stdout } = await check('--json', write('comma.json', '{"resourceType":"Basic","code":{"text":"x"},}'))
    const [{ fixes }] = JSON.parse(stdout)
    expect(fixes).toMatchObject({ patch: null, fixed: 1, of: 1, text: '{"resourceType":"Basic","code":{"text":"x"}}' })
    expect(fixes.rest).toMatchObject([{ rule: 'jft-endpoint-type' }])
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
  test('writes the fixes in place, and nothing else; exit code 0 when all are mended', async () => {
    const text = WRAPPED.replace('"status"', '"language" : "",\r\n  "status"')
    const { code, stderr } = await check('--fix', write('mend.json', `${text}\n`))
    expect([code, stderr]).toEqual([0, 'fixed: mend.json: 2 of 2 issues\n'])
    const mended = readFileSync(join(folder, 'mend.json'), 'utf8')
    expect(JSON.parse(mended)).toEqual(note)
    expect(mended.split('\n').length).toBe(`${text}\n`.split('\n').length - 1)
  })

  test('leaves a file alone that only the vendor can mend', async () => {
    const { code, stderr } = await check('--fix', write('cannot.json', UNTITLED))
    expect(code).toBe(1)
    expect(stderr).toBe('not fixed: cannot.json: 1 issue needs you\n')
    expect(readFileSync(join(folder, 'cannot.json'), 'utf8')).toBe(UNTITLED)
  })

  test('writes what is mechanical, and says what is not; exit code 1 while something is left', async () => {
    const text = JSON.stringify({ ...note, author: note.author[0], date: '2026-07-01T08:00:00' }, null, 2)
    const { code, stderr } = await check('--fix', write('partly.json', text))
    expect([code, stderr]).toEqual([1, 'fixed: partly.json: 1 of 2 issues; 1 issue needs you\n'])
    const { stderr: again } = await check('--fix', '--offset', 'Europe/Oslo', 'partly.json')
    expect(again).toBe('fixed: partly.json: 1 of 1 issue\n')
    expect(JSON.parse(readFileSync(join(folder, 'partly.json'), 'utf8'))).toEqual({
      ...note,
      date: '2026-07-01T08:00:00+02:00',
    })
  })

  test('keeps a byte order mark and line ends, and what is not part of an error', async () => {
    const text = `\uFEFF${WRAPPED.replaceAll('\n', '\r\n').replace('"title"', '"extension":[{"url":"urn:x","valueDecimal":36.60}],"title"')}`
    const { code } = await check('--fix', write('marked.json', text))
    const author = text.slice(text.indexOf('"author": ') + 10, text.indexOf(',\r\n  "extension"'))
    expect(code).toBe(0)
    expect(readFileSync(join(folder, 'marked.json'), 'utf8')).toBe(text.replace(author, `[${author}]`))
  })
})

describe('bytes that are not UTF-8', () => {
  const LATIN_1 = Buffer.from(JSON.stringify({ ...note, author: { display: 'Bjørn' } }), 'latin1')
  const saved = (name: string, bytes: Uint8Array) => {
    writeFileSync(join(folder, name), bytes)
    return name
  }

  test('are an error with the place, and --fix and --interactive write nothing', async () => {
    const file = saved('latin.json', LATIN_1)
    const { code, stdout } = await check('--json', file)
    expect([code, JSON.parse(stdout)]).toMatchObject([
      1,
      [{ jft: { accepted: false, issues: [{ rule: 'http-encoding', line: 1, column: LATIN_1.indexOf(0xf8) + 1 }] } }],
    ])
    expect(await check('--fix', file)).toMatchObject({ code: 1, stderr: 'not fixed: latin.json: it is not UTF-8\n' })
    expect((await check('--interactive', file)).code).toBe(1)
    expect(readFileSync(join(folder, file))).toEqual(LATIN_1)
  })

  test('UTF-16 is named, also in a folder', async () => {
    mkdirSync(join(folder, 'bytes'), { recursive: true })
    saved('bytes/utf16.json', Buffer.from(JSON.stringify(note), 'utf16le'))
    const { code, stdout } = await check('bytes')
    expect(code).toBe(1)
    expect(stdout).toContain('1  fail')
    expect(stdout).toContain('http-encoding: JSON body in another encoding than UTF-8')
    expect((await check('bytes/utf16.json')).stdout).toContain('The text is UTF-16 (little endian), not UTF-8.')
  })
})

describe('--interactive', () => {
  test('asks for each issue, and writes what was decided', async () => {
    const text = JSON.stringify(
      { ...note, author: note.author[0], status: 'ferdig', title: '', date: '2026-01-01T08:00:00', language: '' },
      null,
      2,
    )
    // In the order of the text: language, status, date, author, title, as the note has them.
    const answers = new Map([
      ['status', 'final'],
      ['date', '+01:00'],
      ['author', 'y'],
      ['title', 'Tur'],
      ['language', 'n'],
    ])
    const { code, stderr } = await interactive(write('asked.json', text), answers)
    expect(stderr).toContain('written: asked.json')
    expect(code).toBe(1)
    expect(JSON.parse(readFileSync(join(folder, 'asked.json'), 'utf8'))).toEqual({
      ...note,
      status: 'final',
      title: 'Tur',
      date: '2026-01-01T08:00:00+01:00',
      language: '',
    })
  })

  test('says what R4 does not take, and continues', async () => {
    const text = JSON.stringify({ ...note, status: 'ferdig' })
    const { code, stderr } = await interactive(write('wrong.json', text), new Map([['status', 'done']]))
    expect([code, stderr]).toEqual([1, expect.stringContaining('R4 does not take "done" there.')])
    expect(readFileSync(join(folder, 'wrong.json'), 'utf8')).toBe(text)
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

     2  JSON111 (r4-array-expected): One value where a list belongs
        for example captured/2.json: Composition.author, line ${lineOf(WRAPPED, '"author"')}
        fix: Wrap the value in an array: [ … ].

Fail: JFT rejects these with and without VKP

     1  PVAL105 (r4-missing-element): Missing mandatory element
        for example captured/deep/4.json: Composition.title
        fix: Add the element.

     1  json-syntax: Body that is not one well-formed JSON text
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
        title: 'One value where a list belongs',
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

describe('a file with a payload on each line', () => {
  /** So many that threads judge them, and the bad ones far apart. */
  const LINES = Array.from({ length: 1_300 }, (_, n) =>
    n === 333 || n === 1_111 ? { ...note, title: undefined } : note,
  )

  test('gives the sums of all, with the first line of each cause as the example', async () => {
    write('day.ndjson', `${LINES.map((line) => JSON.stringify(line)).join('\n')}\n\n`)
    const { code, stdout } = await check('--json', 'day.ndjson')
    const { causes, ...counts } = JSON.parse(stdout)
    expect([code, counts]).toEqual([1, { payloads: 1_300, passToday: 1_298, passOnlyThroughVkp: 0, fail: 2 }])
    expect(causes.fail).toMatchObject([
      { rule: 'r4-missing-element', payloads: 2, example: { file: 'day.ndjson:334', expression: 'Composition.title' } },
    ])
  })
})
