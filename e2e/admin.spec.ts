import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { type Place, servePages, startSimulator } from './places.ts'
import { test as base, OWN_PACK, type Simulator, type WhereItRuns } from './support.ts'

const TOKEN = 'only-for-us'

/** The page of a simulator that was started with an admin token, in a browser that was told it as the password. */
const test = base.extend<object, WhereItRuns & { readonly place: Place }>({
  place: [
    async ({ inPage }, use) => {
      const place = await (inPage ? servePages() : startSimulator('--admin-token', TOKEN))
      await use(place)
      await place.stop()
    },
    { scope: 'worker' },
  ],
  httpCredentials: { username: 'anybody', password: TOKEN },
})

test('with the token as the password the page is live, and plays scenarios', async ({ page, vendor }) => {
  await page.goto('./?lang=en#/events')
  await expect(page.getByText('Live', { exact: true })).toBeVisible()
  await vendor.submit(noteFactory.build(), 'Streamed 1.0')
  await expect(page.getByRole('row').filter({ hasText: 'Streamed 1.0' })).toBeVisible()

  await page.goto('./?lang=en#/scenarios?tab=own')
  await page.getByRole('textbox', { name: 'Your own pack' }).fill(OWN_PACK)
  await page.getByRole('link', { name: 'To its scenarios' }).click()
  await page.getByRole('button', { name: 'Run mine' }).click()
  await expect(page.getByRole('status').filter({ hasText: 'Finished' })).toHaveText(/^Finished: 1 passed, 0 failed/)
})

test.describe('what is sent again', () => {
  test.use({ refusals: /\/read\// })

  test('has no password with it', async ({ page, vendor, simulator }) => {
    const answer = await vendor.read('/v1/Composition?_count=0')
    const id = answer.headers['jftsim-exchange']?.split('/').at(-1)
    await page.goto(`./?lang=en#/exchanges/${id}`)
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => matching(simulator, 'surface:jft-read')).toBe(2)
    expect(await matching(simulator, 'Basic')).toBe(0)
  })
})

/** How many requests a search finds. */
async function matching(simulator: Simulator, q: string): Promise<number> {
  const headers = { authorization: `Bearer ${TOKEN}` }
  const path = `/_sim/exchanges?${new URLSearchParams({ q })}`
  const { text } = await simulator.send(path, { method: 'GET', headers })
  return (JSON.parse(text) as { matching: number }).matching
}

test('a browser without it sees nothing, and is asked for it', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ httpCredentials: { username: 'anybody', password: 'some-other' } })
  const page = await context.newPage()
  const answer = await page.goto(baseURL ?? '')
  expect([answer?.status(), await answer?.headerValue('www-authenticate')]).toEqual([
    401,
    'Basic realm="jftsim", charset="UTF-8"',
  ])
  await context.close()
})
