import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, served, test, textOf } from './support.ts'

const NOTE = noteFactory.build()
const JSON_TYPE = { 'content-type': 'application/json' }

test('a request that was refused for its token shows its body', async ({ page, simulator }) => {
  const answer = await simulator.send('/write/v1/Composition', {
    method: 'POST',
    headers: JSON_TYPE,
    body: textOf(NOTE),
  })
  expect(answer.status).toBe(401)
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await expect(page.getByText('"resourceType"').first()).toBeVisible()
  await expect(page.getByText('No body')).toHaveCount(0)
})

test('the body that an expired token hid is accepted with a fresh one', async ({ page, simulator }) => {
  const headers = { ...JSON_TYPE, authorization: 'DPoP x.y.z', dpop: 'x.y.z', 'nhn-source-system': 'Journal 1.0' }
  const answer = await simulator.send('/write/v1/Composition', { method: 'POST', headers, body: textOf(NOTE) })
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
})

test('a search looks in bodies and headers, and says what it did not understand', async ({ page, sandbox }) => {
  const { vendor } = sandbox
  const id = exchangeOf(await vendor.submit({ ...NOTE, title: 'Kveldsrunde' }, 'Sentralen 7'))
  await vendor.submit({ ...NOTE, title: 'Morgenrunde' }, 'Andre 1')
  await page.goto(sandbox.page('exchanges'))
  const search = page.getByRole('combobox', { name: 'Search' })
  const rows = page.getByRole('list', { name: 'Requests' }).getByRole('link', { name: /Composition/ })
  for (const words of ['kveldsrunde', 'body:kveldsrunde', 'system:"Sentralen 7"', 'kveldsrunde OR finnesikke']) {
    await search.fill(words)
    await expect(rows).toHaveCount(1)
    await expect(rows).toHaveAttribute('href', new RegExp(id))
  }
  await search.fill('kveldsrunde OR morgenrunde')
  await expect(rows).toHaveCount(2)
  await search.fill('(kveldsrunde')
  await expect(page.getByText('Nothing matches the search')).toBeVisible()
  for (const [wrong, words] of [
    ['stats:400', 'unknown field stats, did you mean status?'],
    ['before:99:99', '99:99 is not a time: write 10:04 or 2026-05-26T10:04'],
    ['is:acepted', 'unknown value acepted of is, did you mean accepted?'],
    ['rule:r4-aray-expected', 'unknown value r4-aray-expected of rule, did you mean r4-array-expected?'],
    ['method:psot', 'unknown value psot of method, did you mean POST?'],
  ] as const) {
    await search.fill(wrong)
    await expect(page.getByText(words)).toBeVisible()
  }
})

test('counts are of everything that is kept', served('more requests than a page has'), async ({ page, sandbox }) => {
  await page.goto(sandbox.page('rejected'))
  const base = new URL(page.url()).origin
  const refuse = () => fetch(`${base}${sandbox.path}/write/v1/Composition`, { method: 'POST', body: '{}' })
  for (let n = 0; n < 21; n += 1) await Promise.all(Array.from({ length: 50 }, refuse))
  const cause = page.getByRole('list', { name: 'Causes' }).getByRole('listitem')
  await expect(cause.first()).toContainText('1,050 ×')
  await expect(cause.first()).toContainText('1,050 requests')
  await page.goto(sandbox.page('exchanges'))
  await page.getByRole('combobox', { name: 'Search' }).fill('status:401')
  await expect(page.getByRole('status').filter({ hasText: '1,050 · the newest 1,000 are listed' })).toBeVisible()
})

test(
  'what the journal has dropped is counted nowhere',
  served('a sandbox with little room'),
  async ({ page, simulator }) => {
    const made = await simulator.send('/_sim/sandboxes', {
      method: 'POST',
      body: JSON.stringify({ name: 'small', limits: { journalBytes: 400_000 } }),
    })
    expect(made.status).toBe(201)
    const refuse = () => fetch(`${simulator.origin}/s/small/write/v1/Composition`, { method: 'POST', body: '{}' })
    const refuseMany = async () => {
      for (let n = 0; n < 5; n += 1) await Promise.all(Array.from({ length: 20 }, refuse))
    }
    await refuseMany()
    await page.goto('./?sandbox=small&lang=en#/rejected')
    await expect(page.getByRole('link', { name: /^Rejected \d/ })).toBeVisible()
    await refuseMany()
    await refuseMany()
    const { usage } = await simulator.read<{ usage: { exchanges: number; dropped: number } }>('/s/small/_sim/exchanges')
    expect(usage.dropped).toBeGreaterThan(0)
    expect(usage.exchanges + usage.dropped).toBe(300)
    await expect(page.getByText(`${usage.dropped} older requests dropped`)).toBeVisible()
    await expect(page.getByRole('link', { name: `Rejected ${usage.exchanges}` })).toBeVisible()
    await page.goto('./?sandbox=small&lang=en#/exchanges')
    await expect(
      page.getByRole('status').filter({ hasText: `${usage.exchanges} · ${usage.dropped} older` }),
    ).toBeVisible()
    await page.goto('about:blank')
    await simulator.send('/_sim/sandboxes/small', { method: 'DELETE' })
  },
)

test.describe(() => {
  test.use({ refusals: /\/s\/nope\// })

  test('a sandbox that is not there is said so', served('a page of another sandbox'), async ({ page }) => {
    await page.goto('./?sandbox=nope#/exchanges')
    await expect(page.getByRole('heading', { name: 'There is no sandbox nope' })).toBeVisible()
    await expect(page.getByText('does not answer')).toHaveCount(0)
    await page.getByRole('link', { name: 'Open the default sandbox' }).click()
    await expect(page.getByRole('heading', { name: 'There is no sandbox nope' })).toHaveCount(0)
    await expect(page.getByText('Live', { exact: true })).toBeVisible()
  })
})
