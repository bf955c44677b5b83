import { expect, type Page } from '@playwright/test'
import { type OwnSandbox, test } from './support.ts'

async function openForm(page: Page, sandbox: OwnSandbox) {
  await page.goto(sandbox.page('world'))
  await page.getByRole('button', { name: 'Custom failure' }).click()
  const form = page.getByRole('dialog', { name: 'A simulated failure' })
  await expect(form.getByLabel('Effect')).toBeVisible()
  return form
}

test.describe('a fault with a status', () => {
  test.use({ refusals: /\/read\// })

  test('a fault is ordered as it is shown', async ({ page, simulator, sandbox, inPage }) => {
    const form = await openForm(page, sandbox)
    await form.getByLabel('Status').selectOption('503')
    await form.getByLabel('Retry-After', { exact: true }).fill('7')
    await form.getByLabel('Surface').selectOption('jft-read')
    await form.getByLabel('Step').selectOption('page')
    await form.getByLabel('Resource type').fill('Composition')
    await form.getByLabel('Times').fill('2')
    await form.getByLabel('Expires after').fill('PT1H')
    const order = {
      surface: 'jft-read',
      step: 'page',
      match: { type: 'Composition' },
      effect: { kind: 'status', status: 503, retryAfter: 7 },
      times: 2,
      expiresAfter: 'PT1H',
    }
    await expect(form.getByText(JSON.stringify(order, null, 2))).toBeVisible()
    const curl = [
      `curl -sS -i -X POST '${simulator.origin}${sandbox.path}/_sim/faults' \\`,
      "-H 'Content-Type: application/json' \\",
      `--data-raw '${JSON.stringify(order)}'`,
    ].join(' ')
    // No shell reaches a simulator in a page.
    await expect(form.getByText(curl)).toHaveCount(inPage ? 0 : 1)
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(form).toContainText('The simulated failure is active.')
    const answer = await sandbox.vendor.read('/v1/Composition')
    expect([answer.status, answer.headers['retry-after']]).toEqual([503, '7'])
  })

  test('can be any that the simulator gives, 400 too', async ({ page, sandbox }) => {
    const form = await openForm(page, sandbox)
    const statuses = ['400', '401', '403', '404', '413', '429', '500', '502', '503', '507']
    await expect(form.getByLabel('Status').getByRole('option')).toHaveText(statuses)
  })
})

test('a delay that is drawn has members of its own, and fires until it expires', async ({
  page,
  simulator,
  sandbox,
}) => {
  const form = await openForm(page, sandbox)
  await form.getByLabel('Effect').selectOption('latency')
  await form.getByLabel('Delay (ms): how').selectOption('uniform')
  await form.getByLabel('Shortest (ms)').fill('1')
  await form.getByLabel('Longest (ms)').fill('2')
  await form.getByLabel('Every time, until it expires').check()
  await form.getByLabel('Seed').fill('a')
  await form.getByRole('button', { name: 'Add', exact: true }).click()
  await expect(form).toContainText('The simulated failure is active.')
  const { faults } = await simulator.read<{ faults: unknown }>(`${sandbox.path}/_sim/faults`)
  expect(faults).toMatchObject([
    { effect: { kind: 'latency', delay: { distribution: 'uniform', min: 1, max: 2 } }, times: null, seed: 'a' },
  ])
})

test('the places are those of the effect', async ({ page, sandbox }) => {
  const form = await openForm(page, sandbox)
  await form.getByLabel('Effect').selectOption('stuck-registration')
  await expect(form.getByLabel('Surface').getByRole('option')).toHaveText(['any', 'jft-write', 'pit'])
  await expect(form.getByLabel('Step').getByRole('option')).toHaveText(['the first', 'store'])
})

test.describe('an order that is refused', () => {
  test.use({ refusals: /\/_sim\/faults$/ })

  test('says why', async ({ page, sandbox }) => {
    const form = await openForm(page, sandbox)
    await form.getByLabel('Probability').fill('0.5')
    await form.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(form).toContainText('seed: random values need a seed')
  })
})
