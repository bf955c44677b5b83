import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { strFromU8, unzipSync } from 'fflate'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../scenarios/reports/report.ts'
import { type RunningSimulator, startServer } from '../../simulator/adapters/node.ts'
import { jftsimIn, jftsimWith } from '../here.fixture.ts'
import { jftsimIn as started, jftsimWith as startedWith } from '../jftsim.fixture.ts'

let folder: string
let running: RunningSimulator

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'jftsim-reports-'))
  running = await startServer({ port: 0 })
  write('pack.yaml', PACK)
  write('own.yaml', 'requirements: [{ id: acme-1, quote: A note is taken., source: "ACME, 1.2", level: should }]')
  write('about.yaml', 'product: Trygg\nversion: 1.2\nvendor: ACME\ntester: Kari')
  write('waivers.yaml', 'waivers: [{ id: write-202, because: 201 is agreed, who: Kari, until: 2999-01-01 }]')
})

afterAll(async () => {
  rmSync(folder, { recursive: true })
  await running.close()
})

/** Of its three scenarios the second one fails. */
const PACK = `pack: own
title: Own
scenarios:
  - id: own-good
    title: A note is taken
    proves: [acme-1]
    tags: [smoke]
    steps:
      - submit: { fixture: note }
        expect: { status: 202 }
  - id: own-bad
    title: A note is created, at once
    proves: [write-202]
    steps:
      - submit: { fixture: note }
        expect: { status: 201, headers: { location: { matches: /v1/ } } }
  - id: own-search
    title: A search
    proves: [read-links]
    steps:
      - search: { type: Composition }
        expect: { status: 200 }
`

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text)
}

const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const report = (name: string) => JSON.parse(read(name)) as Report

/** Runs the own pack at the running simulator. */
function run(...args: string[]) {
  return jftsimIn(folder, 'run', 'pack.yaml', '--url', running.url, '--requirements', 'own.yaml', ...args)
}

describe('a report says what was tested, by whom, and what was agreed', () => {
  test('in JSON, with the hash of the rest', async () => {
    const { code } = await run('--about', 'about.yaml', '--waivers', 'waivers.yaml', '--report', 'json=all.json')
    const { sha256, ...rest } = report('all.json')
    expect(sha256).toBe(createHash('sha256').update(JSON.stringify(rest)).digest('hex'))
    expect(rest).toMatchObject({
      tested: 'simulator',
      about: { product: 'Trygg', version: '1.2', vendor: 'ACME', tester: 'Kari' },
      passed: true,
    })
    expect(rest.requirements.map(({ id, outcome, level }) => [id, outcome, level])).toEqual([
      ['acme-1', 'kept', 'should'],
      ['read-links', 'kept', 'must'],
      ['write-202', 'waived', 'must'],
    ])
    expect(rest.requirements[2]?.reason).toBe('201 is agreed (Kari, until 2999-01-01)')
    expect(rest.requirements[0]?.evidence?.[0]).toMatch(/^own-good\/x\d+$/)
    expect(rest.scenarios.map(({ id, file }) => [id, file])).toEqual([
      ['own-good', 'pack.yaml'],
      ['own-bad', 'pack.yaml'],
      ['own-search', 'pack.yaml'],
    ])
    expect(code).toBe(0)
  })

  test('as CSV and as a workbook, in Norwegian too', async () => {
    const reports = ['--report', 'csv=m.csv', '--report', 'xlsx=m.xlsx', '--report', 'summary=m.md']
    const { code, stdout } = await run('--language', 'nb', '--about', 'about.yaml', ...reports)
    expect(code).toBe(1)
    expect(stdout).toContain('2 krav oppfylt, 1 brutt, 0 ikke prøvd')
    const [header, first] = read('m.csv').split('\r\n')
    expect(header).toBe('id,outcome,level,certainty,topic,quote,source,reason,scenarios,evidence')
    expect(first).toMatch(/^acme-1,oppfylt,bør,dokumentert,,A note is taken\.,"ACME, 1\.2",,own-good,own-good\/x\d+/)
    const parts = unzipSync(readFileSync(join(folder, 'm.xlsx')))
    const texts = strFromU8(parts['xl/sharedStrings.xml'] ?? new Uint8Array())
    for (const word of ['Utfall', 'brutt', 'write-202', 'Trygg', 'Kari']) expect(texts).toContain(word)
    expect(read('m.md')).toContain('| **brutt** | A successful submission returns 202 Accepted. (`write-202`) | må |')
  })

  test('a waiver that has ended counts no more', async () => {
    write('old.yaml', 'waivers: [{ id: write-202, because: x, who: Kari, until: 2020-01-01 }]')
    const { code, stderr } = await run('--waivers', 'old.yaml')
    expect([code, stderr]).toEqual([
      1,
      'jftsim: old.yaml: the waiver of write-202 ended on 2020-01-01 and counts no more.\n',
    ])
  })
})

describe('what is run', () => {
  test('--shard: the parts together are the whole, and none is in two', async () => {
    const parts = [1, 2, 3].map(async (part) => {
      await run('--shard', `${part}/3`, '--report', `json=shard-${part}.json`)
      return report(`shard-${part}.json`).scenarios.map(({ id }) => id)
    })
    const ids = (await Promise.all(parts)).flat()
    expect(ids.sort()).toEqual(['own-bad', 'own-good', 'own-search'])
  })

  test('--last-failed: what failed, and nothing else', async () => {
    await run()
    const { code, stdout } = await jftsimIn(
      folder,
      'run',
      '--last-failed',
      '--url',
      running.url,
      '--requirements',
      'own.yaml',
    )
    expect([code, stdout.match(/^(ok|FAILED) .*$/gm)]).toEqual([1, [expect.stringContaining('own/own-bad')]])
    await run('--filter', 'own-good')
    expect(await run('--last-failed')).toMatchObject({ code: 0, stdout: 'Nothing failed in the last run.\n' })
    const kept = join(folder, '.jftsim')
    expect([readFileSync(join(kept, '.gitignore'), 'utf8'), statSync(kept).mode & 0o777]).toEqual(['*\n', 0o700])
  })

  test('--tag', async () => {
    const { stdout } = await run('--tag', 'smoke')
    expect(stdout).toContain('1 passed, 0 failed, 0 skipped')
  })

  test('the command that is printed plays the scenario again, with the same outcome', async () => {
    const { stdout } = await run()
    const [, again = ''] = /again: jftsim (.+)/.exec(stdout) ?? []
    expect(again).toBe(`run pack.yaml --filter own-bad --seed 1 --url ${running.url} --requirements own.yaml`)
    const repeated = await started(folder, ...again.split(' '))
    expect([repeated.code, repeated.stdout]).toEqual([1, expect.stringContaining('FAILED  own/own-bad')])
    expect(repeated.stdout).toContain('0 passed, 1 failed, 0 skipped')
  })
})

describe('a CI system shows what failed', () => {
  test.each([
    ['GITHUB_ACTIONS', '::error file=pack.yaml,line=11,title=own/own-bad::submit note: status is 202, expected 201'],
    ['TF_BUILD', '##vso[task.logissue type=error]own/own-bad: submit note: status is 202, expected 201 (pack.yaml:11)'],
  ])('%s', async (name, line) => {
    const args = ['run', 'pack.yaml', '--url', running.url, '--requirements', 'own.yaml']
    const { stdout } = await jftsimWith({ [name]: 'true' }, folder, ...args)
    expect(stdout.split('\n')).toContain(line)
  })
})

describe('jftsim compare', () => {
  const outcomes = (...all: [string, string][]) =>
    JSON.stringify({
      format: 'jft-simulator-report',
      requirements: all.map(([id, outcome]) => ({ id, outcome })),
      scenarios: [],
    })

  test.each([
    ['the same', [['a', 'kept']], [['a', 'kept']], 0, '0 newly broken, 0 no longer shown, 0 still broken, 0 fixed'],
    ['new', [['a', 'kept']], [['a', 'broken']], 1, 'newly broken    a (kept -> broken)'],
    [
      'new beside what is still broken',
      [['a', 'broken']],
      [
        ['a', 'broken'],
        ['b', 'broken'],
      ],
      1,
      '1 newly broken',
    ],
    ['fixed', [['a', 'broken']], [['a', 'kept']], 0, 'fixed           a (broken -> kept)'],
    ['still broken', [['a', 'broken']], [['a', 'broken']], 0, 'still broken    a (broken -> broken)'],
    ['no longer tried', [['a', 'kept']], [['a', 'not exercised']], 1, 'no longer shown a (kept -> not exercised)'],
    ['no longer there', [['a', 'kept']], [], 1, 'no longer shown a (kept -> not in it)'],
    ['waived', [['a', 'kept']], [['a', 'waived']], 0, 'Not worse than the baseline.'],
  ] as [string, [string, string][], [string, string][], number, string][])(
    '%s',
    async (_, before, after, exit, line) => {
      write('a.json', outcomes(...before))
      write('b.json', outcomes(...after))
      const { code, stdout } = await jftsimIn(folder, 'compare', 'a.json', 'b.json')
      expect([code, stdout]).toEqual([exit, expect.stringContaining(line)])
    },
  )

  test('a report that was changed since it was written is told', async () => {
    await run('--report', 'json=whole.json')
    write('changed.json', read('whole.json').replace('"broken"', '"kept"'))
    const { stderr } = await started(folder, 'compare', 'whole.json', 'changed.json')
    expect(stderr).toBe(
      'jftsim: changed.json was changed since it was written: its sha256 is that of another content.\n',
    )
  })
})

test('a proxy that the environment names is asked', async () => {
  const asked: string[] = []
  const proxy = createServer((request, response) => {
    asked.push(request.url ?? '')
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    asked.push(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, resolve))
  const { port } = proxy.address() as { port: number }
  const env = { HTTP_PROXY: `http://localhost:${port}`, NO_PROXY: '' }
  const { code, stderr } = await startedWith(env, folder, 'run', 'jft-write', '--url', 'http://sim.invalid')
  proxy.close()
  expect(asked.join(' ')).toContain('sim.invalid')
  expect([code, stderr]).toEqual([2, expect.stringContaining('It was asked by the proxy that HTTP_PROXY')])
})

describe('wrong use ends with 2, and says what is wrong', () => {
  test.each([
    [['run', 'pack.yaml'], 'There is no requirement acme-1.'],
    [['run', '--shard', '4/3'], '--shard 4/3: it must be a part of a whole'],
    [['run', '--language', 'sv'], "argument 'sv' is invalid. Allowed choices are en, nb."],
    [['run', '--about', 'none.yaml'], 'none.yaml cannot be read'],
    [['run', '--about', 'waivers.yaml'], 'waivers.yaml:1:1 waivers: There is no key waivers.'],
    [
      ['run', '--waivers', 'bad-waivers.yaml'],
      'bad-waivers.yaml: There is no requirement write-203. Did you mean write-202?',
    ],
    [['run', '--waivers', 'undated.yaml'], 'until: must be a date such as 2026-12-31'],
    [['run', '--report', 'csv=pack.yaml/x.csv', 'pack.yaml', '--requirements', 'own.yaml'], 'cannot be written'],
    [['compare', 'pack.yaml', 'pack.yaml'], 'pack.yaml is not JSON'],
    [['compare', 'package.json', 'package.json'], 'is not a report of "jftsim run"'],
    [['compare', 'pack.yaml'], "missing required argument 'report'"],
  ])('%j', async (args, message) => {
    write('bad-waivers.yaml', 'waivers: [{ id: write-203, because: x, who: y, until: 2999-01-01 }]')
    write('undated.yaml', 'waivers: [{ id: write-202, because: x, who: y, until: soon }]')
    write('package.json', '{}')
    const { code, stderr } = await jftsimIn(folder, ...args)
    expect([code, stderr]).toEqual([2, expect.stringContaining(message)])
  })
})
