import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, test } from './support.ts'

test('the pages of searches are counted, and those that nobody read to the end', async ({ page, sandbox }) => {
  const { vendor } = sandbox
  for (const note of noteFactory.buildList(5)) await vendor.submit(note)
  /** Reads a page; the next one is below the ReadAPI too. */
  const read = async (path: string) => {
    const answer = await vendor.read(path)
    const { link } = JSON.parse(answer.text) as { link: { relation: string; url: string }[] }
    const next = link.find(({ relation }) => relation === 'next')?.url.split('/read')[1]
    return { id: exchangeOf(answer), next }
  }
  const search = '/v1/Composition?_count=2'
  const first = await read(search)
  for (let { next } = first; next !== undefined; ) next = (await read(next)).next
  await read(search)

  await page.goto(sandbox.page(''))
  const chart = page.getByRole('region', { name: 'Pages per search' })
  await expect(chart.getByRole('listitem')).toHaveText([
    /^1 page: 0 read to the end, 1 not/,
    /^2 pages: 0 read to the end, 0 not/,
    /^3 pages: 1 read to the end, 0 not/,
  ])
  await expect(chart).toContainText('1 search stopped before the last page')
  await chart.getByRole('link', { name: first.id }).click()
  await expect(page.getByText(/Composition\?_count=2/).first()).toBeVisible()
})
