import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { packsOf, requirementTexts } from '../../cli/pack-files.ts'
import { formsOf, isSampled } from '../../simulator/sample.fixture.ts'
import { type Report, reportOf } from '../reports/report.ts'
import { type Environment, openEnvironment, withStatus } from './environments.fixture.ts'
import type { StepResult } from './result.ts'
import { runPacks } from './run.ts'
import type { Send, Target } from './target.ts'

let environment: Environment

beforeAll(async () => {
  environment = await openEnvironment()
})

afterAll(() => environment.jft.close())

const PACKS = packsOf(['auth', 'jft-write', 'jft-read', 'lifecycle'])

/** A few of every kind. */
const FEW = [
  'auth-single-tenant-token',
  'write-accepts-a-note',
  'write-hosts',
  'write-endpoints',
  'read-pages',
  'read-status',
]

/** All scenarios of the packs, or a few of them. */
async function reportOn(target: Target, ids?: readonly string[]): Promise<Report> {
  const selected = (_: unknown, { id }: { readonly id: string }) => ids?.includes(id) ?? true
  return reportOf('x', await runPacks(PACKS, target, { seed: '1', selected }), requirementTexts())
}

function idsOf({ requirements }: Report, ...outcomes: string[]): string[] {
  return requirements.filter(({ outcome }) => outcomes.includes(outcome)).map(({ id }) => id)
}

const of = (surface: string) => (request: Request) => request.url.startsWith(environment.urls[surface] ?? '')

/** Answers in the place of the surfaces that are named. */
function instead(answer: () => Promise<Response>, ...surfaces: string[]): (send: Send) => Send {
  return (send) => (request, host) =>
    surfaces.some((surface) => of(surface)(request)) ? answer() : send(request, host)
}

const ALL = ['helseid', 'jft-write', 'jft-read']

const NOT_THERE = Object.entries({
  'nothing that listens': () => Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') })),
  'a 404': () => Promise.resolve(new Response('not here', { status: 404 })),
  'a 410': () => Promise.resolve(new Response(null, { status: 410 })),
  'a demand to log in to the network': () => Promise.resolve(new Response(null, { status: 511 })),
  'a 502 of a proxy': () => Promise.resolve(new Response('bad gateway', { status: 502 })),
  "a hotel's portal": () =>
    Promise.resolve(new Response('<html>Log in</html>', { headers: { 'content-type': 'text/html; charset=utf-8' } })),
  'a way to a portal': () => Promise.resolve(new Response(null, { status: 302, headers: { location: '/login' } })),
})

describe('a target that is not there breaks nothing and keeps nothing', () => {
  test.each(formsOf('all', NOT_THERE))('%s', async (_, answer) => {
    const report = await reportOn(environment.target(instead(answer, ...ALL)))
    expect(idsOf(report, 'broken', 'kept', 'kept, partly checked')).toEqual([])
    expect(report.totals).toMatchObject({ passed: 0, failed: 0 })
    expect(report.unreached).toHaveLength(3)
    const reasons = new Set(report.requirements.map(({ reason }) => reason))
    expect([...reasons].every((reason) => reason !== undefined && reason.length > 0)).toBe(true)
  })

  test.each(formsOf('the ReadAPI', NOT_THERE))(
    '%s in the place of the ReadAPI alone: the rest is tried',
    async (_, answer) => {
      const report = await reportOn(environment.target(instead(answer, 'jft-read')), FEW)
      expect(idsOf(report, 'broken')).toEqual([])
      expect(report.totals.passed).toBeGreaterThan(0)
      expect(report.requirements.find(({ id }) => id === 'read-status')).toMatchObject({
        outcome: 'not exercised',
        reason: expect.stringContaining('jft-read is not there: GET '),
      })
    },
  )
})

test.skipIf(!isSampled('goes away', 3))(
  'one that goes away in the middle is not waited for by every scenario',
  async () => {
    let calls = 0
    const broken =
      (send: Send): Send =>
      (request, host) => {
        if (!of('jft-write')(request) || !request.headers.has('authorization')) return send(request, host)
        calls += 1
        return Promise.reject(new TypeError('fetch failed', { cause: new Error('ECONNRESET') }))
      }
    const report = await reportOn(environment.target(broken))
    expect(calls).toBe(2)
    expect(idsOf(report, 'broken')).toEqual([])
    expect(report.requirements.find(({ id }) => id === 'write-202')).toMatchObject({
      outcome: 'not exercised',
      reason: expect.stringContaining('ECONNRESET'),
    })
  },
)

/** Steps at the WriteAPI, which is where the defects are. */
function submits({ exchanges }: StepResult): boolean {
  return exchanges.some(({ request }) => request.method === 'POST' && request.url.includes('/write/v1/'))
}

const submitted = (request: Request) => of('jft-write')(request) && !request.url.includes('$')

describe('one defect of the target breaks what is about it, and nothing else', () => {
  const defects = [
    ['201 in the place of 202', (status: number) => (status === 202 ? 201 : undefined), ['write-202']],
    ['200 in the place of 202', (status: number) => (status === 202 ? 200 : undefined), ['write-202']],
    ['500 for each submission that is right', (status: number) => (status === 202 ? 500 : undefined), ['write-202']],
    ['401 for each submission', () => 401, ['write-202']],
    ['403 for each submission', () => 403, ['write-202']],
  ] as const

  test.each(formsOf('defects', defects))('%s', async (_, change, broken) => {
    const changed = withStatus((request, { status }) =>
      submitted(request) && request.headers.has('authorization') ? change(status) : undefined,
    )
    const { scenarios } = await whole()
    const ids = scenarios
      .filter(({ steps, outcome }) => outcome === 'passed' && steps.some(submits))
      .filter(({ id, proves }) => isSampled(id) || proves.includes('write-202'))
      .map(({ id }) => id)
    expect(idsOf(await reportOn(environment.target(changed), ids), 'broken')).toEqual(broken)
  })
})

/** Of an environment as it should be, once. */
const whole = once(() => reportOn(environment.target()))

function once<T>(work: () => Promise<T>): () => Promise<T> {
  let done: Promise<T> | undefined
  return () => {
    done ??= work()
    return done
  }
}

test('a target as it should be breaks nothing; what only a journal tells is told as unchecked', async () => {
  const report = await whole()
  expect(idsOf(report, 'broken')).toEqual([])
  expect(idsOf(report, 'kept')).toContain('read-links')
  const partly = report.requirements.find(({ outcome }) => outcome === 'kept, partly checked')
  expect(partly?.reason).toMatch(/^Not checked: (issues|exchange|warnings)/)
})

test.skipIf(!isSampled('no client', 3))(
  'without a client of a party what it would do is not exercised, and nothing is broken',
  async () => {
    const target = environment.target()
    const { 'response-centre': centre } = target.clients
    const report = await reportOn({ ...target, clients: centre ? { 'response-centre': centre } : {} })
    expect(idsOf(report, 'broken')).toEqual([])
    const single = report.requirements.find(({ id }) => id === 'jft-client-single-tenant')
    expect(single).toMatchObject({ outcome: 'not exercised', reason: 'the target has no client for municipality' })
  },
)

test('what clients owe is not applicable where no client was judged', async () => {
  const report = await whole()
  expect(report.requirements.find(({ id }) => id === 'read-cursor-opaque')).toMatchObject({
    outcome: 'not applicable',
    reason: expect.stringContaining('no client was judged'),
  })
})
