import type { Bundle } from 'fhir/r4.js'
import { describe, expect, test } from 'vitest'
import { dispensingFactory, noteFactory } from '../../../fixtures/index.ts'
import { type Jft, startJft } from '../jft.fixture.ts'

const idsOf = (bundle: Bundle) => bundle.entry?.map((entry) => entry.resource?.id) ?? []
const nextOf = (bundle: Bundle) => bundle.link?.find(({ relation }) => relation === 'next')?.url

async function submitMany(jft: Jft, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let n = 0; n < count; n += 1) ids.push(await jft.submit(noteFactory.build()))
  return ids
}

/** The path of a next link below the ReadAPI's base URL. */
const below = (url: string | undefined) => (url ?? '').replace('http://localhost:7357/read/v1/', '')

async function refused(path: string, call?: Parameters<Jft['call']>[2]): Promise<unknown> {
  const jft = startJft()
  const answer = await jft.call('GET', `/read/v1/${path}`, call)
  return [answer.status, await jft.issues(answer)]
}

describe('a searchset', () => {
  test('has self, the entries with their metadata, and no next on the last page', async () => {
    const jft = startJft()
    const id = await jft.submit(noteFactory.build())
    const found = await jft.search('Composition?_count=10&_sort=-_lastUpdated')
    expect(found).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: 'http://localhost:7357/read/v1/Composition?_count=10&_sort=-_lastUpdated' }],
      entry: [
        {
          fullUrl: `http://localhost:7357/read/v1/Composition/${id}`,
          resource: expect.objectContaining({ resourceType: 'Composition', id }),
          search: { mode: 'match' },
        },
      ],
    })
    expect(found.entry?.[0]?.resource?.meta?.lastUpdated).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?\+00:00$/)
  })

  test('is empty where there is nothing', async () => {
    expect(await startJft().search('Bundle')).toEqual({
      resourceType: 'Bundle',
      type: 'searchset',
      link: [{ relation: 'self', url: 'http://localhost:7357/read/v1/Bundle' }],
    })
  })

  test('keeps the text of the event: decimals, order, blanks and foreign meta', async () => {
    const jft = startJft()
    const body = `{"title": "x" , "resourceType":"Composition","meta":{"versionId":"7","profile":["http://a.example"],
      "lastUpdated":"2020-01-01T00:00:00Z","tag":[{"code":"mine"}]},"id":"old","status":"final","type":{"text":"t"},
      "date":"2026-01-01","author":[{"display":"d"}],
      "extension":[{"url":"http://b.example","valueDecimal":1.00}]}`
    const answer = await jft.call('POST', '/write/v1/Composition', { body })
    expect(answer.status).toBe(202)
    const text = await (await jft.call('GET', '/read/v1/Composition')).text()
    expect(text).toContain('"title": "x"')
    expect(text).toContain('"valueDecimal":1.00')
    const { meta, id } = (JSON.parse(text) as Bundle).entry?.[0]?.resource ?? {}
    expect(id).not.toBe('old')
    expect(meta).toEqual({
      profile: ['http://a.example'],
      lastUpdated: expect.not.stringContaining('2020'),
      tag: expect.arrayContaining([{ code: 'mine' }]),
    })
  })

  test('belongs to one municipality and one type', async () => {
    const jft = startJft()
    await jft.submit(noteFactory.build())
    await jft.submit(dispensingFactory.build())
    expect(idsOf(await jft.search('Composition'))).toHaveLength(1)
    expect(idsOf(await jft.search('Composition', { orgnr: '312229544' }))).toEqual([])
  })
})

describe('paging', () => {
  test('follows next in both directions, in the order of submission', async () => {
    const jft = startJft()
    const ids = await submitMany(jft, 7)
    for (const [sort, expected] of [
      ['_lastUpdated', ids],
      ['-_lastUpdated', ids.toReversed()],
    ] as const) {
      const first = await jft.search(`Composition?_count=3&_sort=${sort}`)
      const second = await jft.search(below(nextOf(first)))
      const third = await jft.search(below(nextOf(second)))
      expect([...idsOf(first), ...idsOf(second), ...idsOf(third)]).toEqual(expected)
      expect(nextOf(third)).toBeUndefined()
    }
  })

  test('next carries the cursor alone, in base64 twice', async () => {
    const jft = startJft()
    await submitMany(jft, 2)
    const next = new URL(nextOf(await jft.search('Composition?_count=1')) ?? '')
    expect([...next.searchParams.keys()]).toEqual(['cursor'])
    expect(next.searchParams.get('cursor')).toMatch(/^ZXlKTVlYTjB/)
  })

  test('the filters of the first page hold for all', async () => {
    const jft = startJft()
    const ids = await submitMany(jft, 4)
    await jft.call('POST', `/write/v1/Composition/${ids[1]}/$journaling-acknowledged`)
    const first = await jft.search('Composition?_count=2&_tag:not=https://fhir.jft.nhn.no/journaling-acknowledged|true')
    const second = await jft.search(below(nextOf(first)))
    expect([...idsOf(first), ...idsOf(second)]).toEqual([ids[0], ids[2], ids[3]])
    expect(idsOf(await jft.search('Composition?_tag=true'))).toEqual([ids[1]])
  })

  test('works by POST with the cursor in the body', async () => {
    const jft = startJft()
    const ids = await submitMany(jft, 3)
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const search = async (body: string) =>
      (await (await jft.call('POST', '/read/v1/Composition/_search', { body, headers })).json()) as Bundle
    const first = await search('_count=2&_sort=-_lastUpdated')
    const cursor = new URL(nextOf(first) ?? '').searchParams.get('cursor')
    expect([...idsOf(first), ...idsOf(await search(`cursor=${cursor}`))]).toEqual(ids.toReversed())
  })

  test.each([null, 'application/json', 'text/plain'])(
    'by POST without a body is the first page, Content-Type %s',
    async (type) => {
      const jft = startJft()
      const ids = await submitMany(jft, 2)
      const headers = { 'content-length': '0', ...(type === null ? {} : { 'content-type': type }) }
      const answer = await jft.call('POST', '/read/v1/Composition/_search', { headers })
      expect([answer.status, idsOf((await answer.json()) as Bundle)]).toEqual([200, ids])
    },
  )

  test('by POST with a body that is no form is refused', async () => {
    const jft = startJft()
    const answer = await jft.call('POST', '/read/v1/Composition/_search', { body: '{}' })
    expect([answer.status, await jft.issues(answer)]).toEqual([415, [{ rule: 'http-content-type' }]])
  })

  test('_format=json is taken with a warning, and no other', async () => {
    const jft = startJft()
    await submitMany(jft, 2)
    for (const type of ['json', 'application/json', 'application/fhir+json;fhirVersion=4.0', 'text/json']) {
      const page = await jft.search(`Composition?_count=1&_format=${encodeURIComponent(type)}`)
      expect(idsOf(page)).toHaveLength(1)
      expect((await jft.lastExchange()).warnings.map(({ rule }) => rule)).toEqual(['search-parameter'])
      expect(idsOf(await jft.search(`${below(nextOf(page))}&_format=json`))).toHaveLength(1)
    }
    const form = { 'content-type': 'application/x-www-form-urlencoded' }
    const posted = await jft.call('POST', '/read/v1/Composition/_search?_format=json', {
      body: '_count=1',
      headers: form,
    })
    expect(posted.status).toBe(200)
    for (const type of ['xml', 'application/fhir+xml', 'ttl', 'jsonx']) {
      expect((await jft.call('GET', `/read/v1/Composition?_format=${type}`)).status).toBe(400)
    }
  })

  test('a cursor beside _sort is fine, beside a filter a validation error', async () => {
    const jft = startJft()
    await submitMany(jft, 2)
    const next = below(nextOf(await jft.search('Composition?_count=1')))
    expect(idsOf(await jft.search(`${next}&_sort=-_lastUpdated&_count=50`))).toHaveLength(1)
    expect((await jft.lastExchange()).warnings.map(({ rule }) => rule)).toEqual([
      'search-cursor-ignored',
      'search-cursor-ignored',
    ])
    for (const filter of ['_tag=true', '_tag:not=true', '_lastUpdated=ge2020-01-01T00:00Z']) {
      const answer = await jft.call('GET', `/read/v1/${next}&${filter}`)
      expect([answer.status, await jft.issues(answer)]).toEqual([400, [{ rule: 'search-cursor-filter' }]])
    }
  })

  test('a changed or foreign cursor is refused', async () => {
    const jft = startJft()
    await submitMany(jft, 2)
    const cursor = new URL(nextOf(await jft.search('Composition?_count=1')) ?? '').searchParams.get('cursor') ?? ''
    const at = Math.floor(cursor.length / 2)
    const changed = cursor.slice(0, at) + (cursor[at] === 'A' ? 'B' : 'A') + cursor.slice(at + 1)
    const uses = [
      jft.call('GET', `/read/v1/Composition?cursor=${changed}`),
      jft.call('GET', '/read/v1/Composition?cursor=nonsense'),
      jft.call('GET', `/read/v1/Bundle?cursor=${cursor}`),
      jft.call('GET', `/read/v1/Composition?cursor=${cursor}`, { orgnr: '312229544' }),
    ]
    for (const answer of await Promise.all(uses)) {
      expect([answer.status, await jft.issues(answer)]).toEqual([400, [{ rule: 'search-cursor' }]])
    }
  })
})

describe('_lastUpdated', () => {
  test('narrows by a range, both ends', async () => {
    const jft = startJft()
    jft.clock.freeze(Date.parse('2026-03-01T12:00:00Z'))
    const early = await jft.submit(noteFactory.build())
    jft.clock.advance(60_000)
    const middle = await jft.submit(noteFactory.build())
    jft.clock.advance(60_000)
    const late = await jft.submit(noteFactory.build())
    const search = async (query: string) => idsOf(await jft.search(`Composition?${query}`))
    expect(await search('_lastUpdated=ge2026-03-01T12:01Z')).toEqual([middle, late])
    expect(await search('_lastUpdated=gt2026-03-01T12:01Z')).toEqual([late])
    expect(await search('_lastUpdated=lt2026-03-01T12:01Z')).toEqual([early])
    expect(await search('_lastUpdated=le2026-03-01T13:01%2B01:00')).toEqual([early, middle])
    expect(await search('_lastUpdated=ge2026-03-01T12:01Z&_lastUpdated=lt2026-03-01T12:02Z')).toEqual([middle])
  })

  test('gt with the exact stamp of an event leaves that event out, and no other', async () => {
    const jft = startJft()
    jft.clock.freeze(Date.parse('2026-03-01T12:00:00Z'))
    const ids = await submitMany(jft, 3)
    const first = (await jft.search('Composition')).entry?.[1]?.resource?.meta?.lastUpdated ?? ''
    expect(idsOf(await jft.search(`Composition?_lastUpdated=gt${encodeURIComponent(first)}`))).toEqual([ids[2]])
  })
})

test.each([
  ['Composition?_count=0', 'search-count'],
  ['Composition?_count=51', 'search-count'],
  ['Composition?_count=ten', 'search-count'],
  ['Composition?_sort=date', 'search-sort'],
  ['Composition?_lastUpdated=2026-01-01T12:00Z', 'search-last-updated'],
  ['Composition?_lastUpdated=ge2026-01-01', 'search-last-updated'],
  ['Composition?_lastUpdated=ge2026-02-30T12:00Z', 'search-last-updated'],
  ['Composition?_lastUpdated=ge2026-01-01T12:00:00+01:00', 'search-last-updated'],
  ['Composition?_lastupdated=ge2026-01-01T12:00Z', 'search-parameter'],
  ['Composition?patient=1', 'search-parameter'],
  ['Composition?_tag=other', 'search-tag'],
])('GET %s is a 400 by %s', async (path, rule) => expect(await refused(path)).toEqual([400, [{ rule }]]))

test('all faults of a search are told at once', async () => {
  expect(await refused('Composition?_count=0&_sort=x&foo=1')).toEqual([
    400,
    [{ rule: 'search-parameter' }, { rule: 'search-count' }, { rule: 'search-sort' }],
  ])
})

describe('$status', () => {
  test('has the four documented fields; reading sets read, asking does not', async () => {
    const jft = startJft()
    jft.clock.freeze(Date.parse('2026-03-01T12:00:00.5Z'))
    const id = await jft.submit(noteFactory.build())
    const status = async () => (await jft.call('GET', `/read/v1/Composition/${id}/$status`)).json()
    const registered = '2026-03-01T12:00:00+00:00'
    expect(await status()).toEqual({ registered, read: null, journalingAcknowledged: null, failed: null })
    jft.clock.advance(10_000)
    await jft.search('Composition')
    jft.clock.advance(10_000)
    await jft.search('Composition')
    await jft.call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`)
    expect(await status()).toEqual({
      registered,
      read: '2026-03-01T12:00:10+00:00',
      journalingAcknowledged: '2026-03-01T12:00:20+00:00',
      failed: null,
    })
  })

  test('is 404 for another municipality', async () => {
    const jft = startJft()
    const id = await jft.submit(noteFactory.build())
    const answer = await jft.call('GET', `/read/v1/Composition/${id}/$status`, { orgnr: '312229544' })
    expect([answer.status, await jft.issues(answer)]).toEqual([404, [{ rule: 'jft-event-unknown' }]])
  })
})

describe('registration that takes time', () => {
  test('the event is not found before, and its status says so', async () => {
    const jft = startJft({ assumptions: { registrationDelayMs: 5_000 } })
    jft.clock.freeze()
    const id = await jft.submit(noteFactory.build())
    const status = async () => (await jft.call('GET', `/read/v1/Composition/${id}/$status`)).json()
    expect(await status()).toMatchObject({ registered: null })
    expect(idsOf(await jft.search('Composition'))).toEqual([])
    jft.clock.advance(5_000)
    expect(await status()).toMatchObject({ registered: expect.any(String) })
    expect(idsOf(await jft.search('Composition'))).toEqual([id])
  })

  test('it can be a 404 until then', async () => {
    const jft = startJft({ assumptions: { registrationDelayMs: 5_000, statusBeforeRegistered: 'not-found' } })
    const id = await jft.submit(noteFactory.build())
    expect((await jft.call('GET', `/read/v1/Composition/${id}/$status`)).status).toBe(404)
  })
})

describe('settings for silent points', () => {
  test('acknowledging can move lastUpdated; the event then comes last', async () => {
    const jft = startJft({ assumptions: { acknowledgeUpdatesLastUpdated: true } })
    const ids = await submitMany(jft, 2)
    await jft.call('POST', `/write/v1/Composition/${ids[0]}/$journaling-acknowledged`)
    const found = await jft.search('Composition')
    expect(idsOf(found)).toEqual([ids[1], ids[0]])
  })

  test.each(['', '&_sort=-_lastUpdated'])(
    'reading can move lastUpdated; who follows next%s misses no event',
    async (sort) => {
      const jft = startJft({ assumptions: { readUpdatesLastUpdated: true } })
      const ids = await submitMany(jft, 5)
      const seen = new Set<string | undefined>()
      let next: string | undefined = `Composition?_count=2${sort}`
      for (let pages = 0; next !== undefined && pages < 10; pages += 1) {
        const page: Bundle = await jft.search(next)
        for (const id of idsOf(page)) seen.add(id)
        const url = nextOf(page)
        next = url && below(url)
      }
      expect([next, [...seen].sort()]).toEqual([undefined, [...ids].sort()])
    },
  )

  test('a searchset can have a total over all pages', async () => {
    const jft = startJft({ assumptions: { searchTotal: true } })
    await submitMany(jft, 3)
    const first = await jft.search('Composition?_count=2')
    expect([first.total, (await jft.search(below(nextOf(first)))).total]).toEqual([3, 3])
  })

  test('an acknowledged event can be returned with its tag, in front of the others', async () => {
    const tag = { system: 'https://tag.example/journaled', code: 'yes' }
    const jft = startJft({
      assumptions: { acknowledgedTag: `${tag.system}|${tag.code}`, acknowledgedTagReturned: true },
    })
    const id = await jft.submit(noteFactory.build())
    const tags = async () => (await jft.search('Composition')).entry?.[0]?.resource?.meta?.tag ?? []
    const before = await tags()
    expect(before).not.toContainEqual(tag)
    await jft.call('POST', `/write/v1/Composition/${id}/$journaling-acknowledged`)
    expect(await tags()).toEqual([tag, ...before])
  })

  test('a cursor can expire', async () => {
    const jft = startJft({ assumptions: { cursorLifetimeSeconds: 60 } })
    await submitMany(jft, 2)
    const next = below(nextOf(await jft.search('Composition?_count=1')))
    jft.clock.advance(61_000)
    const answer = await jft.call('GET', `/read/v1/${next}`)
    expect([answer.status, await jft.issues(answer)]).toEqual([400, [{ rule: 'search-cursor' }]])
  })

  test('unknown parameters can be ignored', async () => {
    const jft = startJft({ assumptions: { unknownParameter: 'ignore' } })
    expect((await jft.call('GET', '/read/v1/Composition?patient=1')).status).toBe(200)
    expect((await jft.lastExchange()).warnings.map(({ rule }) => rule)).toEqual(['search-parameter'])
  })
})

test('a client that continues from a stamp on a whole second misses nothing', async () => {
  const jft = startJft()
  jft.clock.freeze(Date.parse('2026-03-01T12:00:00Z'))
  const [, second] = await submitMany(jft, 2)
  const stamp = (await jft.search('Composition')).entry?.[0]?.resource?.meta?.lastUpdated ?? ''
  expect(stamp).toBe('2026-03-01T12:00:00+00:00')
  expect(idsOf(await jft.search(`Composition?_lastUpdated=gt${encodeURIComponent(stamp)}`))).toEqual([second])
})
