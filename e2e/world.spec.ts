import { expect } from '@playwright/test'
import { noteFactory } from '../fixtures/index.ts'
import { exchangeOf, type Simulator, test, unfold } from './support.ts'

const NOTE = noteFactory.build()

test.afterEach(async ({ simulator }) => {
  await simulator.put('/_sim/clock', { mode: 'machine' })
  await simulator.send('/_sim/faults', { method: 'DELETE' })
  await simulator.put('/_sim/robots/response-centre', { on: false })
})

const now = async (simulator: Simulator) => (await simulator.read<{ now: string }>('/_sim/clock')).now

test('the clock is frozen, advanced and put back', async ({ page, simulator }) => {
  await page.goto('./#/world')
  const clock = page.getByRole('region', { name: 'Clock' })
  await clock.getByRole('button', { name: 'Freeze' }).click()
  await expect(clock).toContainText('frozen')
  const before = await now(simulator)
  await clock.getByRole('button', { name: '+ 1 h' }).click()
  const hourLater = new Date(Date.parse(before) + 3_600_000).toISOString()
  await expect.poll(() => now(simulator)).toBe(hourLater)
  await clock.getByRole('button', { name: 'Back to the machine’s time' }).click()
  await expect(clock).toContainText('running')
})

test('a fault is added from a preset, said on every view, seen in the exchange, and taken away', async ({
  page,
  vendor,
}) => {
  await page.goto('./#/world')
  const faults = page.getByRole('region', { name: 'Simulated failures' })
  await faults.getByRole('button', { name: 'server-error' }).click()
  await page.getByRole('link', { name: 'Events' }).first().click()
  await expect(page.getByText('A simulated failure is active')).toBeVisible()
  const chip = page.getByRole('banner').getByRole('link', { name: 'Simulated failures: server-error' })
  await expect(chip).toBeVisible()
  const answer = await vendor.submit(NOTE)
  expect(answer.status).toBe(500)
  await expect(page.getByText('A simulated failure is active')).toBeHidden()
  await expect(chip).toBeHidden()
  await page.goto(`./#/exchanges/${exchangeOf(answer)}`)
  await unfold(page)
  await expect(page.getByRole('list', { name: 'Steps' })).toContainText('simulated failure')
})

test('a robot is started, changed and stopped', async ({ page, simulator }) => {
  await page.goto('./#/world')
  const robot = page.getByRole('form', { name: 'Response centre of a vendor' })
  await robot.getByLabel('Events a minute').fill('600')
  await robot.getByRole('button', { name: 'Start' }).click()
  await expect(robot).toContainText(/submitted: [1-9]/)
  await robot.getByLabel('Events a minute').fill('60')
  await robot.getByRole('button', { name: 'Change' }).click()
  await expect
    .poll(async () => (await simulator.read<{ robots: { settings: object }[] }>('/_sim/robots')).robots[1]?.settings)
    .toMatchObject({ on: true, eventsPerMinute: 60 })
  await robot.getByRole('button', { name: 'Stop' }).click()
  await expect(robot.getByRole('button', { name: 'Start' })).toBeVisible()
})

test('a route is chosen for a municipality and a vendor', async ({ page, simulator }) => {
  const routes = () => simulator.read<{ routes: unknown[] }>('/_sim/routes')
  const before = await routes()
  await page.goto('./#/world')
  const cell = page.getByRole('combobox', { name: 'Route of 313231593, all other vendors' })
  await cell.selectOption('proxy')
  await expect
    .poll(async () => (await routes()).routes)
    .toContainEqual({ orgnr: '313231593', vkpId: '*', mode: 'proxy' })
  await simulator.put('/_sim/routes', before)
})

test('a sandbox is made and removed', async ({ page }) => {
  await page.goto('./#/world')
  const sandboxes = page.getByRole('region', { name: 'Sandboxes' })
  await sandboxes.getByLabel('Name of a new sandbox').fill('e2e')
  await sandboxes.getByRole('button', { name: 'Create' }).click()
  await sandboxes.getByRole('button', { name: 'Remove e2e' }).click()
  await page.getByRole('button', { name: 'Yes, remove' }).click()
  await expect(sandboxes.getByText('e2e', { exact: true })).toHaveCount(0)
})

test('a sandbox is shown, with base URLs and events of its own', async ({ page, simulator }) => {
  await page.goto('./#/world')
  const sandboxes = page.getByRole('region', { name: 'Sandboxes' })
  await sandboxes.getByLabel('Name of a new sandbox').fill('shown')
  await sandboxes.getByRole('button', { name: 'Create' }).click()
  await sandboxes.getByRole('link', { name: 'Show shown' }).click()
  await page.getByRole('button', { name: 'Send one that is accepted' }).click()
  await expect(page.getByText('Answered 202.')).toBeVisible()
  await expect(page.getByText(`${simulator.origin}/s/shown/write`, { exact: true })).toBeVisible()
  await simulator.send('/_sim/sandboxes/shown', { method: 'DELETE' })
})

test('a token is made for a request', async ({ page }) => {
  await page.goto('./#/world')
  await page.getByRole('button', { name: 'Make a token' }).click()
  await expect(page.getByRole('region', { name: 'Get a token' })).toContainText('Authorization: DPoP ')
})
