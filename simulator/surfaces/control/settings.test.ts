import { describe, expect, test } from 'vitest'
import { startJft } from '../jft.fixture.ts'
import type { CaseFile, RuleList, SandboxInfo, SettingList } from './types.ts'

/** A simulator as somebody changes its settings: over HTTP. */
function start(...options: Parameters<typeof startJft>) {
  const jft = startJft(...options)
  const call = (path: string, method = 'GET', body?: unknown) =>
    jft.simulator.fetch(
      new Request(`http://localhost:7357${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    )
  const put = (settings: unknown, base = '') => call(`${base}/_sim/settings`, 'PUT', settings)
  const settings = async (base = '') => ((await (await call(`${base}/_sim/rules`)).json()) as RuleList).settings
  const settingOf = async (name: string, base = '') =>
    (await settings(base)).find((point) => point.name === name)?.value
  const search = async (count: number) => (await jft.call('GET', `/read/v1/Composition?_count=${count}`)).status
  return { ...jft, call, put, settings, settingOf, search }
}

describe('a setting', () => {
  test('holds from now on, and the others stay', async () => {
    const { put, search, settingOf } = start({ assumptions: { searchTotal: true } })
    expect(await search(60)).toBe(400)
    const answer = await put({ countMax: 100 })
    expect(answer.status).toBe(200)
    expect(await search(60)).toBe(200)
    const { settings } = (await answer.json()) as SettingList
    expect(settings.find(({ name }) => name === 'countMax')).toMatchObject({ value: 100, default: 50 })
    expect(await settingOf('searchTotal')).toBe(true)
  })

  test('is of one sandbox', async () => {
    const { call, put, settingOf } = start()
    await call('/_sim/sandboxes', 'POST', { name: 'one' })
    await put({ countMax: 100 }, '/s/one')
    expect(await settingOf('countMax', '/s/one')).toBe(100)
    expect(await settingOf('countMax')).toBe(50)
  })

  test('says which values it takes', async () => {
    const points = Object.fromEntries((await start().settings()).map((point) => [point.name, point.schema]))
    expect(points).toMatchObject({
      errorBody: { type: 'string', enum: ['operation-outcome', 'problem-json'] },
      missingScopeStatus: { type: 'number', enum: [403, 401] },
      countMax: { type: 'integer', minimum: 1 },
      searchTotal: { type: 'boolean' },
      acknowledgedTag: { type: 'string' },
      contentTypes: { type: 'array', items: { type: 'string' } },
      retention: { const: 'until-reset' },
    })
  })
})

describe('what is wrong with settings', () => {
  const messagesOf = async (settings: unknown) => {
    const answer = await start().put(settings)
    expect(answer.status).toBe(400)
    return ((await answer.json()) as { issues: { pointer?: string; message: string }[] }).issues.map(
      ({ pointer, message }) => [pointer, message],
    )
  }

  test('is said all at once, with the nearest name and value', async () => {
    expect(await messagesOf({ countMx: 1, errorBody: 'problem', countMax: 0, contentTypes: [] })).toEqual([
      ['/errorBody', expect.stringMatching(/^errorBody: .*"problem-json".*/)],
      ['/countMax', expect.stringMatching(/^countMax: /)],
      ['/contentTypes', expect.stringMatching(/^contentTypes: /)],
      ['/countMx', 'countMx: there is no such setting; GET /_sim/rules lists them. Did you mean countMax?'],
    ])
    expect(await messagesOf({ corrections: 'since-2026-3' })).toEqual([
      ['/corrections', expect.stringMatching(/Did you mean since-2026-03\?$/)],
    ])
  })

  test('changes nothing', async () => {
    const { put, settingOf } = start()
    await put({ countMax: 100, countDefault: 'many' })
    expect(await settingOf('countMax')).toBe(50)
  })

  test('can be the whole', async () => {
    expect(await messagesOf(['countMax'])).toEqual([[undefined, 'The body must be an object of names and values.']])
  })
})

describe('what a sandbox remembers', () => {
  test('a reset goes back to what it was made with, not to the defaults', async () => {
    const { call, put, settingOf } = start({ assumptions: { countMax: 70 } })
    await put({ countMax: 100 })
    await call('/_sim/reset', 'POST')
    expect(await settingOf('countMax')).toBe(70)
  })

  test('a snapshot has its settings, and a fork begins with those', async () => {
    const { call, put, settingOf } = start()
    await put({ countMax: 100 })
    await call('/_sim/sandboxes/default/snapshots/before', 'POST')
    await call('/_sim/sandboxes/default/fork', 'POST', { name: 'forked' })
    await put({ countMax: 200 })
    await call('/_sim/sandboxes/default/snapshots/before/restore', 'POST')
    expect(await settingOf('countMax')).toBe(100)
    await put({ countMax: 5 }, '/s/forked')
    await call('/s/forked/_sim/reset', 'POST')
    expect(await settingOf('countMax', '/s/forked')).toBe(100)
  })

  test('a case file has the present ones, and opens with them', async () => {
    const { call, put, settingOf } = start()
    await put({ countMax: 100 })
    const file = (await (await call('/_sim/case')).json()) as CaseFile
    expect(file.sandbox.assumptions.countMax).toBe(100)
    const { sandbox } = (await (await call('/_sim/case', 'POST', file)).json()) as { sandbox: SandboxInfo['name'] }
    expect(await settingOf('countMax', `/s/${sandbox}`)).toBe(100)
  })
})

describe('what a calibration has seen', () => {
  const seen = { value: 100, confidence: 'medium', date: '2026-11-01T10:00:00Z', environment: 'NHN Test' } as const

  test('stands beside the setting, in every sandbox, whatever the value is now', async () => {
    const { call, put, settings } = start({ assumptions: { countMax: 100 }, observed: { countMax: seen } })
    await call('/_sim/sandboxes', 'POST', { name: 'one' })
    await put({ countMax: 70 }, '/s/one')
    const point = (await settings('/s/one')).find(({ name }) => name === 'countMax')
    expect(point).toMatchObject({ value: 70, observed: { certainty: 'observed', ...seen } })
    expect((await settings('/s/one')).filter(({ observed }) => observed !== undefined)).toEqual([point])
  })

  test('is of a setting that there is', () => {
    expect(() => start({ observed: { countMx: seen } } as Parameters<typeof startJft>[0])).toThrow(/observed/)
  })
})
