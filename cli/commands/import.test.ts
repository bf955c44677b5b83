import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { realIdentityNumber } from '../../simulator/rules/identifiers.fixture.ts'
import type { CaseFile } from '../../simulator/surfaces/control/types.ts'
import { jftsim } from '../here.fixture.ts'

const folder = mkdtempSync(join(tmpdir(), 'jftsim-import-'))
const FIXTURES = join(import.meta.dirname, '../recording/har-fixtures')
afterAll(() => rmSync(folder, { recursive: true }))

/** A recording in the form that a tool writes, and what is left of it. */
async function imported(file: string) {
  const out = join(folder, `${basename(file)}.case.json`)
  const { code, stdout } = await jftsim('import', file, '--out', out)
  expect(code).toBe(0)
  const text = readFileSync(out, 'utf8')
  const { exchanges } = JSON.parse(text) as CaseFile
  return { out, text, told: stdout.trimEnd().split('\n').slice(1), exchanges }
}

const calls = ({ exchanges }: CaseFile | { exchanges: CaseFile['exchanges'] }) =>
  exchanges.map(({ request, response }) => `${request.method} ${request.url.split('nhn.no')[1]} ${response.status}`)

const STATUS = 'GET /v1/Composition/f5cdacd9-274f-4ba4-9090-eed99dc14875/$status 200'
const ACCEPTED = 'POST /v1/Composition 202'
const REFUSED = 'POST /v1/Composition 400'
const SEARCH = 'POST /v1/Composition/_search 200'
const PAGE = 'GET /v1/Composition?_count=2'

test('of Chrome: pseudo-headers, a page, a preflight, a request without an answer, and no Authorization', async () => {
  const { told, exchanges } = await imported(join(FIXTURES, 'chrome.har'))
  expect(calls({ exchanges })).toEqual([ACCEPTED, REFUSED, STATUS, SEARCH])
  expect(exchanges.flatMap(({ request }) => request.headers).filter(([name]) => name.startsWith(':'))).toEqual([])
  expect(told).toEqual([
    '1 are tunnels of a proxy or preflights of a browser, and were left out.',
    '1 went to other hosts, and were left out.',
    '1 have no answer, and were left out.',
    '4 have no Authorization: browsers leave it out unless they export with sensitive data.',
  ])
})

test('of Fiddler: a byte order mark, tunnels, times to a tenth of a microsecond with an offset, bodies in base64', async () => {
  const { told, exchanges } = await imported(join(FIXTURES, 'fiddler.har'))
  expect(calls({ exchanges })).toEqual([ACCEPTED, REFUSED, STATUS, SEARCH, `${PAGE} 200`])
  expect(exchanges[0]?.time).toBe('2026-11-02T09:15:00.850Z')
  expect(JSON.parse(exchanges[3]?.response.body?.text ?? '')).toMatchObject({ resourceType: 'Bundle' })
  expect(told).toEqual(['2 are tunnels of a proxy or preflights of a browser, and were left out.'])
})

test('of Postman: a form as parameters beside an empty text, header names in capitals, requests out of order', async () => {
  const { told, exchanges } = await imported(join(FIXTURES, 'postman.har'))
  expect(calls({ exchanges })).toEqual([ACCEPTED, REFUSED, STATUS, SEARCH, `${PAGE} 401`])
  expect(exchanges[3]?.request.body?.text).toBe('_count=2&_sort=-_lastUpdated')
  expect(exchanges[0]?.response.headers.map(([name]) => name)).toContain('location')
  expect(told).toEqual(['1 have no Authorization: browsers leave it out unless they export with sensitive data.'])
})

test.each(['chrome', 'fiddler', 'postman'])(
  'of %s: nothing that is secret, and no identity number of the real series',
  async (tool) => {
    const real = realIdentityNumber()
    const file = join(folder, `${tool}.har`)
    writeFileSync(file, readFileSync(join(FIXTURES, `${tool}.har`), 'utf8').replaceAll('02850097219', real))
    const { text } = await imported(file)
    expect(text).toContain('"resourceType\\":\\"Composition')
    expect(text).not.toContain('c2lnbmF0dXJl')
    expect(text).not.toContain(real)
    expect(text).toContain('***********')
  },
)

test.each(['fiddler', 'postman'])('of %s: a simulator answers the same again', async (tool) => {
  const { out, exchanges } = await imported(join(FIXTURES, `${tool}.har`))
  const { code, stdout } = await jftsim('replay', out)
  expect([stdout.trimEnd(), code]).toEqual([
    `${exchanges.length} replayed, ${exchanges.length} the same, 0 not replayed.`,
    0,
  ])
})
