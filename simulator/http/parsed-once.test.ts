import { afterEach, expect, test, vi } from 'vitest'
import { noteFactory } from '../../fixtures/index.ts'
import { createSimulator } from '../simulator.ts'
import { createSigningKeys } from '../state/memory/keys.ts'
import { createFindRoute } from './route.ts'

const KEYS = createSigningKeys()
const TITLE = 'counted once'
const TEXT = JSON.stringify(noteFactory.build({ title: TITLE }))

afterEach(() => vi.restoreAllMocks())

/** Counts what is made while a request is answered. */
async function counted(request: Request) {
  const simulator = createSimulator({ auth: 'relaxed' }, { keys: KEYS })
  const parse = vi.spyOn(JSON, 'parse')
  const stringify = vi.spyOn(JSON, 'stringify')
  const urls: string[] = []
  class CountedUrl extends URL {
    constructor(url: string | URL, base?: string | URL) {
      super(url, base)
      urls.push(this.href)
    }
  }
  vi.stubGlobal('URL', CountedUrl)
  const answer = await simulator.fetch(request).finally(() => vi.unstubAllGlobals())
  const hasTitle = (value: unknown) => typeof value === 'string' && value.includes(TITLE)
  return {
    answer,
    urls,
    parsed: parse.mock.calls.filter(([text]) => hasTitle(text)).length,
    written: stringify.mock.results.filter(({ value }) => hasTitle(value)).length,
  }
}

test.each(['http://localhost:7357/write/v1/Composition', 'https://api.write.jft.test.nhn.no/v1/Composition'])(
  'of an accepted submission to %s the body is parsed once and written never, and the URL is parsed once',
  async (url) => {
    const headers = { 'content-type': 'application/json', 'jftsim-municipality': '313231593' }
    const { answer, urls, parsed, written } = await counted(new Request(url, { method: 'POST', headers, body: TEXT }))
    expect(answer.status).toBe(202)
    expect({ urls, parsed, written }).toEqual({ urls: [url], parsed: 1, written: 0 })
  },
)

test('the paths of routes are taken apart when the search is made, and not for a request', () => {
  const handler = () => Promise.resolve({ status: 200 })
  const routes = ['/v1/:type', '/v1/:type/:id/$status'].map((path) => {
    const split = vi.fn((separator: string) => path.split(separator))
    return {
      split,
      route: { method: 'GET', path: { split } as unknown as string, summary: '', steps: [], handler } as const,
    }
  })
  const find = createFindRoute(
    routes.map(({ route }) => route),
    false,
  )
  for (const type of ['Bundle', 'Composition']) {
    expect(find('GET', `/v1/${type}`)).toMatchObject({ params: { type } })
    expect(find('GET', `/v1/${type}/1/$status`)).toMatchObject({ params: { type, id: '1' } })
  }
  expect(routes.map(({ split }) => split.mock.calls.length)).toEqual([1, 1])
})
