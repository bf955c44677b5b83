import type { Bundle } from 'fhir/r4.js'
import { expect, test } from 'vitest'
import { noteFactory } from '../../../fixtures/index.ts'
import { type Call, startJft } from '../jft.fixture.ts'
import type { SearchList } from './types.ts'

/** A simulator with five notes, and a client that reads them page by page. */
async function start() {
  const jft = startJft()
  for (const note of noteFactory.buildList(5)) await jft.submit(note)
  const read = async (path: string, call?: Call): Promise<string | undefined> => {
    const page = (await (await jft.call('GET', path, call)).json()) as Bundle
    const next = page.link?.find(({ relation }) => relation === 'next')?.url
    return next?.replace('http://localhost:7357', '')
  }
  const searches = async () => {
    const answer = await jft.simulator.fetch(new Request('http://localhost:7357/_sim/searches'))
    return ((await answer.json()) as SearchList).searches
  }
  return { ...jft, read, searches }
}

const SEARCH = '/read/v1/Composition?_count=2'

test('a search has as many pages as its next links led to', async () => {
  const { read, searches } = await start()
  for (let next: string | undefined = SEARCH; next !== undefined; ) next = await read(next)
  await read('/read/v1/Bundle')
  const [other, search] = await searches()
  expect(search).toMatchObject({ pages: 3, complete: true, municipality: '313231593' })
  expect(search?.url).toMatch(/Composition\?_count=2$/)
  expect(other).toMatchObject({ pages: 1, complete: true })
})

test('a client that stops before the end is seen, and one that reads a page again is not counted twice', async () => {
  const { read, searches } = await start()
  const next = (await read(SEARCH)) ?? ''
  await read(next)
  await read(next)
  expect(await searches()).toMatchObject([{ pages: 2, complete: false }])
})

test('searches at the same time are told apart, also with the same cursor', async () => {
  const { clock, read, searches } = await start()
  clock.freeze()
  const one = { clientId: 'one' }
  const two = { clientId: 'two' }
  const next = (await read(SEARCH, one)) ?? ''
  expect(await read(SEARCH, two)).toBe(next)
  await read((await read(next, one)) ?? '', one)
  expect((await searches()).map(({ pages, complete }) => [pages, complete])).toEqual([
    [1, false],
    [3, true],
  ])
})

test('a search by POST, an encoded cursor, and a cursor in a form belong to it', async () => {
  const { call, read, searches } = await start()
  const headers = { 'content-type': 'application/x-www-form-urlencoded' }
  const page = await call('POST', '/read/v1/Composition/_search', { headers, body: '_count=2' })
  const links = ((await page.json()) as Bundle).link ?? []
  const cursor = new URL(links.find(({ relation }) => relation === 'next')?.url ?? '').searchParams.get('cursor') ?? ''
  const last = (await read(`/read/v1/Composition?cursor=${encodeURIComponent(cursor)}`)) ?? ''
  const body = new URL(last, 'http://localhost').search.slice(1)
  await call('POST', '/read/v1/Composition/_search', { headers, body })
  expect(await searches()).toMatchObject([{ pages: 3, complete: true }])
})

test('what is refused, or is not a search, is not a page', async () => {
  const { read, searches } = await start()
  await read('/read/v1/Composition?_count=1000')
  await read('/read/v1/Composition/1/$status')
  await read('/read/v1/Composition?cursor=abc')
  expect(await searches()).toEqual([])
})
