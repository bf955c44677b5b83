import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { eventOf, exchangeOf, test } from './support.ts'

test('the whole way of an event, and its stages lead to the requests that brought it there', async ({
  page,
  sandbox,
}) => {
  const { vendor } = sandbox
  const answer = await vendor.submit(noteFactory.build())
  const read = await vendor.read('/v1/Composition?_count=5')
  const acknowledged = await vendor.acknowledge(answer.headers.location ?? '')
  await page.goto(sandbox.page(`events/${eventOf(answer)}`))
  const way = page.getByRole('region', { name: 'The whole way' })
  await expect(way.getByRole('listitem')).toHaveText([/registered/, /first read/, /acknowledged/])
  await expect(way.getByRole('link').first()).toContainText('Vendor → JFT')
  for (const [stage, id] of [
    ['registered', exchangeOf(answer)],
    ['read', exchangeOf(read)],
    ['acknowledged', exchangeOf(acknowledged)],
  ] as const) {
    await expect(page.getByRole('link', { name: stage, exact: true })).toHaveAttribute('href', `#/exchanges/${id}`)
  }
})

test('the nonce challenge of a delivery through VKP is drawn as what it is', async ({ page, simulator, sandbox }) => {
  const control = `${sandbox.path}/_sim`
  await simulator.put(`${control}/routes`, { routes: [{ orgnr: '313231593', vkpId: '*', mode: 'proxy' }] })
  const robot = { on: true, eventsPerMinute: 600, via: 'vkp', kinds: ['note'] }
  await simulator.put(`${control}/robots/response-centre`, robot)
  const vkp = async () => {
    const path = `${control}/exchanges?limit=50&surface=vkp`
    const { exchanges } = await simulator.read<{ exchanges: { id: string; status: number }[] }>(path)
    return exchanges.find(({ status }) => status < 400)?.id ?? ''
  }
  await expect.poll(vkp).not.toBe('')
  await simulator.put(`${control}/robots/response-centre`, { on: false })
  await page.goto(sandbox.page(`exchanges/${await vkp()}`))
  const way = page.getByRole('region', { name: 'The whole way' })
  await expect(way).toContainText('nonce challenge, as always')
  await expect(way.getByRole('link').filter({ hasText: 'VKP → HelseID' }).first()).toBeVisible()
  await expect(way.getByRole('link').filter({ hasText: 'VKP → JFT' })).toBeVisible()
  await page.getByRole('link', { name: /^Event Composition/ }).click()
  await expect(page.getByRole('definition').filter({ hasText: /^.+, through VKP$/ })).toBeVisible()
})
