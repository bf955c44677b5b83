import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { alarmFactory, dispensingFactory } from '../fixtures/index.ts'
import { type Jft, startJft } from '../simulator/adapters/testing/start-jft.ts'
import { isSampled } from '../simulator/sample.fixture.ts'
import { BUGS as HANDING_OVER } from './pit-ehr/bugs.js'
import { BUGS as MIRRORING } from './pit-vendor/bugs.js'
import { notes, type Program, runProgram, spawnProgram, startProgram } from './run-program.fixture.ts'
import { CENTRE_BUGS, EHR_BUGS, SHARED_BUGS, type Symptom } from './symptoms.fixture.ts'
import {
  ACKNOWLEDGEMENT,
  acknowledgements,
  CURSOR,
  count,
  effectsOf,
  proofsOf,
  SEARCH,
  select,
  TOKEN,
} from './what-it-did.fixture.ts'

/** The sample programs as child processes, over HTTP; what they did is read from the journal. */

let jft: Jft

beforeAll(async () => {
  jft = await startJft()
})

afterAll(() => jft.close())

describe.concurrent('the record system', () => {
  const UNTIL_EMPTY = ['--until-empty']

  test.concurrent('reads every page, and acknowledges each event once, with one token', async () => {
    const events = [...notes(5), alarmFactory.build(), dispensingFactory.build()]
    const run = await runProgram(jft, 'ehr', { events, page: 2, args: UNTIL_EMPTY })
    expect(run.code).toBe(0)
    expect(acknowledgements(run)).toEqual([1, 1, 1, 1, 1, 1, 1])
    expect(select(run, { status: 400 }).map(({ issues }) => issues.map(({ rule }) => rule))).toEqual([['dpop-nonce']])
    expect(count(run, { url: TOKEN, status: 200 })).toBe(1)
    const proofs = await proofsOf(run)
    expect(new Set(proofs).size).toBe(proofs.length)
    const searched = select(run, { url: SEARCH }).map(({ url }) => new URL(url).pathname.split('/').at(-1))
    expect(new Set(searched)).toEqual(new Set(['Bundle', 'Composition', 'MedicationDispense']))
  })

  test.concurrent('follows next as JFT gave it', async () => {
    const { exchanges, sandbox } = await runProgram(jft, 'ehr', { events: notes(3), page: 2, args: UNTIL_EMPTY })
    const first = exchanges.find(({ url }) => url.includes('/v1/Composition?'))
    const { response } = await sandbox.exchange(first?.id ?? '')
    const { link } = JSON.parse(response.body?.text ?? '') as { link: { relation: string; url: string }[] }
    const next = link.find(({ relation }) => relation === 'next')?.url
    expect(exchanges.filter(({ url }) => CURSOR.test(url)).map(({ url }) => url)).toEqual([next])
  })

  test.concurrent('rests between two polls of a type', async () => {
    const run = await runProgram(jft, 'ehr', { args: UNTIL_EMPTY, pollSeconds: 1 })
    const [first, second, ...more] = select(run, { url: /\/v1\/Bundle/ }).map(({ time }) => Date.parse(time))
    expect(more).toEqual([])
    // At least: a slow machine only makes it longer.
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(1_000)
  })

  test.concurrent('gets over every fault that passes', async () => {
    const faults = [
      { preset: 'helseid-down', times: 1, effect: { kind: 'status', status: 503, retryAfter: 1 } },
      { preset: 'nonce-demand' },
      { surface: 'jft-read', match: { path: '/v1/Bundle' }, effect: { kind: 'status', status: 401 } },
      { surface: 'jft-read', match: { path: '/v1/Bundle' }, effect: { kind: 'status', status: 503, retryAfter: 1 } },
      { surface: 'jft-read', match: { path: '/v1/Bundle' }, effect: { kind: 'status', status: 500 } },
      { surface: 'jft-read', match: { path: '/v1/Bundle' }, effect: { kind: 'reset', when: 'before' } },
      { preset: 'cut-off', match: { path: '/v1/Composition', nth: 2 } },
      { preset: 'html-answer', match: { path: '/v1/Composition' } },
      { preset: 'delivered-twice', match: { path: '/v1/Composition' } },
      { preset: 'trickle', match: { type: 'MedicationDispense' }, effect: { kind: 'slow-body', bytesPerSecond: 1 } },
      { surface: 'jft-write', effect: { kind: 'status', status: 429, retryAfter: 1 } },
      { surface: 'jft-write', effect: { kind: 'status', status: 502 } },
      { surface: 'jft-write', effect: { kind: 'reset', when: 'after' } },
    ] as const
    const run = await runProgram(jft, 'ehr', { events: notes(5), page: 2, faults, args: UNTIL_EMPTY })
    expect(run.code, run.output).toBe(0)
    const taken = select(run, { url: ACKNOWLEDGEMENT }).filter(({ steps }) =>
      steps.some(({ name, outcome }) => name === 'acknowledge' && outcome === 'passed'),
    )
    expect(taken.map(({ event }) => event).toSorted()).toEqual(
      run.events.map(({ type, id }) => `${type}/${id}`).toSorted(),
    )
    const effects = effectsOf(run).filter((effect) => effect !== 'dpop-nonce')
    expect(effects.toSorted()).toEqual([
      'content-type text/html; charset=utf-8',
      'duplicate',
      'reset after everything was done',
      'reset before anything was done',
      'slow-body 1 bytes per second',
      'status 401',
      'status 429',
      'status 500',
      'status 502',
      'status 503',
      'status 503',
      'truncate after 200 bytes',
    ])
    expect(run.output).toContain('JFT answered 429; waits 1.0 s')
    expect(count(run, { url: TOKEN, status: 200 })).toBe(2)
  })
})

describe.concurrent('the response centre', () => {
  test.concurrent('submits events of three types with its name, and follows each until a record system has acknowledged it', async () => {
    await using sandbox = await jft.sandbox()
    const ehr = await startProgram('ehr', sandbox)
    const centre = await startProgram('response-centre', sandbox, { args: ['--count', '6', '--wait', '60'] })
    const { code, output } = await centre.ended
    ehr.stop()
    expect((await ehr.ended).code).toBe(0)
    expect(code).toBe(0)
    expect(output.match(/: journalingAcknowledged$/gm)).toHaveLength(6)
    const events = await sandbox.events()
    expect(events.map(({ kind }) => kind).toSorted()).toEqual(
      ['note', 'note', 'alarm', 'alarm', 'dispensing', 'dispensing'].toSorted(),
    )
    expect(new Set(events.map(({ sourceSystem }) => sourceSystem))).toEqual(new Set(['Example response centre 1.0']))
    expect(events.every(({ acknowledged }) => acknowledged !== null)).toBe(true)
  })

  test.concurrent('sends nothing twice, whatever passes', async () => {
    const faults = [
      { preset: 'nonce-demand' },
      { preset: 'expired-token' },
      {
        preset: 'outage',
        match: { type: 'MedicationDispense' },
        times: 1,
        effect: { kind: 'status', status: 503, retryAfter: 1 },
      },
      {
        preset: 'too-many-requests',
        times: 1,
        match: { type: 'MedicationDispense' },
        effect: { kind: 'status', status: 429, retryAfter: 1 },
      },
      { preset: 'retry-trap', match: { type: 'Composition', path: '/v1/Composition' } },
      { preset: 'lost-request', match: { type: 'Bundle' } },
      { preset: 'bad-gateway', match: { type: 'Bundle' } },
      { preset: 'status-not-found' },
    ] as const
    const run = await runProgram(jft, 'response-centre', { faults, args: ['--wait', '4', '--count', '3'] })
    expect(run.code, run.output).toBe(0)
    expect(run.events.map(({ type }) => type).toSorted()).toEqual(['Bundle', 'Composition', 'MedicationDispense'])
    expect(effectsOf(run)).toHaveLength(faults.length)
    expect(run.output).toContain('JFT has the Composition: it is not sent again')
    expect(run.output).toContain('JFT does not have the Bundle: it is sent again')
    expect(run.output).toContain('JFT has the Bundle: it is not sent again')
    for (const { type, id } of run.events)
      expect(count(run, { url: new RegExp(`/${type}/${id}/\\$status`) })).toBeGreaterThan(1)
  })

  test.concurrent('tells what JFT accepted and did not register', async () => {
    const faults = [{ preset: 'stuck-registration' }, { preset: 'failed-event', match: { type: 'Bundle' } }]
    const run = await runProgram(jft, 'response-centre', { faults, args: ['--wait', '1', '--count', '3'] })
    expect(run.code).toBe(1)
    expect(run.output).toContain('Composition 1: still submitted')
    expect(run.output).toContain('Bundle 2: failed')
    expect(run.output).toContain('MedicationDispense 3: still registered')
  })
})

const BUGS: Readonly<Record<Program, Readonly<Record<string, Symptom>>>> = {
  ehr: { ...SHARED_BUGS, ...EHR_BUGS },
  'response-centre': { ...SHARED_BUGS, ...CENTRE_BUGS },
}
const ARGS: Readonly<Record<Program, readonly string[]>> = {
  ehr: ['--until-empty'],
  // The fourth event is of the type of the first.
  'response-centre': ['--count', '4', '--wait', '0.5'],
}
const PROGRAMS = ['ehr', 'response-centre'] as const

describe.concurrent.for(PROGRAMS)('%s', (program) => {
  const bugs = Object.entries(BUGS[program]).filter(([name]) => isSampled(`${program} ${name}`))

  test.concurrent.for(bugs)('--bug %s', async ([name, { situation, code, shows }]) => {
    const run = await runProgram(jft, program, { ...situation, args: [...ARGS[program], '--bug', name] })
    expect(run.code, run.output).toBe(code)
    await shows(run)
  })

  test.concurrent('a name that there is not is refused, with those that there are', async () => {
    const { code, output } = await (await startProgram(program, jft, { args: ['--bug', '?'] })).ended
    expect(code).toBe(2)
    const known = /There are (.*)\.$/m.exec(output)?.[1]?.split(', ')
    expect(known?.toSorted()).toEqual(Object.keys(BUGS[program]).toSorted())
    const mistyped = await startProgram(program, jft, { args: ['--bug', 'no-at'] })
    expect(await mistyped.ended).toEqual({ code: 2, output: 'There is no bug no-at. Did you mean no-ath?\n' })
  })

  test.concurrent('what is missing in the environment is named, all of it', async () => {
    const { ended } = spawnProgram(program, [], { JFT_SCOPE: 'nhn:jft/api', JFT_READ_URL: '' })
    expect(await ended).toEqual({
      code: 2,
      output:
        'These environment variables are missing: HELSEID_AUTHORITY, JFT_WRITE_URL, JFT_READ_URL, JFT_CLIENT_FILE, JFT_MUNICIPALITY, JFT_POLL_SECONDS.\n',
    })
  })
})

test('the page has every bug', () => {
  const page = readFileSync(join(import.meta.dirname, 'README.md'), 'utf8')
  const named = [...page.slice(page.indexOf('## Bugs')).matchAll(/^\| `([\w-]+)` \|/gm)].map(([, name]) => name)
  expect(named).toEqual([SHARED_BUGS, EHR_BUGS, CENTRE_BUGS, MIRRORING, HANDING_OVER].flatMap(Object.keys))
})
